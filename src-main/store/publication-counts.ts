import type { Database } from 'better-sqlite3';
import type { WireError } from '../../src-shared/errors/domain-error.ts';

/** Differences of one step; what is left out does not change. */
export interface PublicationStep {
  readonly waiting?: number;
  readonly sent?: number;
  readonly seen?: number;
  readonly failed?: number;
}

/** The counters of `publication`, moved in the transaction that moves its rows. */
export class PublicationCounter {
  readonly #add;
  readonly #setError;

  constructor(db: Database) {
    this.#add = db.prepare<[number, number, number, number, number]>(
      `INSERT INTO publication_count (profile_id, waiting, sent, seen, failed) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (profile_id) DO UPDATE SET waiting = waiting + excluded.waiting, sent = sent + excluded.sent,
         seen = seen + excluded.seen, failed = failed + excluded.failed`,
    );
    this.#setError = db.prepare<[string | null, number]>(
      'UPDATE publication_count SET error = ? WHERE profile_id = ?',
    );
  }

  add(profileId: number, { waiting = 0, sent = 0, seen = 0, failed = 0 }: PublicationStep): void {
    this.#add.run(profileId, waiting, sent, seen, failed);
  }

  /** Why the newest one was not taken; null once one was. */
  setError(profileId: number, error: WireError | null): void {
    this.#setError.run(error && JSON.stringify(error), profileId);
  }
}
