/**
 * A stream fed from outside, one piece at a time: `push` resolves when the reader has taken the piece, so a fast sender
 * never fills the memory. Ends once; a reader that leaves early lets every later push pass.
 */
export class ChunkChannel implements AsyncIterable<Uint8Array> {
  #piece: Uint8Array | null = null;
  #isEnded = false;
  #wakeReader: (() => void) | null = null;
  #wakeSender: (() => void) | null = null;

  async push(piece: Uint8Array): Promise<void> {
    while (this.#piece && !this.#isEnded) {
      await new Promise<void>((resolve) => {
        this.#wakeSender = resolve;
      });
    }
    if (this.#isEnded) return;
    this.#piece = piece;
    this.#wakeReader?.();
  }

  end(): void {
    this.#isEnded = true;
    this.#wakeReader?.();
    this.#wakeSender?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const piece = this.#piece;
        if (piece) {
          this.#piece = null;
          this.#wakeSender?.();
          yield piece;
        } else if (this.#isEnded) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#wakeReader = resolve;
          });
        }
      }
    } finally {
      this.end();
    }
  }
}
