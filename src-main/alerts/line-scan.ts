import { LONGEST_RECORD } from './create-record-reader-yield.ts';
import { LINE_SCAN_MODULE } from './line-scan-module.ts';
import { UsualFim } from './usual-fim.ts';

/**
 * The fast pass over alerts.json: a small WebAssembly module (build/scan/line-scan.as) finds the lines and tells apart
 * which of them must be decoded. Its memory holds the bytes themselves, so that a file can be read straight into it.
 *
 * Marks of the alerts that matter here are the names of their decoders and integrations (wazuh.md 3.2-3.4):
 * `"syscheck"`, `"virustotal"`, `"ar_log`, `"kes_`. A mark says nothing yet: the decoder has the last word.
 */

/** Layout of the module's memory in bytes: its own constants, one FIM alert, two counters and the pairs found, the lines. */
const FIM_FIELDS = 2048;
const RESULTS = 4096;
const LINES = 65_536;
/** The pass reads this far beyond the end. */
const PADDING = 80;
const MOST_PAIRS = (LINES - RESULTS - 8) / 8;

/** What one pass found. Positions are those of `bytes`. */
export interface ScannedLines {
  /** Alerts that show no mark and begin and end as alerts do: counted, not decoded. */
  readonly plainAlerts: number;
  /** Start and end (without the newline) of each line to be looked at, in order, in one row: s, e, s, e, … */
  readonly notable: Uint32Array;
  /** Behind the last line scanned. */
  readonly end: number;
  /** The pass found as many lines as it can list: scan again from `end`. */
  readonly isMore: boolean;
}

type Scan = (from: number, to: number, results: number, capacity: number) => number;
type FindUsualFim = (start: number, end: number, fields: number) => number;

export class LineScan {
  /** Room for the longest unterminated line and what is read behind it. */
  readonly bytes: Buffer;
  readonly #results: Uint32Array;
  readonly #scan: Scan;
  readonly #findUsualFim: FindUsualFim;
  readonly #usualFim: UsualFim;

  constructor() {
    const { scan, usualFim, memory } = instantiate();
    const length = memory.byteLength - LINES - PADDING;
    this.bytes = Buffer.from(memory, LINES, length);
    this.#results = new Uint32Array(memory, RESULTS, (LINES - RESULTS) / 4);
    this.#scan = scan;
    this.#findUsualFim = usualFim;
    this.#usualFim = new UsualFim(memory, FIM_FIELDS);
  }

  /** Room for new bytes behind `length` bytes held, which are at most those of the longest line. */
  space(length: number): Buffer {
    return this.bytes.subarray(length, length + this.bytes.length - LONGEST_RECORD);
  }

  /** Scans the whole lines between `from`, where a line begins, and `to`. */
  scan(from: number, to: number): ScannedLines {
    const found = this.#scan(LINES + from, LINES + to, RESULTS, MOST_PAIRS);
    const [plainAlerts = 0, end = LINES] = this.#results;
    const notable = this.#results.slice(2, 2 + 2 * found).map((address) => address - LINES);
    return { plainAlerts, notable, end: end - LINES, isMore: found === MOST_PAIRS };
  }

  /**
   * The line between two positions as a usual FIM alert, good until the next call; null when it is anything else, and
   * then nothing is said about it.
   */
  usualFim(start: number, end: number): UsualFim | null {
    return this.#findUsualFim(LINES + start, LINES + end, FIM_FIELDS) === 0 ? null : this.#usualFim;
  }

  /** Moves what stands between `start` and `end` to the front. */
  keep(start: number, end: number): void {
    this.bytes.copyWithin(0, start, end);
  }
}

/** The part of the platform's WebAssembly that is used here: neither ES2024 nor Node's own types declare it. */
interface WebAssemblyPlatform {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => {
    readonly exports: { readonly scan?: unknown; readonly usualFim?: unknown; readonly memory?: unknown };
  };
}

let compiled: object | null = null;

function instantiate(): {
  readonly scan: Scan;
  readonly usualFim: FindUsualFim;
  readonly memory: ArrayBuffer;
} {
  const platform: object = globalThis;
  if (!hasWebAssembly(platform)) throw new TypeError('This runtime has no WebAssembly.');
  compiled ??= new platform.WebAssembly.Module(Buffer.from(LINE_SCAN_MODULE, 'base64'));
  const { scan, usualFim, memory } = new platform.WebAssembly.Instance(compiled).exports;
  if (!isFunction(scan) || !isFunction(usualFim) || !isMemory(memory)) {
    throw new TypeError('line-scan-module.ts does not hold the line scan; run build/scan/compile.mjs.');
  }
  return { scan, usualFim, memory: memory.buffer };
}

function hasWebAssembly(platform: object): platform is { readonly WebAssembly: WebAssemblyPlatform } {
  return 'WebAssembly' in platform;
}

function isFunction(value: unknown): value is (...numbers: number[]) => number {
  return typeof value === 'function';
}

function isMemory(value: unknown): value is { readonly buffer: ArrayBuffer } {
  return (
    typeof value === 'object' && value !== null && 'buffer' in value && value.buffer instanceof ArrayBuffer
  );
}
