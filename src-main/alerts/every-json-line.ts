import { decodeJsonAlert } from '../../src-shared/formats/json-alert.ts';
import { asBuffer, LONGEST_RECORD, RecordYield, sourceTextOf } from './create-record-reader-yield.ts';
import type { ReadRecords, RecordReader } from './record-reader.ts';

const NEWLINE = 0x0a;

/** Reads alerts.json with every line decoded, to know the place of every alert. Slow; a line over the limit is left out. */
export class EveryJsonLine implements RecordReader {
  #rest = Buffer.alloc(0);
  /** File offset of the first byte held. */
  #offset: number;

  constructor(startOffset: number) {
    this.#offset = startOffset;
  }

  push(chunk: Uint8Array): ReadRecords {
    const found = new RecordYield(true);
    const bytes = Buffer.concat([this.#rest, asBuffer(chunk)]);
    let line = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, line)) {
      const text = bytes.subarray(line, end);
      if (text.length <= LONGEST_RECORD)
        found.decoded(decodeJsonAlert(sourceTextOf(text)), text, this.#offset + line);
      line = end + 1;
    }
    // The limit and one more byte: enough to know that the line is over it.
    this.#offset += Math.max(line, bytes.length - LONGEST_RECORD - 1);
    this.#rest = Buffer.from(bytes.subarray(Math.max(line, bytes.length - LONGEST_RECORD - 1)));
    return found.finish(this.#offset);
  }

  settle(): ReadRecords {
    return new RecordYield(true).finish(this.#offset);
  }

  end(): ReadRecords {
    return this.push(Uint8Array.of(NEWLINE));
  }
}
