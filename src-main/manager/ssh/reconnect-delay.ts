const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;
/** Even the luckiest draw leaves the machine some time. */
const SHORTEST_MS = 200;

/**
 * Exponential back-off with full jitter: anything up to 1 s, 2 s, 4 s … 60 s, so that many workstations that lost the
 * same manager do not come back as one. `failures`: attempts in a row that came to nothing. `random`: 0 to 1.
 */
export function reconnectDelayMs(failures: number, random: number): number {
  const limit = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10));
  return Math.max(SHORTEST_MS, Math.round(limit * random));
}
