/** Which text of a usual FIM alert. */
export const FIM_TEXT = {
  agentId: 0,
  agentName: 1,
  path: 2,
  permissions: 3,
  md5: 4,
  sha1: 5,
  sha256: 6,
} as const;
export type FimText = (typeof FIM_TEXT)[keyof typeof FIM_TEXT];

/** What `change` counts. */
export const USUAL_CHANGES = ['added', 'modified', 'deleted', 'readded'] as const;

/**
 * What the compiled pass finds in a FIM alert in usual words (build/scan/usual-fim.as): numbers, and where in its memory
 * texts stand. Such an alert is about a file and does not tell who changed it; its texts are ASCII without escapes. It
 * says what `decodeJsonAlert` would: whatever the pass cannot be sure of is no usual alert.
 */
export class UsualFim {
  /** The memory of the pass. */
  readonly bytes: Buffer;
  readonly #numbers: Float64Array;
  readonly #places: Uint32Array;

  constructor(memory: ArrayBuffer, at: number) {
    this.bytes = Buffer.from(memory);
    this.#numbers = new Float64Array(memory, at, NUMBERS);
    this.#places = new Uint32Array(memory, at + 8 * NUMBERS, CHANGE + 1);
  }

  /** Epoch milliseconds between the years 1970 and 9999. */
  get timeMs(): number {
    return this.#numbers[0] ?? 0;
  }

  /** The halves of the alert's id, whole numbers below 10^15. */
  get alertSec(): number {
    return this.#numbers[1] ?? 0;
  }

  get alertOff(): number {
    return this.#numbers[2] ?? 0;
  }

  /** -1 where the alert is silent. */
  get sizeBytes(): number {
    return this.#numbers[3] ?? -1;
  }

  /** Place in `USUAL_CHANGES`. */
  get change(): number {
    return this.#places[CHANGE] ?? 0;
  }

  /** Where a text begins in `bytes`. */
  start(text: FimText): number {
    return this.#places[2 * text] ?? 0;
  }

  /** 1 to 256; 0 only where a digest or permissions are missing. Digests are whole and in lower case. */
  length(text: FimText): number {
    return this.#places[2 * text + 1] ?? 0;
  }

  textOf(text: FimText): string {
    const start = this.start(text);
    return this.bytes.toString('latin1', start, start + this.length(text));
  }
}

/** Numbers stand before the places; the change stands behind those of the seven texts. */
const NUMBERS = 4;
const CHANGE = 14;
