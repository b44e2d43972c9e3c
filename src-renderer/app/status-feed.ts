import type { ContractClient } from '../../src-shared/ipc/index.ts';
import type { AppStatus } from '../../src-shared/ipc/status.ts';
import type { Connection } from './connection.ts';

const RESUBSCRIBE_MS = 1000;

/** The newest status, kept up to date by one subscription, renewed with each new link. */
export class StatusFeed {
  readonly #client: ContractClient;
  readonly #listeners = new Set<() => void>();
  #status: AppStatus | null = null;
  #stop: AbortController | null = null;

  constructor(client: ContractClient, connection: Connection) {
    this.#client = client;
    connection.subscribe(() => this.#follow(connection));
    this.#follow(connection);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly read = (): AppStatus | null => this.#status;

  #follow(connection: Connection): void {
    this.#stop?.abort();
    if (connection.read().kind !== 'open') return;
    const stop = new AbortController();
    this.#stop = stop;
    void this.#watch(stop.signal);
  }

  async #watch(signal: AbortSignal): Promise<void> {
    try {
      for await (const status of await this.#client.status.watch(undefined, { signal })) {
        if (signal.aborted) return;
        this.#status = status;
        for (const listener of this.#listeners) listener();
      }
    } catch {
      // Whatever ended it: the last status stays on screen, and the next subscription replaces it whole.
    }
    if (!signal.aborted) window.setTimeout(() => !signal.aborted && void this.#watch(signal), RESUBSCRIBE_MS);
  }
}
