import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import type { ReadCounts } from '../../src-shared/domain/counts.ts';
import type { Clock } from '../app/clock.ts';
import type { AlertJournal, ReadingLoss } from './alert-journal.ts';
import { BatchBuilder } from './follow-batch.ts';
import type { ReaderOptions, ReadRecords } from './record-reader.ts';

/** Where an import puts what it reads: batches that are filled piece by piece and then taken whole. */
export interface ImportTarget {
  /** `startOffset`: where the batch before ended. */
  begin(format: AlertFormat, startOffset: number): ImportBatch;
  /** How it wants its records. */
  readonly reading?: ReaderOptions;
}

export interface ImportBatch {
  /** Without the records that a taker was given. */
  add(read: ReadRecords): void;
  readonly isEmpty: boolean;
  readonly isFull: boolean;
  readonly endOffset: number;
  /** All of it or nothing; the batch is over. Returns what it added. */
  commit(losses: readonly ReadingLoss[]): ReadCounts;
}

/** Commits each batch to a journal. */
export class JournalTarget implements ImportTarget {
  readonly reading: ReaderOptions = { detail: 'stored' };
  readonly #sourceId: number;
  readonly #journal: AlertJournal;
  readonly #clock: Clock;

  constructor(sourceId: number, journal: AlertJournal, clock: Clock) {
    this.#sourceId = sourceId;
    this.#journal = journal;
    this.#clock = clock;
  }

  begin(format: AlertFormat, startOffset: number): ImportBatch {
    const builder = new BatchBuilder(startOffset);
    const place = { sourceId: this.#sourceId, format, position: null };
    return {
      add: (read) => builder.add(read),
      get isEmpty() {
        return builder.isEmpty;
      },
      get isFull() {
        return builder.isFull;
      },
      get endOffset() {
        return builder.endOffset;
      },
      commit: (losses) => this.#journal.commit(builder.build({ ...place, losses }), this.#clock.now()),
    };
  }
}
