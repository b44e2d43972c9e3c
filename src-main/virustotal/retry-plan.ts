import { pendingDelayMs, refusedFileDelayMs, troubledFileDelayMs } from './back-off.ts';
import type { DueLookup } from './lookup-store.ts';

/**
 * How long a file waits after its own trouble. The counts are this process's: the store counts every failed attempt,
 * also those that a spent quota or a wrong key caused, and they must not make a file wait longer.
 */
export class RetryPlan {
  readonly #times = new Map<number, number>();

  pending(due: DueLookup): number {
    return pendingDelayMs(this.#count(due));
  }
  refused(due: DueLookup): number {
    return refusedFileDelayMs(this.#count(due));
  }
  troubled(due: DueLookup): number {
    return troubledFileDelayMs(this.#count(due));
  }
  settled(fileId: number): void {
    this.#times.delete(fileId);
  }

  #count({ fileId }: DueLookup): number {
    const times = this.#times.get(fileId) ?? 0;
    this.#times.set(fileId, times + 1);
    return times;
  }
}
