import { vi } from 'vitest';

/** Waits for a condition for as long as a busy machine may need; vitest's own default is one second. */
export function until<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, { timeout: 20_000, interval: 20 });
}
