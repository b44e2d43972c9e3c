/** At most four times a second: smooth for the eye, cheap for the queries that follow. */
const SHORTEST_PAUSE_MS = 250;

/**
 * Tells every window that something changed. Changes are gathered: after the first one listeners hear at once, later
 * ones at most once per pause, and the last one is never lost.
 */
export class ChangeHub {
  readonly #listeners = new Set<() => void>();
  #revision = 0;
  #timer: NodeJS.Timeout | null = null;
  #toldAtMs = 0;

  /** Grows when stored data changed; a window re-asks what it shows. */
  get revision(): number {
    return this.#revision;
  }

  /** Stored data changed: events, verdicts, triage, exclusions, sources. */
  dataChanged(): void {
    this.#revision += 1;
    this.statusChanged();
  }

  /** Only the status changed: progress, lag, a pause. */
  statusChanged(): void {
    if (this.#timer) return;
    const pause = Math.max(0, this.#toldAtMs + SHORTEST_PAUSE_MS - Date.now());
    this.#timer = setTimeout(() => this.#tell(), pause);
  }

  /** Yields a snapshot at the start and then after changes, until the signal aborts. */
  async *watch<T>(signal: AbortSignal | undefined, snapshot: () => T): AsyncGenerator<T> {
    let change = Promise.withResolvers<void>();
    const listener = () => change.resolve();
    this.#listeners.add(listener);
    signal?.addEventListener('abort', listener);
    try {
      for (;;) {
        if (signal?.aborted) return;
        yield snapshot();
        await change.promise;
        change = Promise.withResolvers<void>();
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', listener);
    }
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#listeners.clear();
  }

  #tell(): void {
    this.#timer = null;
    this.#toldAtMs = Date.now();
    for (const listener of this.#listeners) listener();
  }
}
