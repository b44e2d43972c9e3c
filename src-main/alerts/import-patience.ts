import type { Clock } from '../app/clock.ts';

/** A pipe may stay open for days with nothing to give: what came is committed after so many milliseconds of quiet. */
const QUIET_MS = 1_000;

/** What waits for an input beside its next bytes. */
export interface Patience {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Called once when the input has been quiet for a while. */
  readonly onQuiet: () => void;
}

/** The next piece of a slow input; null at its end, and at once when the signal aborts. Rejects as `piece` does. */
export async function pieceOf<T>(
  piece: Promise<T | null>,
  { clock, signal, onQuiet }: Patience,
): Promise<T | null> {
  const arrival = new AbortController();
  const quiet = clock.wait(QUIET_MS, arrival.signal).then((): typeof QUIET => QUIET);
  try {
    const first = await unlessAborted(Promise.race([piece, quiet]), signal);
    if (first !== QUIET) return first;
    onQuiet();
    return await unlessAborted(piece, signal);
  } finally {
    arrival.abort();
  }
}
const QUIET: unique symbol = Symbol('quiet');

/** What `work` brings, or null as soon as the signal aborts; what becomes of the work then concerns nobody. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | null> {
  work.catch(() => undefined);
  const over = new AbortController();
  const aborted = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true, signal: over.signal });
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    over.abort();
  }
}
