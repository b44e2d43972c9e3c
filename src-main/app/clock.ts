/** Time as a port, so that pacing and back-off are tested without waiting. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal aborts (it never rejects). */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** Node clamps timers above 2^31-1 ms to 1 ms; longer waits are cut there and the caller looks again. */
const LONGEST_TIMER_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS));
      signal.addEventListener('abort', done, { once: true });
    }),
};
