import type { LabTime } from '../lab-time.ts';

/** What goes on by itself in the lab's time, until the lab is closed. */
export class Errands {
  readonly #time: LabTime;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(time: LabTime) {
    this.#time = time;
  }

  get isClosing(): boolean {
    return this.#closing.signal.aborted;
  }

  /** False: the lab was closed meanwhile. */
  async wait(ms: number): Promise<boolean> {
    await this.#time.wait(ms, this.#closing.signal);
    return !this.isClosing;
  }

  run(work: () => Promise<void>): void {
    // What fails is the disk below the lab: there is nobody in it to tell.
    const done = work()
      .catch(() => undefined)
      .finally(() => this.#running.delete(done));
    this.#running.add(done);
  }

  /** Does it when its time has come; when the lab is closed first, it is done then. */
  later(ms: number, work: () => void): void {
    this.run(async () => {
      await this.wait(ms);
      work();
    });
  }

  /** Resolves when nothing goes on any more. */
  async close(): Promise<void> {
    this.#closing.abort();
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
