import type { Decoded, MalformedReason } from '../../src-shared/domain/alert.ts';
import type { AlertMark } from '../../src-shared/domain/completeness.ts';
import { excerptOf } from '../../src-shared/formats/excerpt.ts';
import type { SourceText } from '../../src-shared/formats/source-text.ts';
import type { AlertRecord, MalformedRecord } from './alert-journal.ts';
import type { ReadRecords, RecordTaker } from './record-reader.ts';

/** A record of more bytes than this is skipped. The manager itself writes lines of at most 64 KiB (wazuh.md 1.6). */
export const LONGEST_RECORD = 1_048_576;

/** Enough bytes for an excerpt of 200 characters, whatever their encoding. */
export const EXCERPT_BYTES = 800;

/** Gathers what one push, settle or end of a reader yields. */
export class RecordYield {
  readonly #records: AlertRecord[] = [];
  readonly #malformed: MalformedRecord[] = [];
  readonly #marks: AlertMark[] | null;
  readonly #taker: RecordTaker | undefined;
  #alerts = 0;

  constructor(marksAll = false, taker?: RecordTaker) {
    this.#marks = marksAll ? [] : null;
    this.#taker = taker;
  }

  /** Alerts of no interest that need not be decoded. */
  countAlerts(alerts: number): void {
    this.#alerts += alerts;
  }

  /** `bytes` are copied unless there is a taker. */
  decoded(decoded: Decoded, bytes: Buffer, offset: number, lengthBytes = bytes.length): void {
    if ('malformed' in decoded) {
      this.malformed(decoded.malformed, bytes, offset, lengthBytes);
      return;
    }
    this.#alerts += 1;
    const { alert } = decoded;
    this.#marks?.push({ alertId: alert.alertId, at: offset });
    if (alert.kind === 'other') return;
    if (this.#taker) this.#taker.record(alert, bytes);
    else this.#records.push({ alert, offset, raw: Buffer.from(bytes) });
  }

  malformed(reason: MalformedReason, beginning: Buffer, offset: number, lengthBytes: number): void {
    const excerpt = excerptOf(beginning.toString('utf8', 0, EXCERPT_BYTES));
    this.#malformed.push({ offset, lengthBytes, reason, excerpt });
  }

  finish(endOffset: number): ReadRecords {
    return {
      alerts: this.#alerts,
      records: this.#records,
      malformed: this.#malformed,
      endOffset,
      lastAlertId: this.#records.at(-1)?.alert.alertId ?? null,
      ...(this.#marks && { marks: this.#marks }),
    };
  }
}

/** Both readings of a record's bytes; the bytes must stay in place while it is decoded. */
export function sourceTextOf(bytes: Buffer): SourceText {
  return { text: bytes.toString('utf8'), latin1: () => bytes.toString('latin1') };
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
