import type { AlertMark } from '../../src-shared/domain/completeness.ts';
import type { FimDetail } from '../../src-shared/formats/json-fim.ts';
import type { AlertRecord, MalformedRecord } from './alert-journal.ts';
import type { UsualFim } from './usual-fim.ts';

/** What one piece of an alert file yielded. */
export interface ReadRecords {
  /** Whole alerts seen, those of no interest included. */
  readonly alerts: number;
  readonly records: readonly AlertRecord[];
  readonly malformed: readonly MalformedRecord[];
  /** The byte after the last whole record: reading may be taken up again there and loses nothing. */
  readonly endOffset: number;
  /** Id of the last whole alert of interest; null when this piece held none. */
  readonly lastAlertId: string | null;
  /** Every whole alert with its place, those of no interest included; only of a reader that was asked for them. */
  readonly marks?: readonly AlertMark[];
}

/** Is given records as they are found, in their order. Their bytes may change as soon as it returns. */
export interface RecordTaker {
  record(alert: AlertRecord['alert'], raw: Uint8Array): void;
  /** A FIM alert in usual words comes as it was found; it changes as well. */
  usualFim(fim: UsualFim, raw: Uint8Array): void;
}

export interface ReaderOptions {
  /** How much of a FIM event is decoded; see `decodeJsonAlert`. */
  readonly detail?: FimDetail;
  /** Takes all records, so that `ReadRecords` holds none: no garbage for each of them. */
  readonly taker?: RecordTaker;
}

/**
 * Cuts the bytes of one alert file into records and decodes those of interest. Fed in order; keeps the unterminated
 * rest (at most 1 MiB: a longer record is counted as oversized and skipped to its end). Holds no file and no clock.
 */
export interface RecordReader {
  /**
   * Room inside the reader for the next bytes of the file. Reading into its front and pushing that part
   * (`space.subarray(0, bytesRead)`) saves a copy; anything else may be pushed as well. Ask again after each push.
   */
  space?(): Uint8Array;
  /** The bytes may be reused by the caller afterwards: records copy what they keep. */
  push(chunk: Uint8Array): ReadRecords;
  /**
   * The file is at rest. In the text form this completes an alert whose end only the next header would prove; bytes
   * that still follow without a header belong to it and are passed over. In the JSON form nothing is completed: an
   * unterminated line is never passed.
   */
  settle(): ReadRecords;
  /** No more bytes will ever come (an archive, a file that was replaced): an unterminated rest is decoded if it is whole, else counted as truncated. */
  end(): ReadRecords;
}
