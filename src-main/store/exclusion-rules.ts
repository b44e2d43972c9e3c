import type { Database } from 'better-sqlite3';
import {
  disposeOf,
  ExclusionMatcher,
  type DisposedEvent,
  type Disposition,
  type Exclusion,
} from '../../src-shared/domain/exclusion.ts';
import type { FileHashes } from '../../src-shared/domain/file-hash.ts';
import { EXCLUDED, LOOKABLE, MUTED } from './codes.ts';
import { needsLookup, type FileRecord } from './file-record.ts';
import type { FileRecords } from './file-records.ts';
import type { Tally } from './tally.ts';

/** An event that exclusions may speak about, as stored. */
export interface StoredEvent {
  readonly id: number;
  readonly file_id: number;
  readonly time_ms: number;
  readonly path: string;
  readonly agent: string;
  readonly priority: number;
  readonly disposition: number;
  readonly exclusion_id: number | null;
}

/** The columns of a StoredEvent; to be followed by WHERE. Only what was lookable but for a rule is ever reconsidered. */
export const STORED_EVENT = `
  SELECT event.id, event.file_id, event.time_ms, path.text AS path, agent.name AS agent, event.priority,
    event.disposition, event.exclusion_id
  FROM event JOIN path ON path.id = event.path_id JOIN agent ON agent.id = event.agent_id`;
export const MAY_BE_RECONSIDERED = `event.file_id IS NOT NULL AND event.disposition IN (${LOOKABLE}, ${MUTED}, ${EXCLUDED})`;

/** The user's exclusions as they stand, applied to new events at the door and to stored ones when they change. */
export class ExclusionRules {
  readonly #files: FileRecords;
  readonly #tally: Tally;
  readonly #statements: ReturnType<typeof prepareStatements>;
  #matcher: ExclusionMatcher | null = null;
  #hasHashRules = false;

  constructor(db: Database, files: FileRecords, tally: Tally) {
    this.#files = files;
    this.#tally = tally;
    this.#statements = prepareStatements(db);
  }

  /** At the door. A rule about a hash covers every digest that the file is known by, not only the event's own. */
  dispose(event: DisposedEvent, file: FileRecord | null): Disposition {
    const matcher = this.#rules();
    const own = disposeOf(event, matcher);
    if (own.kind !== 'lookable' || !file || !this.#hasHashRules) return own;
    return dispositionBy(matcher.match(event.path, event.agent.name, file.hashes));
  }

  /** True when a rule of the user's forbids asking about these digests at all. */
  forbids(hashes: FileHashes): boolean {
    return this.#rules().match('', '', hashes)?.effect === 'exclude';
  }

  /** A rule about a hash may now cover a file that was not known by that hash before. */
  digestsLearned(file: FileRecord): void {
    this.#rules();
    if (!this.#hasHashRules || file.events === 0) return;
    for (const event of this.#statements.ofFile.all(file.id)) this.reconsider(event);
  }

  /** Decides again about a stored event and moves the ledger; true when that changed something. */
  reconsider(event: StoredEvent): boolean {
    const file = this.#files.edit(event.file_id);
    if (!file) return false;
    const match = this.#rules().match(event.path, event.agent, file.hashes);
    const disposition = codeOf(match);
    const exclusionId = match?.id ?? null;
    if (disposition === event.disposition && exclusionId === event.exclusion_id) return false;
    this.#statements.dispose.run(disposition, exclusionId, event.id);
    this.#count(event.disposition, event.exclusion_id, -1);
    this.#count(disposition, exclusionId, 1);
    file.lookable += Number(disposition === LOOKABLE) - Number(event.disposition === LOOKABLE);
    if (file.lookable > 0) queueIfUnanswered(file, event.priority, event.time_ms);
    else file.queue = null;
    return true;
  }

  /** Counts an event that is not lookable; `direction` -1 takes it back. */
  #count(disposition: number, exclusionId: number | null, direction: 1 | -1): void {
    if (disposition === MUTED) this.#tally.add('muted', direction);
    if (disposition === EXCLUDED) this.#tally.add('excluded', direction);
    if (exclusionId !== null) this.#statements.count.run(direction, exclusionId);
  }

  /** After rules were added or removed, or a transaction failed. */
  forget(): void {
    this.#matcher = null;
  }

  #rules(): ExclusionMatcher {
    if (this.#matcher) return this.#matcher;
    const exclusions = this.#statements.all.all().map(exclusionOf);
    this.#hasHashRules = exclusions.some(({ kind }) => kind === 'hash');
    return (this.#matcher = new ExclusionMatcher(exclusions));
  }
}

/** Puts a file that still needs its lookup into the queue, or raises it there. */
export function queueIfUnanswered(file: FileRecord, priority: number, nowMs: number): void {
  if (!needsLookup(file)) return;
  if (file.queue) {
    if (priority < file.queue.priority) file.queue = { ...file.queue, priority };
    return;
  }
  file.queue = {
    priority,
    queuedMs: nowMs,
    dueMs: 0,
    attempts: 0,
    lastOutcome: null,
    lastMessage: null,
  };
}

export interface ExclusionRow {
  readonly id: number;
  readonly effect: Exclusion['effect'];
  readonly kind: Exclusion['kind'];
  readonly pattern: string;
  readonly created_ms: number;
  readonly events: number;
}

export function exclusionOf(row: ExclusionRow): Exclusion {
  const { id, effect, kind, pattern } = row;
  return { id, effect, kind, pattern, createdAt: new Date(row.created_ms).toISOString() };
}

function codeOf(match: Exclusion | null): number {
  if (!match) return LOOKABLE;
  return match.effect === 'mute' ? MUTED : EXCLUDED;
}

function dispositionBy(match: Exclusion | null): Disposition {
  if (!match) return { kind: 'lookable' };
  if (match.effect === 'mute') return { kind: 'muted', exclusionId: match.id };
  return { kind: 'not-lookable', reason: 'excluded', exclusionId: match.id };
}

function prepareStatements(db: Database) {
  return {
    all: db.prepare<[], ExclusionRow>('SELECT * FROM exclusion ORDER BY id'),
    ofFile: db.prepare<[number], StoredEvent>(
      `${STORED_EVENT} WHERE event.file_id = ? AND ${MAY_BE_RECONSIDERED}`,
    ),
    dispose: db.prepare<[number, number | null, number]>(
      'UPDATE event SET disposition = ?, exclusion_id = ? WHERE id = ?',
    ),
    count: db.prepare<[number, number]>('UPDATE exclusion SET events = events + ? WHERE id = ?'),
  };
}
