import type { OutboxStore } from '../virustotal/lookup-store.ts';
import type { WriteSession } from './write-session.ts';

/** Lines for integration.log that are stored but not yet known to be in the file, and how long the file should be. */
export class StoreOutbox implements OutboxStore {
  readonly #session: WriteSession;
  readonly #pending;
  readonly #drop;
  readonly #length;
  readonly #setLength;

  constructor(session: WriteSession) {
    const { db } = session;
    this.#session = session;
    this.#pending = db.prepare<[number], { readonly id: number; readonly line: string }>(
      'SELECT id, line FROM outbox ORDER BY id LIMIT ?',
    );
    this.#drop = db.prepare<[number]>('DELETE FROM outbox WHERE id <= ?');
    this.#length = db.prepare<[], string>(`SELECT value FROM setting WHERE name = 'log-length'`).pluck();
    this.#setLength = db.prepare<[string]>(
      `INSERT INTO setting (name, value) VALUES ('log-length', ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    );
  }

  pending(limit: number): readonly { readonly id: number; readonly line: string }[] {
    return this.#pending.all(limit);
  }

  logLength(): number {
    return Number(this.#length.get() ?? 0);
  }

  confirm(id: number, logLength: number): void {
    this.#session.run(() => {
      this.#drop.run(id);
      this.#setLength.run(String(logLength));
    });
  }
}
