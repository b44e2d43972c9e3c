import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src-main/app/clock.ts';

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number;
  #sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  constructor(now: string | number = '2026-11-17T09:00:00Z') {
    this.#now = typeof now === 'number' ? now : Date.parse(now);
  }

  now(): number {
    return this.#now;
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const sleeper = { until: this.#now + Math.max(ms, 0), wake: resolve };
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', () => this.#wake(sleeper), { once: true });
    });
  }

  /** How many wait for it at the moment. */
  get sleepers(): number {
    return this.#sleepers.length;
  }

  /** When the next of them is due; null when nobody waits. */
  get nextWakeAt(): number | null {
    return this.#sleepers.toSorted((a, b) => a.until - b.until)[0]?.until ?? null;
  }

  /** The clock of the machine was corrected: nobody wakes by it. */
  setBack(ms: number): void {
    this.#now -= ms;
  }

  /** Moves on, waking sleepers in their order; each may go back to sleep and be woken again on the way. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#sleepers.toSorted((a, b) => a.until - b.until)[0];
      if (!next || next.until > end) break;
      this.#now = Math.max(this.#now, next.until);
      this.#wake(next);
      await setImmediate();
    }
    this.#now = end;
    await setImmediate();
  }

  #wake(sleeper: { readonly wake: () => void }): void {
    this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
    sleeper.wake();
  }
}
