const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Delays that double from `firstMs` to `capMs`, each cut by up to a half at random so that many clients spread out. */
export class BackOff {
  readonly #firstMs: number;
  readonly #capMs: number;
  readonly #random: () => number;
  #round = 0;

  constructor(firstMs: number, capMs: number, random: () => number) {
    this.#firstMs = firstMs;
    this.#capMs = capMs;
    this.#random = random;
  }

  next(): number {
    const wholeMs = Math.min(this.#firstMs * 2 ** Math.min(this.#round, 30), this.#capMs);
    this.#round += 1;
    return Math.round(wholeMs * (1 - this.#random() / 2));
  }

  reset(): void {
    this.#round = 0;
  }
}

/** An unfinished analysis takes minutes, sometimes hours: 10 min, 30 min, 1 h, 2 h, … 24 h. `times` counts from 0. */
export function pendingDelayMs(times: number): number {
  const first = [10 * MINUTE_MS, 30 * MINUTE_MS][times];
  return first ?? Math.min(HOUR_MS * 2 ** Math.min(times - 2, 10), DAY_MS);
}

/** A question the service refuses for this file: 1 min, 2 min, 4 min, … 24 h. */
export function refusedFileDelayMs(times: number): number {
  return Math.min(MINUTE_MS * 2 ** Math.min(times, 20), DAY_MS);
}

/**
 * A file whose lookup met a service in trouble. It is not to blame as long as others may fail too, so it follows the
 * service's own recovery; but a report that can never be read must not eat the day's quota at that pace.
 */
export function troubledFileDelayMs(times: number): number {
  if (times < 10) return Math.min(1000 * 2 ** times, MINUTE_MS);
  return Math.min(MINUTE_MS * 2 ** Math.min(times - 9, 20), DAY_MS);
}
