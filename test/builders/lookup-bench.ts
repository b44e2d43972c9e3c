import { setTimeout as realTime } from 'node:timers/promises';
import type { Clock } from '../../src-main/app/clock.ts';
import type { FileHash } from '../../src-shared/domain/file-hash.ts';
import type { ApiKey, ApiKeySource } from '../../src-main/virustotal/api-key-source.ts';
import { nameKey } from '../../src-main/virustotal/api-key.ts';
import { LookupQueue } from '../../src-main/virustotal/lookup-queue.ts';
import type { LookupStore, QuotaStore } from '../../src-main/virustotal/lookup-store.ts';
import { QuotaLedger } from '../../src-main/virustotal/quota-ledger.ts';
import type { LookupClient } from '../../src-main/virustotal/virustotal-client.ts';
import type { ManualClock } from './manual-clock.ts';
import { hashesOf } from './a-known-file.ts';

/** A key that a test can change. */
export class ChangeableKey implements ApiKeySource {
  key: ApiKey;

  constructor(key: string | null) {
    this.key = readyKey(key);
  }
  set(key: string | null): void {
    this.key = readyKey(key);
  }
  current(): Promise<ApiKey> {
    return Promise.resolve(this.key);
  }
}

function readyKey(key: string | null): ApiKey {
  return key === null ? { state: 'none' } : { state: 'ready', key, keyId: nameKey(key, Buffer.alloc(32)) };
}

/** The digest of a file named so. */
export function aHash(name: string): FileHash {
  return { algorithm: 'sha256', hex: hashesOf(name).sha256 };
}

/** The clock as a server sees it: `parked` counts what the server holds back on purpose. */
export class ServerClock implements Clock {
  readonly #clock: Clock;
  parked = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }
  now(): number {
    return this.#clock.now();
  }
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    this.parked += 1;
    await this.#clock.wait(ms, signal);
    this.parked -= 1;
  }
}

/** Counts the calls that are still on their way, so that simulated time stands still while real sockets work. */
class CountedClient implements LookupClient {
  readonly #client: LookupClient;
  onTheirWay = 0;

  constructor(client: LookupClient) {
    this.#client = client;
  }
  lookup(...question: Parameters<LookupClient['lookup']>) {
    return this.#count(this.#client.lookup(...question));
  }
  overallQuotas(...question: Parameters<LookupClient['overallQuotas']>) {
    return this.#count(this.#client.overallQuotas(...question));
  }
  async #count<Answer>(asking: Promise<Answer>): Promise<Answer> {
    this.onTheirWay += 1;
    try {
      return await asking;
    } finally {
      this.onTheirWay -= 1;
    }
  }
}

export interface BenchParts {
  readonly clock: ManualClock;
  readonly serverClock?: ServerClock;
  readonly client: LookupClient;
  readonly lookups: LookupStore;
  readonly quota: QuotaStore;
  readonly keys: ApiKeySource;
}

/** A queue on a simulated clock. Real requests take no simulated time unless the server holds them back. */
export class LookupBench {
  readonly queue: LookupQueue;
  readonly ledger: QuotaLedger;
  readonly troubles: unknown[] = [];
  readonly #parts: BenchParts;
  readonly #client: CountedClient;

  constructor(parts: BenchParts) {
    this.#parts = parts;
    this.#client = new CountedClient(parts.client);
    this.ledger = new QuotaLedger(parts.quota, parts.clock);
    this.queue = new LookupQueue({
      store: parts.lookups,
      ledger: this.ledger,
      client: this.#client,
      keys: parts.keys,
      clock: parts.clock,
      onTrouble: (error) => this.troubles.push(error),
      random: () => 0.5,
    });
  }

  /** Lets simulated time pass until the condition holds; fails after `withinMs` of it. */
  async until(condition: () => boolean, withinMs = 24 * 3_600_000): Promise<void> {
    const { clock } = this.#parts;
    const end = clock.now() + withinMs;
    for (;;) {
      await this.#settleSockets();
      if (condition()) return;
      const next = clock.nextWakeAt;
      if (next === null || next > end) {
        throw new Error(
          `It did not happen within ${withinMs / 1000} s: ${JSON.stringify(this.queue.status())}`,
        );
      }
      await clock.advance(Math.max(0, next - clock.now()));
    }
  }

  /** Lets this much simulated time pass. */
  async pass(ms: number): Promise<void> {
    const end = this.#parts.clock.now() + ms;
    for (;;) {
      await this.#settleSockets();
      const { clock } = this.#parts;
      const next = Math.min(clock.nextWakeAt ?? end, end);
      await clock.advance(Math.max(0, next - clock.now()));
      if (clock.now() >= end) return this.#settleSockets();
    }
  }

  async #settleSockets(): Promise<void> {
    do await realTime(0);
    while (this.#client.onTheirWay > (this.#parts.serverClock?.parked ?? 0));
    await realTime(0);
  }
}
