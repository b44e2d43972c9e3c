import type { AlertMark } from '../../src-shared/domain/completeness.ts';
import { decodeJsonAlert } from '../../src-shared/formats/json-alert.ts';
import { asBuffer, LONGEST_RECORD, sourceTextOf } from './create-record-reader-yield.ts';
import { JsonReader } from './json-reader.ts';
import type { ReadRecords, RecordReader } from './record-reader.ts';

const NEWLINE = 0x0a;
const NOTHING = Buffer.alloc(0);

/**
 * Reads alerts.json as JsonReader does, and tells where alerts stand: those of interest, the first of the file and the
 * newest of each piece. The lines between are not decoded for it.
 */
export class MarkedJsonReader implements RecordReader {
  readonly #reader: JsonReader;
  #isFirst: boolean;
  /** File offset of the next byte. */
  #offset: number;
  /** The unterminated line; null while it is over the limit, or began before the first piece. */
  #rest: Buffer | null = NOTHING;

  constructor(startOffset: number) {
    this.#reader = new JsonReader(startOffset, { detail: 'stored' });
    this.#offset = startOffset;
    this.#isFirst = startOffset === 0;
  }

  push(chunk: Uint8Array): ReadRecords {
    const read = this.#reader.push(chunk);
    return withMarks(read, this.#take(asBuffer(chunk)));
  }

  settle(): ReadRecords {
    return this.#reader.settle();
  }

  end(): ReadRecords {
    return withMarks(this.#reader.end(), []);
  }

  /** The first line of the file and the newest whole one, as far as they are alerts. */
  #take(bytes: Buffer): AlertMark[] {
    const start = this.#offset;
    this.#offset += bytes.length;
    const end = bytes.lastIndexOf(NEWLINE);
    if (end < 0) {
      this.#hold(bytes);
      return [];
    }
    const marks: (AlertMark | null)[] = [];
    const first = bytes.indexOf(NEWLINE);
    if (this.#isFirst || first === end) marks.push(this.#markOfHeld(bytes.subarray(0, first), start));
    if (first < end) {
      const line = bytes.lastIndexOf(NEWLINE, end - 1) + 1;
      marks.push(markOf(bytes.subarray(line, end), start + line));
    }
    this.#isFirst = false;
    this.#rest = Buffer.from(bytes.subarray(end + 1));
    return marks.filter((mark) => mark !== null);
  }

  #markOfHeld(bytes: Buffer, start: number): AlertMark | null {
    if (!this.#rest) return null;
    return markOf(Buffer.concat([this.#rest, bytes]), start - this.#rest.length);
  }

  #hold(bytes: Buffer): void {
    if (!this.#rest) return;
    const length = this.#rest.length + bytes.length;
    this.#rest = length > LONGEST_RECORD ? null : Buffer.concat([this.#rest, bytes]);
  }
}

function markOf(line: Buffer, at: number): AlertMark | null {
  const decoded = decodeJsonAlert(sourceTextOf(at === 0 ? withoutMark(line) : line));
  return 'alert' in decoded ? { alertId: decoded.alert.alertId, at } : null;
}

/** Editors put a byte order mark at a file's beginning. */
function withoutMark(line: Buffer): Buffer {
  return line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf ? line.subarray(3) : line;
}

function withMarks(read: ReadRecords, lines: readonly AlertMark[]): ReadRecords {
  const ofInterest = read.records.map(({ alert, offset }) => ({ alertId: alert.alertId, at: offset }));
  const marks = [...ofInterest, ...lines].toSorted((a, b) => a.at - b.at);
  return { ...read, marks };
}
