import { LONGEST_RECORD } from './create-record-reader-yield.ts';

/** Bytes taken in at once. */
export const CHUNK = 262_144;

/**
 * Marks of the alerts that matter here: FIM, VirusTotal, active responses and KES by their decoders' names
 * (wazuh.md 3.2-3.4). A line with a mark is decoded; what it turns out to be is the decoder's word.
 */
const MARKS = ['"syscheck"', '"virustotal"', '"ar_log', '"kes_'];

/** Lines of one scan. Positions are those of `bytes`. */
export interface ScannedLines {
  /** Alerts that show no mark and begin and end as alerts do: counted, not decoded. */
  readonly plainAlerts: number;
  /** Start and end (without newline) of every line to be looked at, in order. */
  readonly notable: readonly (readonly [number, number])[];
  /** After the last newline. */
  readonly end: number;
}

/** Holds the bytes of whole lines and of the unterminated rest, and tells apart which lines are worth decoding. */
export class LineScan {
  readonly bytes: Buffer = Buffer.alloc(LONGEST_RECORD + CHUNK);

  /** Room for new bytes behind the `length` bytes held. */
  space(length: number): Buffer {
    return this.bytes.subarray(length, length + CHUNK);
  }

  /** Scans the whole lines between `from`, where a line begins, and `to`. */
  scan(from: number, to: number): ScannedLines {
    const notable: (readonly [number, number])[] = [];
    let plainAlerts = 0;
    let start = from;
    for (let end = this.#newline(start, to); end >= 0; end = this.#newline(start, to)) {
      const line = this.bytes.toString('latin1', start, end).replace(/\r$/, '');
      if (isPlainAlert(line)) plainAlerts += 1;
      else if (line !== '') notable.push([start, end]);
      start = end + 1;
    }
    return { plainAlerts, notable, end: start };
  }

  #newline(from: number, to: number): number {
    const found = this.bytes.subarray(from, to).indexOf(10);
    return found < 0 ? -1 : from + found;
  }

  /** Moves what begins at `start` to the front. */
  keep(start: number, end: number): void {
    this.bytes.copyWithin(0, start, end);
  }
}

const USUAL = /^\{"timestamp":"[^"]{24}(?:[^"]{4})?","rule":\{/;

function isPlainAlert(line: string): boolean {
  return (
    USUAL.test(line) &&
    line.endsWith('}') &&
    line.length <= LONGEST_RECORD &&
    !line.includes('\0') &&
    !MARKS.some((mark) => line.includes(mark))
  );
}
