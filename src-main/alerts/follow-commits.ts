import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import type { ReadCounts } from '../../src-shared/domain/counts.ts';
import type { AlertBatch, AlertRecord, ReadingLoss } from './alert-journal.ts';
import type { BatchBuilder } from './follow-batch.ts';
import { positionOf } from './follow-file.ts';
import type { FollowOptions } from './follow-options.ts';
import { resolveFormat, type Reading } from './follow-reading.ts';

/** What a commit means for the status. */
export interface Committed {
  readonly batch: AlertBatch;
  readonly counts: ReadCounts;
  /** Milliseconds from append to now; null when the batch held no alert. */
  readonly lagMs: number | null;
}

/** The journal could not take a batch or tell the position; `cause` says why. Nothing was lost. */
export class JournalFailure extends Error {
  constructor(cause: unknown) {
    super('the journal failed', { cause });
    this.name = 'JournalFailure';
  }
}

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;

/** Hands batches to the journal, and keeps the one it refused: nothing is read on before it is taken. */
export class FollowCommits {
  readonly #options: FollowOptions;
  readonly #onCommitted: (committed: Committed) => void;
  #pending: { readonly batch: AlertBatch; readonly appendedAtMs: number } | null = null;
  #losses: ReadingLoss[] = [];
  #failures = 0;

  constructor(options: FollowOptions, onCommitted: (committed: Committed) => void) {
    this.#options = options;
    this.#onCommitted = onCommitted;
  }

  get hasLosses(): boolean {
    return this.#losses.length > 0;
  }

  /** They will be found again: the file they were found in was let go. */
  forgetLosses(): void {
    this.#losses = [];
  }

  /** Goes out with the next batch. */
  addLoss(loss: ReadingLoss): void {
    this.#losses.push(loss);
  }

  /** The batch, and the position in `reading` (at `offset`) that stands for it. Throws JournalFailure. */
  commit(
    reading: Reading,
    built: BatchBuilder,
    { offset, appendedAtMs, proof }: { offset: number; appendedAtMs: number; proof: string },
  ): void {
    reading.endOffset = offset;
    reading.alertId = built.lastAlertId ?? reading.alertId;
    const batch = built.build({
      sourceId: this.#options.sourceId,
      format: resolveFormat(reading.file, this.#options.format),
      position: positionOf(reading.file, offset, reading.alertId),
      losses: this.#losses,
      proof,
    });
    this.#losses = [];
    this.#pending = { batch, appendedAtMs };
    this.retry();
  }

  /** Alerts from elsewhere than the file that is read. Throws JournalFailure; they are to be offered anew then. */
  commitFilled(
    records: readonly AlertRecord[],
    { format, alerts }: { readonly format: AlertFormat; readonly alerts: number },
  ): void {
    const { journal, clock, sourceId } = this.#options;
    const rest = { position: null, bytes: 0, malformed: [], losses: [] };
    const batch = { sourceId, format, alerts, records, ...rest };
    const counts = this.ask(() => journal.commit(batch, clock.now()));
    this.#onCommitted({ batch, counts, lagMs: null });
  }

  /** A batch was refused and is kept. */
  get isPending(): boolean {
    return this.#pending !== null;
  }

  /** Offers a refused batch again. Throws JournalFailure. */
  retry(): void {
    if (!this.#pending) return;
    const { batch, appendedAtMs } = this.#pending;
    const { journal, clock } = this.#options;
    const counts = this.ask(() => journal.commit(batch, clock.now()));
    this.#pending = null;
    this.#failures = 0;
    const lagMs = batch.alerts === 0 ? null : Math.max(0, Math.round(clock.now() - appendedAtMs));
    this.#onCommitted({ batch, counts, lagMs });
  }

  ask<T>(question: () => T): T {
    try {
      return question();
    } catch (error) {
      throw new JournalFailure(error);
    }
  }

  /** Milliseconds until the next attempt, longer each time it fails. */
  backOff(): number {
    this.#failures += 1;
    return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.#failures - 1, 10));
  }
}
