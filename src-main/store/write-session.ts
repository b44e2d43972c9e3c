import type { Database } from 'better-sqlite3';
import { AgentSightings } from './agent-sightings.ts';
import { BulkMode } from './bulk-mode.ts';
import { Dictionaries } from './dictionaries.ts';
import { ExclusionRules } from './exclusion-rules.ts';
import { FileIdentity } from './file-identity.ts';
import { FileJoiner } from './file-joiner.ts';
import { FileRecords } from './file-records.ts';
import { translateStoreError } from './store-errors.ts';
import { Tally } from './tally.ts';
import { UnansweredFiles } from './unanswered-files.ts';
import { VerdictLog } from './verdict-log.ts';

/** What a part of the store needs that keeps rows of its own. */
export type ChangingSession = Pick<WriteSession, 'db' | 'run'>;

/**
 * What every change of the store works with, and the transaction around it: all of it becomes durable or none, the
 * counters included, and what was remembered in memory is forgotten when it fails.
 */
export class WriteSession {
  readonly db: Database;
  readonly path: string;
  readonly tally: Tally;
  readonly sightings: AgentSightings;
  readonly files: FileRecords;
  readonly dictionaries: Dictionaries;
  readonly verdicts: VerdictLog;
  readonly unanswered: UnansweredFiles;
  readonly identity: FileIdentity;
  readonly exclusions: ExclusionRules;
  readonly #bulk: BulkMode;

  constructor(db: Database, path: string) {
    this.db = db;
    this.path = path;
    this.#bulk = new BulkMode(db);
    this.tally = new Tally(db);
    this.sightings = new AgentSightings(db);
    this.files = new FileRecords(db, this.tally, this.sightings);
    this.dictionaries = new Dictionaries(db);
    this.verdicts = new VerdictLog(db, this.tally);
    this.unanswered = new UnansweredFiles(db, this.verdicts);
    this.exclusions = new ExclusionRules(db, this.files, this.tally);
    const joiner = new FileJoiner(this);
    this.identity = new FileIdentity(db, this.files, {
      join: (a, b) => joiner.join(a, b, (from, to) => this.identity.moveDigests(from, to)),
      learned: (file) => this.exclusions.digestsLearned(file),
    });
  }

  /** Runs `work` as one durable transaction. Errors: those of `translateStoreError`. */
  run<Result>(work: () => Result): Result {
    this.finish();
    const result = this.#within(() => this.db.exec('BEGIN IMMEDIATE'), work);
    this.finish();
    return result;
  }

  /**
   * Runs `work` in a transaction that stays open for more of it, in bulk mode: nothing is durable before `finish`, and a
   * failure takes all of it back. Only for work that can be done again from the start (a one-time import), in a process
   * that does nothing else with the store meanwhile. Errors: those of `translateStoreError`.
   */
  runUnfinished<Result>(work: () => Result): Result {
    return this.#within(() => this.#bulk.begin(), work);
  }

  #within<Result>(begin: () => void, work: () => Result): Result {
    try {
      if (!this.db.inTransaction) begin();
      return work();
    } catch (error) {
      this.#undo();
      throw translateStoreError(error, this.path);
    }
  }

  /** Makes durable what `runUnfinished` did; nothing to do without an open transaction. */
  finish(): void {
    if (!this.db.inTransaction) return;
    try {
      this.files.save();
      this.tally.save();
      this.sightings.save();
      this.#bulk.restoreIndexes();
      this.db.exec('COMMIT');
      this.#bulk.end();
      this.files.trim();
    } catch (error) {
      this.#undo();
      throw translateStoreError(error, this.path);
    }
  }

  #undo(): void {
    // SQLite has rolled back by itself after some failures (a full disk).
    if (this.db.inTransaction) this.db.exec('ROLLBACK');
    this.#bulk.end();
    this.tally.forget();
    this.sightings.forget();
    this.files.forget();
    this.dictionaries.forget();
    this.exclusions.forget();
  }
}
