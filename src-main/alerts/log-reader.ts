import { decodeTextAlert } from '../../src-shared/formats/text-alert.ts';
import { isSettled, isWhole } from '../../src-shared/formats/text-wholeness.ts';
import {
  asBuffer,
  EXCERPT_BYTES,
  LONGEST_RECORD,
  RecordYield,
  sourceTextOf,
} from './create-record-reader-yield.ts';
import { isHeader, nextHeader, undecidedFrom } from './log-reader-header.ts';
import { blankLength, damagedFrom } from './log-reader-damage.ts';
import type { RecordTaker, ReadRecords, RecordReader } from './record-reader.ts';

/** What the bytes since the last boundary are. */
type State =
  /** Before the first header of a file read from its beginning. */
  | 'preamble'
  /** An alert that the next header will end. */
  | 'alert'
  /** An alert over the limit, skipped to the next header. */
  | 'oversized'
  /** Nothing to show: behind a settled alert, or before the first header of a file taken up in the middle. */
  | 'passed';

const MARK = Buffer.from('\uFEFF');
const NEWLINE = 0x0a;
const CHUNK = 262_144;

/** Reads alerts.log: a record runs from its `** Alert` header to the next one. */
export class LogReader implements RecordReader {
  readonly #marksAll: boolean;
  readonly #taker: RecordTaker | undefined;
  readonly #bytes = Buffer.alloc(LONGEST_RECORD + 2 * CHUNK);
  #state: State;
  /** Bytes held: the open alert, else only the last line while it may still become a header. */
  #held = 0;
  /** File offset of the first byte held. */
  #offset: number;
  /** Whether the first byte held begins a line. */
  #isLineStart = true;
  /** The first bytes of the file have been seen. */
  #isBegun: boolean;
  /** Where what is being skipped began, and its first bytes. */
  #skipped: { readonly offset: number; readonly beginning: number[] } | null = null;
  /** File offset after the last newline seen. */
  #lineOffset: number;

  /** `marksAll`: also tell the place of every alert. */
  constructor(startOffset: number, marksAll = false, taker?: RecordTaker) {
    this.#marksAll = marksAll;
    this.#taker = taker;
    this.#offset = startOffset;
    this.#lineOffset = startOffset;
    this.#isBegun = startOffset > 0;
    this.#state = startOffset > 0 ? 'passed' : 'preamble';
  }

