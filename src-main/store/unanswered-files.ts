import type { Database } from 'better-sqlite3';
import { LOOKUP_PRIORITY } from '../../src-shared/domain/lookup-priority.ts';
import { LOOKABLE } from './codes.ts';
import { queueIfUnanswered } from './exclusion-rules.ts';
import { needsLookup, type FileRecord } from './file-record.ts';
import type { VerdictLog } from './verdict-log.ts';

/** Brings files into the queue that were answered, or seemed to be. */
export class UnansweredFiles {
  readonly #verdicts: VerdictLog;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(db: Database, verdicts: VerdictLog) {
    this.#verdicts = verdicts;
    this.#statements = prepareStatements(db);
  }

  /** Somebody else reported the file (its event is stored): what one agent's verdict answered may wait again. */
  reconsider(file: FileRecord, nowMs: number): void {
    this.#verdicts.recompute(file);
    if (needsLookup(file)) queueIfUnanswered(file, this.#priority(file), nowMs);
  }

  /** Does nothing when it needs no lookup or waits already. */
  enqueue(file: FileRecord, nowMs: number): void {
    if (file.queue || !needsLookup(file)) return;
    queueIfUnanswered(file, this.#priority(file), nowMs);
  }

  /** That of its most urgent event. */
  #priority({ id }: FileRecord): number {
    return this.#statements.priority.get(id) ?? LOOKUP_PRIORITY.newOther;
  }
}

function prepareStatements(db: Database) {
  return {
    priority: db
      .prepare<[number], number | null>(
        `SELECT min(priority) FROM event WHERE file_id = ? AND disposition = ${LOOKABLE}`,
      )
      .pluck(),
  };
}
