import type { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { Store } from '../store/open-store.ts';
import { damagedStore } from '../store/store-errors.ts';

/** What it needs of the reader: null, or the first thing that is wrong. */
export interface IntegrityReader {
  ask(name: 'integrity', argument: null): Promise<string | null>;
}

/**
 * A large store that was not closed in order is checked in full while work goes on: at the start that would cost a
 * minute. What is found is told, never repaired silently.
 */
export class Soundness {
  #error: DomainError | null = null;

  /** Null while nothing is known to be wrong. */
  get error(): DomainError | null {
    return this.#error;
  }

  /** Checks when the start left it to do; `found` is told of damage. Rejects when the check itself cannot be made. */
  async check(
    store: Pick<Store, 'startCheck' | 'path'>,
    reader: IntegrityReader,
    found: (error: DomainError) => void,
  ): Promise<void> {
    if (store.startCheck !== 'full-check-due') return;
    const finding = await reader.ask('integrity', null);
    if (finding === null) return;
    this.#error = damagedStore(store.path, new Error(finding));
    found(this.#error);
  }
}
