import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import type { AlertMark } from '../../src-shared/domain/completeness.ts';
import type { AlertBatch, AlertRecord, MalformedRecord, Position, ReadingLoss } from './alert-journal.ts';
import type { ReadRecords } from './record-reader.ts';

/** Input bytes and records of interest after which a batch is committed: the price of a durable commit is shared. */
const BATCH_BYTES = 8 * 1024 * 1024;
const BATCH_RECORDS = 2_000;
/** While bytes come faster than this, more of them share a commit: nobody waits for rows any longer for it. */
const QUICK_MS = 250;
const QUICK_BATCH_BYTES = 32 * 1024 * 1024;

/** Gathers what pieces of one alert file yielded until it is committed. */
export class BatchBuilder {
  readonly #startOffset: number;
  #endOffset: number;
  #alerts = 0;
  #lastAlertId: string | null = null;
  #marks: AlertMark[] = [];
  #records: AlertRecord[] = [];
  #malformed: MalformedRecord[] = [];

  /** `startOffset`: where the batch before ended. */
  constructor(startOffset: number) {
    this.#startOffset = startOffset;
    this.#endOffset = startOffset;
  }

  add(read: ReadRecords): void {
    this.#alerts += read.alerts;
    this.#endOffset = read.endOffset;
    this.#lastAlertId = read.marks?.at(-1)?.alertId ?? read.lastAlertId ?? this.#lastAlertId;
    for (const mark of read.marks ?? []) this.#marks.push(mark);
    for (const record of read.records) this.#records.push(record);
    for (const record of read.malformed) this.#malformed.push(record);
  }

  /** The places of alerts that were told since this was last asked. */
  takeMarks(): readonly AlertMark[] {
    const marks = this.#marks;
    this.#marks = [];
    return marks;
  }

  get endOffset(): number {
    return this.#endOffset;
  }

  get lastAlertId(): string | null {
    return this.#lastAlertId;
  }

  get isEmpty(): boolean {
    return this.#endOffset === this.#startOffset && this.#alerts === 0 && this.#malformed.length === 0;
  }

  get isFull(): boolean {
    return this.#holds(BATCH_BYTES);
  }

  /** As `isFull`, for one that has been filled for `ms`. */
  isFullAfter(ms: number): boolean {
    return this.#holds(ms < QUICK_MS ? QUICK_BATCH_BYTES : BATCH_BYTES);
  }

  build(place: {
    readonly sourceId: number;
    readonly format: AlertFormat;
    readonly position: Position | null;
    readonly losses: readonly ReadingLoss[];
    readonly proof?: string;
  }): AlertBatch {
    return {
      ...place,
      alerts: this.#alerts,
      bytes: this.#endOffset - this.#startOffset,
      records: this.#records,
      malformed: this.#malformed,
    };
  }

  #holds(bytes: number): boolean {
    const entries = this.#records.length + this.#malformed.length;
    return entries >= BATCH_RECORDS || this.#endOffset - this.#startOffset >= bytes;
  }
}
