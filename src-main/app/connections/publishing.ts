import type { Publishing as PublishingWay } from '../../../src-shared/domain/connection-profile.ts';
import type { PublishingTarget } from '../publishing/hand-over.ts';
import { PublishPump } from '../publishing/publish-pump.ts';
import type { ConnectionTools } from './connection-tools.ts';

interface PublishingOptions {
  readonly tools: ConnectionTools;
  readonly target: () => PublishingTarget;
  /** Whether the way that this kind of publishing takes is open at the moment. */
  readonly isOpen: (way: 'socket' | 'api') => boolean;
  readonly isFollowing: () => boolean;
  readonly mayBeSeen: () => boolean;
}

/** The API takes 30 requests with events a minute from all its users together (wazuh.md 7.2); the socket is the daemons' own. */
const INTERVAL_MS = { socket: 100, api: 4_000 } as const;

/** Publishing of one connection, as its profile says at the moment. */
export class Publishing {
  readonly #profileId: number;
  readonly #options: PublishingOptions;
  #way: PublishingWay = 'off';
  #pump: PublishPump | null = null;
  #stopping: Promise<void> = Promise.resolve();

  constructor(profileId: number, options: PublishingOptions) {
    this.#profileId = profileId;
    this.#options = options;
  }

  apply(way: PublishingWay): void {
    if (way === this.#way) return;
    this.#way = way;
    const pump = this.#pump;
    this.#pump = null;
    this.#stopping = Promise.all([this.#stopping, pump?.stop()]).then(() => this.#open(way));
  }

  wake(): void {
    this.#pump?.wake();
  }

  async stop(): Promise<void> {
    this.#way = 'off';
    await this.#stopping;
    await this.#pump?.stop();
  }

  /** After the pump before it: two would hand over out of order. */
  #open(way: PublishingWay): void {
    const { tools, target, isOpen, isFollowing, mayBeSeen } = this.#options;
    const { handOver } = tools.abilities;
    if (way === 'off' || way !== this.#way || !handOver) return;
    this.#pump = new PublishPump({
      profileId: this.#profileId,
      publications: tools.store.publications,
      handOver: (outcome, signal) => handOver(target(), outcome, signal),
      isReady: () => isOpen(way),
      isFollowing,
      mayBeSeen,
      clock: tools.clock,
      intervalMs: INTERVAL_MS[way],
      changed: tools.changed,
    });
    this.#pump.start();
  }
}
