import type { Clock } from '../../app/clock.ts';

const LOOK_MS = 10_000;
/** A busy machine is late by less than this. */
const LATE_MS = 5_000;

/** Tells when the computer slept: a short wait that took much longer than asked. Runs until the signal aborts. */
export async function watchForWake(clock: Clock, signal: AbortSignal, onWake: () => void): Promise<void> {
  while (!signal.aborted) {
    const before = clock.now();
    await clock.wait(LOOK_MS, signal);
    if (!signal.aborted && clock.now() - before > LOOK_MS + LATE_MS) onWake();
  }
}
