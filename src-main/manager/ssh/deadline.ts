import type { Clock } from '../../app/clock.ts';

/** A time limit that stands still while a person is asked. */
export class Deadline {
  readonly #clock: Clock;
  readonly #onPassed: () => void;
  #leftMs: number;
  #startedMs = 0;
  #running: AbortController | null = null;
  #holds = 0;
  #isOver = false;

  constructor(clock: Clock, ms: number, onPassed: () => void) {
    this.#clock = clock;
    this.#leftMs = ms;
    this.#onPassed = onPassed;
    this.#run();
  }

  /** Stands still until the promise is settled. */
  async during<T>(promise: Promise<T>): Promise<T> {
    this.#holds += 1;
    this.#rest();
    try {
      return await promise;
    } finally {
      this.#holds -= 1;
      this.#run();
    }
  }

  end(): void {
    this.#isOver = true;
    this.#rest();
  }

  #run(): void {
    if (this.#isOver || this.#holds > 0 || this.#running) return;
    this.#running = new AbortController();
    this.#startedMs = this.#clock.now();
    void this.#watch(this.#running.signal);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    await this.#clock.wait(this.#leftMs, signal);
    if (signal.aborted) return;
    this.#isOver = true;
    this.#onPassed();
  }

  #rest(): void {
    if (!this.#running) return;
    this.#running.abort();
    this.#running = null;
    this.#leftMs = Math.max(0, this.#leftMs - Math.max(0, this.#clock.now() - this.#startedMs));
  }
}

/** The promise, or null once the time has passed. What comes later is dropped. */
export async function within<T>(clock: Clock, ms: number, promise: Promise<T>): Promise<T | null> {
  const waiting = new AbortController();
  try {
    return await Promise.race([promise, clock.wait(ms, waiting.signal).then(() => null)]);
  } finally {
    waiting.abort();
  }
}
