/** Runs `work` while holding the lock folder; waits for a living holder, takes over from a dead one. */
export function withLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result>;