  push(chunk: Uint8Array): ReadRecords {
    const found = new RecordYield(this.#marksAll, this.#taker);
    const bytes = asBuffer(chunk);
    for (let taken = 0; taken < bytes.length; taken += CHUNK) {
      const length = bytes.copy(this.#bytes, this.#held, taken, Math.min(taken + CHUNK, bytes.length));
      this.#take(length, found);
    }
    return found.finish(this.#endOffset());
  }

  settle(): ReadRecords {
    const found = new RecordYield(this.#marksAll, this.#taker);
    const record = this.#bytes.subarray(0, this.#held);
    if (this.#state === 'alert' && isSettled(record.toString('latin1'))) {
      this.#close(record, found);
      this.#state = 'passed';
      this.#release(this.#held);
    }
    return found.finish(this.#endOffset());
  }

  end(): ReadRecords {
    const found = new RecordYield(this.#marksAll, this.#taker);
    const rest = this.#bytes.subarray(0, this.#held);
    const isCut = this.#state === 'alert' && !rest.includes(0) && !isWhole(rest.toString('latin1'));
    if (isCut) found.malformed('truncated', rest, this.#offset, rest.length);
    else this.#close(rest, found);
    this.#state = 'passed';
    this.#release(this.#held);
    this.#lineOffset = this.#offset;
    return found.finish(this.#lineOffset);
  }

  /** Takes in `length` bytes that now stand behind those held. */
  #take(length: number, found: RecordYield): void {
    const searched = this.#isBegun
      ? undecidedFrom(this.#bytes.subarray(0, this.#held), this.#isLineStart)
      : 0;
    this.#held += length;
    if (!this.#passMark()) return;
    const bytes = this.#bytes.subarray(0, this.#held);
    const newline = bytes.lastIndexOf(NEWLINE);
    if (newline >= 0) this.#lineOffset = this.#offset + newline + 1;
    let start = 0;
    for (
      let header = this.#firstHeader(bytes, searched);
      header >= 0;
      header = nextHeader(bytes, header + 1)
    ) {
      this.#close(bytes.subarray(start, header), found, start);
      this.#state = 'alert';
      start = header;
    }
    this.#release(start);
    this.#dropDecided();
  }

  /** False while the first bytes may still become the byte order mark that editors put at a file's beginning. */
  #passMark(): boolean {
    if (this.#isBegun) return true;
    const head = this.#bytes.subarray(0, Math.min(this.#held, MARK.length));
    if (head.length < MARK.length && head.equals(MARK.subarray(0, head.length))) return false;
    this.#isBegun = true;
    if (!head.equals(MARK)) return true;
    this.#release(MARK.length);
    this.#isLineStart = true;
    return true;
  }

  #firstHeader(bytes: Buffer, searched: number): number {
    const mayBeginHere = this.#state !== 'alert' && this.#isLineStart && searched === 0;
    return mayBeginHere && isHeader(bytes, 0) ? 0 : nextHeader(bytes, Math.max(searched, 1));
  }

  /** Ends what `bytes`, `start` behind the first byte held, are the rest of. */
  #close(bytes: Buffer, found: RecordYield, start = 0): void {
    const offset = this.#offset + start;
    if (this.#state === 'alert') this.#record(bytes, offset, found);
    else if (this.#state !== 'passed') {
      this.#skip(bytes);
      this.#showSkipped(offset + bytes.length, found);
    }
  }

  #record(bytes: Buffer, offset: number, found: RecordYield): void {
    const damage = damagedFrom(bytes);
    const alert = bytes.subarray(0, damage);
    const record = alert.subarray(0, lengthWithoutBlankEnd(alert));
    if (bytes.length > LONGEST_RECORD) found.malformed('oversized', bytes, offset, bytes.length);
    else if (damage > 0) found.decoded(decodeTextAlert(sourceTextOf(record)), record, offset, alert.length);
    if (bytes.length <= LONGEST_RECORD && damage < bytes.length) {
      found.malformed('nul-bytes', bytes.subarray(damage), offset + damage, bytes.length - damage);
    }
  }

  /** Of anything but an open alert within the limit, keeps only what may become a header. */
  #dropDecided(): void {
    const held = this.#bytes.subarray(0, this.#held);
    const decided = undecidedFrom(held, this.#isLineStart);
    if (this.#state === 'alert') {
      if (decided <= LONGEST_RECORD) return;
      this.#state = 'oversized';
    }
    this.#skip(held.subarray(0, decided));
    this.#release(decided);
  }

  /** `bytes` are the first ones held. */
  #skip(bytes: Buffer): void {
    if (this.#state === 'passed') return;
    const start = this.#skipped ? 0 : blankLength(bytes);
    if (start === bytes.length) return;
    this.#skipped ??= { offset: this.#offset + start, beginning: [] };
    const { beginning } = this.#skipped;
    beginning.push(...bytes.subarray(start, start + EXCERPT_BYTES - beginning.length));
  }

  #showSkipped(endOffset: number, found: RecordYield): void {
    if (!this.#skipped) return;
    const { offset, beginning } = this.#skipped;
    const reason = this.#state === 'oversized' ? 'oversized' : 'not-an-alert';
    found.malformed(reason, Buffer.from(beginning), offset, endOffset - offset);
    this.#skipped = null;
  }

  /** Forgets the first bytes held. */
  #release(length: number): void {
    if (length === 0) return;
    this.#isLineStart = this.#bytes[length - 1] === NEWLINE;
    this.#bytes.copyWithin(0, length, this.#held);
    this.#held -= length;
    this.#offset += length;
  }

  #endOffset(): number {
    if (this.#state === 'alert') return this.#offset;
    if (this.#state === 'passed') return this.#lineOffset;
    // Taken up anywhere else than at its beginning, a preamble would be passed over silently.
    return this.#state === 'preamble' ? 0 : (this.#skipped?.offset ?? this.#offset);
  }
}

function lengthWithoutBlankEnd(alert: Buffer): number {
  let length = alert.length;
  while (length > 0 && (alert[length - 1] === NEWLINE || alert[length - 1] === 0x0d)) length -= 1;
  return length;
}
