import type { WazuhApi } from '../../manager/api/wazuh-api.ts';
import { listAgents } from '../../manager/agents/list-agents.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';
import type { ConnectionTools } from './connection-tools.ts';

interface RefresherOptions {
  readonly profileId: number;
  readonly api: WazuhApi | null;
  readonly host: ManagerHost | null;
  readonly prefix: () => string | null;
  readonly tools: ConnectionTools;
}

const EVERY_MS = 5 * 60_000;
/** A way that is away is tried again sooner, less and less often. */
const FIRST_RETRY_MS = 5_000;

/**
 * Keeps the list of a manager's agents fresh, in the background of its API's budget. Its questions are also what keeps
 * telling how the API stands.
 */
export class AgentRefresher {
  readonly #options: RefresherOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #nap: AbortController | null = null;
  #isDue = false;
  #failures = 0;
  /** Those that wait for a listing to be made from now on. */
  #waiting: PromiseWithResolvers<void>[] = [];

  constructor(options: RefresherOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** A way opened, or a person did what it needed. */
  trigger(): void {
    this.#isDue = true;
    this.#failures = 0;
    this.#nap?.abort();
  }

  /** Resolves when a list that was asked for from now on is stored, or could not be had. */
  refresh(): Promise<void> {
    if (this.#stopping.signal.aborted) return Promise.resolve();
    const waiter = Promise.withResolvers<void>();
    this.#waiting.push(waiter);
    this.trigger();
    return waiter.promise;
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#settle(this.#waiting);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const waiting = this.#waiting;
      this.#waiting = [];
      this.#isDue = false;
      await this.#list(waiting.length > 0 ? 'now' : 'background', signal);
      this.#settle(waiting);
      await this.#rest(signal);
    }
  }

  async #list(urgency: 'now' | 'background', signal: AbortSignal): Promise<void> {
    const { profileId, api, host, prefix, tools } = this.#options;
    const { store, clock, log, dataChanged } = tools;
    try {
      const found = await listAgents({ api, host, prefix: prefix(), signal, urgency });
      if (signal.aborted) return;
      const { source, agents, note } = found;
      const listed = agents === null ? null : { source, agents };
      store.managerAgents.refreshed(profileId, { listed, note }, clock.now());
      dataChanged();
    } catch (error) {
      if (!signal.aborted) log.warn('connections.agents-not-listed', { profileId, error });
    }
  }

  async #rest(signal: AbortSignal): Promise<void> {
    if (this.#isDue || signal.aborted) return;
    const nap = new AbortController();
    this.#nap = nap;
    await this.#options.tools.clock.wait(this.#pauseMs(), AbortSignal.any([signal, nap.signal]));
    this.#nap = null;
  }

  /** A person's turn, or a refusal, is no reason to ask more often. */
  #pauseMs(): number {
    const { api, tools } = this.#options;
    if (api?.status.state !== 'waiting') {
      this.#failures = 0;
      return EVERY_MS;
    }
    const { retryAt } = api.status;
    const pause = Math.min(EVERY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
    this.#failures += 1;
    return retryAt === null ? pause : Math.max(1_000, Date.parse(retryAt) - tools.clock.now());
  }

  #settle(waiting: readonly PromiseWithResolvers<void>[]): void {
    for (const { resolve } of waiting) resolve();
  }
}
