import { useSyncExternalStore } from 'react';

/** One clock for all relative times on screen, so that they change together. Steps of a second or of ten. */
class Ticker {
  readonly #stepMs: number;
  readonly #listeners = new Set<() => void>();
  #timer: number | undefined;
  #now = Date.now();

  constructor(stepMs: number) {
    this.#stepMs = stepMs;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    this.#timer ??= window.setInterval(this.#tick, this.#stepMs);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      window.clearInterval(this.#timer);
      this.#timer = undefined;
    };
  };

  /** Steady between ticks; fresh when the clock stood still because nobody looked. */
  readonly read = (): number => {
    if (Math.abs(Date.now() - this.#now) >= this.#stepMs) this.#now = Date.now();
    return this.#now;
  };

  readonly #tick = (): void => {
    this.#now = Date.now();
    for (const listener of this.#listeners) listener();
  };
}

const seconds = new Ticker(1000);
const tens = new Ticker(10_000);

/** Epoch milliseconds that move on by themselves: every 10 s, or every second for countdowns. */
export function useNow(step: 'second' | 'ten-seconds' = 'ten-seconds'): number {
  const ticker = step === 'second' ? seconds : tens;
  return useSyncExternalStore(ticker.subscribe, ticker.read);
}
