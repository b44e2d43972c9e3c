import { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { LookupStore, Settled, Settlement } from './lookup-store.ts';

/** Brings answers into the store. One that the store does not take (a full disk) is kept: it has cost quota. */
export class AnswerKeeper {
  readonly #store: LookupStore;
  readonly #onStored: (settled: Settled, settlement: Settlement) => void;
  readonly #kept: Settlement[] = [];

  constructor(store: LookupStore, onStored: (settled: Settled, settlement: Settlement) => void) {
    this.#store = store;
    this.#onStored = onStored;
  }

  /** Throws what the store threw; the answer is kept then. */
  store(settlement: Settlement): void {
    this.#kept.push(settlement);
    this.storeKept();
  }

  /** Stores what was kept, oldest first. Throws at the first that the store still does not take. */
  storeKept(): void {
    for (let settlement = this.#kept[0]; settlement; settlement = this.#kept[0]) {
      const settled = this.#settle(settlement);
      this.#kept.shift();
      if (settled) this.#onStored(settled, settlement);
    }
  }

  /** Null when the file is gone from the store: nobody waits for its answer any more. */
  #settle(settlement: Settlement): Settled | null {
    try {
      return this.#store.settle(settlement);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'store.no-such-file') return null;
      throw error;
    }
  }
}
