import type { DomainError } from '../../src-shared/errors/domain-error.ts';
import { asDomainError } from './failure.ts';

/** After so long without anything to show, a skeleton appears. */
export const SKELETON_AFTER_MS = 300;

export interface QueryState<T> {
  /** The newest answer; kept while a newer one is on its way. */
  readonly data: T | undefined;
  /** Why the newest question was not answered; the data before it is kept. */
  readonly error: DomainError | null;
  readonly isAsking: boolean;
  /** Nothing to show for 300 ms: time for a skeleton. */
  readonly isSlow: boolean;
  /** The data answers an earlier question: the filter or the file has changed since. */
  readonly isPrevious: boolean;
}

type Ask<T> = (signal: AbortSignal) => Promise<T>;
const START: QueryState<never> = {
  data: undefined,
  error: null,
  isAsking: false,
  isSlow: false,
  isPrevious: false,
};

/** One question that is asked again as things change: throttled, one at a time, stale answers dropped. */
export class LiveQuery<T> {
  readonly #everyMs: number;
  readonly #listeners = new Set<() => void>();
  #state: QueryState<T> = START;
  #ask: Ask<T> | null = null;
  #running: AbortController | null = null;
  #isDue = false;
  #askedAt = Number.NEGATIVE_INFINITY;
  #again: ReturnType<typeof setTimeout> | undefined;
  #slow: ReturnType<typeof setTimeout> | undefined;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly read = (): QueryState<T> => this.#state;

  /** A new question: asked at once, whatever was asked before is dropped. */
  put(ask: Ask<T>): void {
    this.close();
    this.#ask = ask;
    if (this.#state.data !== undefined) this.#change({ isPrevious: true });
    void this.#run();
  }

  /** Something changed: the same question again, at most once in `everyMs`, and after the one under way. */
  readonly refresh = (): void => {
    if (!this.#ask || this.#again !== undefined) return;
    if (this.#running) {
      this.#isDue = true;
      return;
    }
    const wait = Math.max(0, this.#askedAt + this.#everyMs - Date.now());
    this.#again = setTimeout(() => {
      this.#again = undefined;
      void this.#run();
    }, wait);
  };

  /** Drops what is under way. The data stays, for the case that it is asked again. */
  close(): void {
    this.#running?.abort();
    this.#running = null;
    this.#isDue = false;
    clearTimeout(this.#again);
    this.#again = undefined;
    clearTimeout(this.#slow);
  }

  async #run(): Promise<void> {
    const ask = this.#ask;
    if (!ask) return;
    const running = new AbortController();
    this.#running = running;
    this.#askedAt = Date.now();
    this.#watchForSlowness();
    this.#change({ isAsking: true });
    const answer = await settle(ask, running.signal);
    if (this.#running !== running) return;
    this.#running = null;
    clearTimeout(this.#slow);
    this.#change({ ...answer, isAsking: false, isSlow: false });
    if (this.#isDue) {
      this.#isDue = false;
      this.refresh();
    }
  }

  #watchForSlowness(): void {
    clearTimeout(this.#slow);
    if (this.#state.data !== undefined && !this.#state.isPrevious) return;
    this.#slow = setTimeout(() => this.#change({ isSlow: true }), SKELETON_AFTER_MS);
  }

  #change(part: Partial<QueryState<T>>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener();
  }
}

async function settle<T>(ask: Ask<T>, signal: AbortSignal): Promise<Partial<QueryState<T>>> {
  try {
    return { data: await ask(signal), error: null, isPrevious: false };
  } catch (error) {
    return { error: asDomainError(error) };
  }
}
