import { decodeJsonAlert } from '../../src-shared/formats/json-alert.ts';
import {
  asBuffer,
  EXCERPT_BYTES,
  LONGEST_RECORD,
  RecordYield,
  sourceTextOf,
} from './create-record-reader-yield.ts';
import { LineScan } from './line-scan.ts';
import type { ReaderOptions, ReadRecords, RecordReader } from './record-reader.ts';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Reads alerts.json: one object a line. Only lines that bear a mark, or look unusual, are decoded. */
export class JsonReader implements RecordReader {
  readonly #options: ReaderOptions;
  readonly #scan = new LineScan();
  /** Bytes held of the line that is not terminated yet. */
  #held = 0;
  /** File offset of that line's first byte. */
  #lineOffset: number;
  /** Set while a line over the limit is being skipped: its beginning and its length so far. */
  #oversized: { readonly beginning: Buffer; length: number } | null = null;

  constructor(startOffset: number, options: ReaderOptions = {}) {
    this.#options = options;
    this.#lineOffset = startOffset;
  }

  space(): Uint8Array {
    return this.#scan.space(this.#held);
  }

  push(chunk: Uint8Array): ReadRecords {
    const found = new RecordYield(false, this.#options.taker);
    const bytes = asBuffer(chunk);
    for (let taken = 0; taken < bytes.length;) {
      const space = this.#scan.space(this.#held);
      const length = Math.min(space.length, bytes.length - taken);
      const isInPlace = bytes.buffer === space.buffer && bytes.byteOffset + taken === space.byteOffset;
      if (!isInPlace) bytes.copy(space, 0, taken, taken + length);
      this.#take(length, found);
      taken += length;
    }
    return found.finish(this.#lineOffset);
  }

  /** An unterminated line is never passed: at rest it may still be being written. */
  settle(): ReadRecords {
    return new RecordYield(false, this.#options.taker).finish(this.#lineOffset);
  }

  end(): ReadRecords {
    const found = new RecordYield(false, this.#options.taker);
    const rest = this.#scan.bytes.subarray(0, this.#held);
    if (this.#oversized) this.#endOversized(0, found);
    else if (rest.length > 0) {
      this.#judge(this.#lineOffset, rest, found, 'truncated');
      this.#lineOffset += rest.length;
    }
    this.#held = 0;
    return found.finish(this.#lineOffset);
  }

  /** Takes in `length` bytes that now stand behind those held. */
  #take(length: number, found: RecordYield): void {
    const { bytes } = this.#scan;
    const end = this.#held + length;
    const newline = bytes.subarray(this.#held, end).indexOf(NEWLINE);
    if (newline < 0) {
      this.#hold(0, end);
      return;
    }
    const from = this.#oversized ? newline + 1 : 0;
    if (this.#oversized) this.#endOversized(from, found);
    let line = from;
    for (let isMore = true; isMore;) {
      const scanned = this.#scan.scan(line, end);
      found.countAlerts(scanned.plainAlerts);
      this.#judgeAll(scanned.notable, this.#lineOffset - line, found);
      this.#lineOffset += scanned.end - line;
      line = scanned.end;
      isMore = scanned.isMore;
    }
    this.#hold(line, end);
  }

  /** `fileOffset` is the file offset of position 0. */
  #judgeAll(notable: Uint32Array, fileOffset: number, found: RecordYield): void {
    const { taker } = this.#options;
    for (let pair = 0; pair < notable.length; pair += 2) {
      const start = notable[pair] ?? 0;
      const end = notable[pair + 1] ?? start;
      const line = this.#scan.bytes.subarray(start, end);
      const usual = taker ? this.#scan.usualFim(start, end) : null;
      if (taker && usual) {
        found.countAlerts(1);
        taker.usualFim(usual, line);
      } else this.#judge(fileOffset + start, line, found, 'not-json');
    }
  }

  /** Keeps the unterminated line, or only its beginning and its length once it is over the limit. */
  #hold(start: number, end: number): void {
    const length = end - start;
    if (this.#oversized) {
      this.#oversized.length += length;
      this.#held = 0;
    } else if (length > LONGEST_RECORD) {
      const beginning = Buffer.from(this.#scan.bytes.subarray(start, start + EXCERPT_BYTES));
      this.#oversized = { beginning, length };
      this.#held = 0;
    } else {
      if (start > 0) this.#scan.keep(start, end);
      this.#held = length;
    }
  }

  /** `length` more bytes, a newline included if there is one, end the line that is skipped. */
  #endOversized(length: number, found: RecordYield): void {
    if (!this.#oversized) return;
    const { beginning, length: before } = this.#oversized;
    const lineLength = before + Math.max(length - 1, 0);
    found.malformed('oversized', beginning, this.#lineOffset, lineLength);
    this.#lineOffset += before + length;
    this.#oversized = null;
  }

  /** Looks at one line, without its newline, in full. */
  #judge(offset: number, line: Buffer, found: RecordYield, ifBroken: 'not-json' | 'truncated'): void {
    const bytes = trimmed(line, offset);
    if (bytes.length > LONGEST_RECORD) found.malformed('oversized', bytes, offset, line.length);
    else if (isBlank(bytes)) return;
    else if (bytes.includes(0)) found.malformed('nul-bytes', bytes, offset, line.length);
    else {
      const decoded = decodeJsonAlert(sourceTextOf(bytes), this.#options.detail);
      const isBroken = 'malformed' in decoded && decoded.malformed === 'not-json';
      found.decoded(isBroken ? { malformed: ifBroken } : decoded, bytes, offset, line.length);
    }
  }
}

/** Without the carriage return of CRLF files and without the byte order mark that editors put at a file's beginning. */
function trimmed(line: Buffer, offset: number): Buffer {
  const end = line.at(-1) === CARRIAGE_RETURN ? line.length - 1 : line.length;
  const start = offset === 0 && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? 3 : 0;
  return line.subarray(start, end);
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === CARRIAGE_RETURN);
}
