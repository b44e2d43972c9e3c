import type { ReadCounts } from '../../src-shared/domain/counts.ts';
import type { AlertBatch, AlertJournal, Position } from '../alerts/alert-journal.ts';
import type { PackedOrigin, StoreJournal } from './journal.ts';
import type { PackedBatch } from './packed-batch.ts';
import type { WriteSession } from './write-session.ts';

/** Events between two durable commits: bounds the write-ahead log, to some 30 MB. */
const EVENTS_AT_ONCE = 64_000;
/** Files that change in between are kept in memory until then. */
const FILES_AT_ONCE = 8_000;

/**
 * A journal for a one-time import by a process that does nothing else: many batches share one durable commit, so that a
 * file seen a thousand times is written a few times only. A process that is killed loses at most the batches since the
 * last commit, whole: reading the file again counts nothing twice. Followers need the plain journal, whose position
 * moves with each batch.
 */
export class BulkJournal implements AlertJournal {
  readonly #journal: StoreJournal;
  readonly #session: WriteSession;
  #events = 0;

  constructor(journal: StoreJournal, session: WriteSession) {
    this.#journal = journal;
    this.#session = session;
  }

  position(sourceId: number): Position | null {
    return this.#journal.position(sourceId);
  }

  commit(batch: AlertBatch, nowMs: number): ReadCounts {
    const counts = this.#journal.addUnfinished(batch, nowMs);
    this.#finishWhenDue(batch.records.length);
    return counts;
  }

  /** As `commit`, of a batch that another thread packed. */
  commitPacked(batch: PackedBatch, origin: PackedOrigin, nowMs: number): ReadCounts {
    const counts = this.#journal.addPackedUnfinished(batch, origin, nowMs);
    this.#finishWhenDue(batch.events + batch.others.length);
    return counts;
  }

  /** Makes everything taken so far durable. Errors: those of a commit; then nothing since the last one was stored. */
  finish(): void {
    this.#events = 0;
    this.#session.finish();
  }

  #finishWhenDue(records: number): void {
    this.#events += records;
    if (this.#events >= EVENTS_AT_ONCE || this.#session.files.changes >= FILES_AT_ONCE) this.finish();
  }
}
