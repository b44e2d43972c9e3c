import type { Clock } from '../app/clock.ts';

/** Programs on the agents have started by then. */
const AFTER_MS = 2000;

/** Saves a little while after it was asked, once for all who asked meanwhile. */
export class SoonSaver {
  readonly #clock: Clock;
  readonly #save: () => void;
  readonly #stopping = new AbortController();
  #isDue = false;

  constructor(clock: Clock, save: () => void) {
    this.#clock = clock;
    this.#save = save;
  }

  ask(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    void this.#wait();
  }

  /** What was asked for is not saved any more: whoever stops it saves. */
  stop(): void {
    this.#stopping.abort();
  }

  async #wait(): Promise<void> {
    await this.#clock.wait(AFTER_MS, this.#stopping.signal);
    this.#isDue = false;
    if (this.#stopping.signal.aborted) return;
    try {
      this.#save();
    } catch {
      // The next saving meets the same trouble, and somebody waits for the one at the end.
    }
  }
}
