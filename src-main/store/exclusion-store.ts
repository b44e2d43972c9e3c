import { ExclusionMatcher, type Exclusion } from '../../src-shared/domain/exclusion.ts';
import { NO_HASHES } from '../../src-shared/domain/file-hash.ts';
import {
  exclusionOf,
  MAY_BE_RECONSIDERED,
  STORED_EVENT,
  type ExclusionRow,
  type StoredEvent,
} from './exclusion-rules.ts';
import type { WriteSession } from './write-session.ts';

export type NewExclusion = Pick<Exclusion, 'effect' | 'kind' | 'pattern'>;

/** The user's exclusions. Adding or removing one decides anew about the stored events it concerns, all at once. */
export class ExclusionStore {
  readonly #session: WriteSession;
  readonly #clock: { now(): number };
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession, clock: { now(): number }) {
    this.#session = session;
    this.#clock = clock;
    this.#statements = prepareStatements(session);
  }

  list(): readonly (Exclusion & { readonly events: number })[] {
    return this.#statements.list.all().map((row) => ({ ...exclusionOf(row), events: row.events }));
  }

  /** `events`: how many stored events the new rule now decides about. */
  add({ effect, kind, pattern }: NewExclusion): { readonly id: number; readonly events: number } {
    return this.#session.run(() => {
      const { exclusions, identity } = this.#session;
      const { lastInsertRowid } = this.#statements.add.run(effect, kind, pattern, this.#clock.now());
      exclusions.forget();
      const id = Number(lastInsertRowid);
      if (kind === 'agent') this.#reconsider(this.#statements.ofAgent.all(pattern));
      else if (kind === 'hash') {
        for (const fileId of identity.holdersOf(pattern)) {
          this.#reconsider(this.#statements.ofFile.all(fileId));
          this.#withdraw(fileId);
        }
      } else {
        const rule: Exclusion = { id, effect, kind, pattern, createdAt: '' };
        this.#reconsiderPaths(new ExclusionMatcher([rule]));
      }
      return { id, events: this.#statements.events.get(id) ?? 0 };
    });
  }

  /** Events that only this rule kept back become lookable and are queued. */
  remove(id: number): void {
    this.#session.run(() => {
      const concerned = this.#statements.ofExclusion.all(id);
      this.#statements.remove.run(id);
      this.#session.exclusions.forget();
      this.#reconsider(concerned);
    });
  }

  #reconsider(events: readonly StoredEvent[]): void {
    for (const event of events) this.#session.exclusions.reconsider(event);
  }

  /** Paths are matched once each; only the events of matching ones are looked at. */
  #reconsiderPaths(rule: ExclusionMatcher): void {
    const matching: number[] = [];
    for (const { id, text } of this.#statements.paths.iterate()) {
      if (rule.match(text, '', NO_HASHES)) matching.push(id);
    }
    for (const pathId of matching) this.#reconsider(this.#statements.ofPath.all(pathId));
  }

  /** A file that a person asked for without any event leaves the queue too once its hash must not leave this machine. */
  #withdraw(fileId: number): void {
    const file = this.#session.files.edit(fileId);
    if (file && this.#session.exclusions.forbids(file.hashes)) file.queue = null;
  }
}

function select(condition: string): string {
  return `${STORED_EVENT} WHERE ${condition} AND ${MAY_BE_RECONSIDERED}`;
}

function prepareStatements({ db }: WriteSession) {
  return {
    list: db.prepare<[], ExclusionRow>('SELECT * FROM exclusion ORDER BY id'),
    add: db.prepare<[string, string, string, number]>(
      'INSERT INTO exclusion (effect, kind, pattern, created_ms) VALUES (?, ?, ?, ?)',
    ),
    remove: db.prepare<[number]>('DELETE FROM exclusion WHERE id = ?'),
    events: db.prepare<[number], number>('SELECT events FROM exclusion WHERE id = ?').pluck(),
    paths: db.prepare<[], { readonly id: number; readonly text: string }>('SELECT id, text FROM path'),
    ofAgent: db.prepare<[string], StoredEvent>(
      select('event.agent_id = (SELECT id FROM agent WHERE name = ?)'),
    ),
    ofFile: db.prepare<[number], StoredEvent>(select('event.file_id = ?')),
    ofPath: db.prepare<[number], StoredEvent>(select('event.path_id = ?')),
    ofExclusion: db.prepare<[number], StoredEvent>(select('event.exclusion_id = ?')),
  };
}
