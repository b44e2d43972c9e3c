import type { Clock } from '../app/clock.ts';

/** The lab's own time: runs `speed` times as fast as the clock, never backwards, and can be moved forward on demand. */
export class LabTime {
  readonly #clock: Clock;
  readonly #speed: number;
  #clockOrigin: number;
  #labOrigin: number;

  /** `notBefore`: where the time stood when the lab was closed; a lab that had run ahead does not fall back. */
  constructor(clock: Clock, speed: number, notBefore = 0) {
    this.#clock = clock;
    this.#speed = speed;
    this.#clockOrigin = clock.now();
    this.#labOrigin = Math.max(this.#clockOrigin, notBefore);
  }

  /** Epoch milliseconds. */
  now(): number {
    return Math.floor(this.#labOrigin + (this.#clock.now() - this.#clockOrigin) * this.#speed);
  }

  /** Lets so much of the lab's time pass. */
  wait(labMs: number, signal: AbortSignal): Promise<void> {
    return this.#clock.wait(labMs / this.#speed, signal);
  }

  /** From now on it is that moment; an earlier one changes nothing. */
  jumpTo(ms: number): void {
    if (ms <= this.now()) return;
    this.#labOrigin = ms;
    this.#clockOrigin = this.#clock.now();
  }
}
