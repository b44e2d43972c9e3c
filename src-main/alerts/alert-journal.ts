import type { Alert, AlertFormat, MalformedReason, OtherAlert } from '../../src-shared/domain/alert.ts';
import type { ReadCounts } from '../../src-shared/domain/counts.ts';

/** How far an alert file has been read. Committed in the same transaction as the rows it stands for. */
export interface Position {
  /** Decimal text (64-bit safe); null where the file system tells none. */
  readonly device: string | null;
  readonly inode: string | null;
  /** Lower-case hex SHA-256 of the first `headLength` bytes: tells files apart where inodes are reused or absent. */
  readonly headHash: string;
  readonly headLength: number;
  /** The byte after the last whole record read. */
  readonly offset: number;
  /** Id of the newest alert read, of whatever interest. */
  readonly alertId: string | null;
}

/** One alert of interest, with the bytes it came from. */
export interface AlertRecord {
  readonly alert: Exclude<Alert, OtherAlert>;
  /** Byte offset of the record in its file. */
  readonly offset: number;
  /** Exactly as written, without the final newline. */
  readonly raw: Uint8Array;
}

export interface MalformedRecord {
  readonly offset: number;
  readonly lengthBytes: number;
  readonly reason: MalformedReason;
  /** At most 200 characters, invalid UTF-8 and control characters replaced. */
  readonly excerpt: string;
}

/** Bytes that could not be read any more: a truncation or a deleted file overtook the reader. Shown, never silent. */
export interface ReadingLoss {
  readonly detail: string;
  /** Upper bound of bytes lost; null when it cannot be told. */
  readonly bytesAtMost: number | null;
  /** Ids (`SEC.OFF`) of the alerts right before and right after what is missing, as far as they are known. */
  readonly afterAlertId?: string | null;
  readonly beforeAlertId?: string | null;
  /** The other form of the file (alerts.log beside alerts.json) still held it: its events were taken from there. */
  readonly isFilled?: boolean;
}

export interface AlertBatch {
  readonly sourceId: number;
  readonly format: AlertFormat;
  /** Where reading goes on after this batch; null for one-time imports. */
  readonly position: Position | null;
  /** All alerts of the batch, those of no interest included. */
  readonly alerts: number;
  readonly bytes: number;
  readonly records: readonly AlertRecord[];
  readonly malformed: readonly MalformedRecord[];
  readonly losses: readonly ReadingLoss[];
  /**
   * What is proven about the source as of this batch: text to be kept beside the position, handed back by
   * `AlertJournal.proof`, and understood by `readProof` (src-shared/domain/completeness.ts). Absent: as before.
   */
  readonly proof?: string;
}

/** What a reader needs of the store. */
export interface AlertJournal {
  position(sourceId: number): Position | null;
  /** The newest `AlertBatch.proof` of the source; null before the first. A journal without it proves anew at each start. */
  proof?(sourceId: number): string | null;
  /** All of the batch or nothing, durable when it returns. Events already known change nothing and count as `known`. */
  commit(batch: AlertBatch, nowMs: number): ReadCounts;
}
