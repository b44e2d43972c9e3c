/** Batches that may be under way between two threads: enough that neither waits for the other's turn. */
const MOST_UNDER_WAY = 3;

/** Holds up a thread that is ahead of the one it works for. Both have one over the same memory. */
export class Turnstile {
  readonly #underWay: Int32Array<SharedArrayBuffer>;

  constructor(memory: SharedArrayBuffer) {
    this.#underWay = new Int32Array(memory);
  }

  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  }

  /** Blocks the calling thread until one may enter: never on the thread that leaves. */
  enter(): void {
    for (let inside = this.#count(); inside >= MOST_UNDER_WAY; inside = this.#count()) {
      Atomics.wait(this.#underWay, 0, inside);
    }
    Atomics.add(this.#underWay, 0, 1);
  }

  leave(): void {
    Atomics.sub(this.#underWay, 0, 1);
    Atomics.notify(this.#underWay, 0);
  }

  #count(): number {
    return Atomics.load(this.#underWay, 0);
  }
}
