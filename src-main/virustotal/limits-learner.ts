import type { Clock } from '../app/clock.ts';
import type { ApiKey } from './api-key-source.ts';
import type { QuotaLedger } from './quota-ledger.ts';
import type { LookupClient } from './virustotal-client.ts';

export interface LearnerPorts {
  readonly client: LookupClient;
  readonly ledger: QuotaLedger;
  readonly clock: Clock;
}

type ReadyKey = Extract<ApiKey, { state: 'ready' }>;

const SHORTEST_PAUSE_MS = 60_000;

/**
 * Asks VirusTotal for the key's own limits: when a key comes into use, when a refusal was not expected, and again after
 * an outage if it was never answered; at most once a minute. Without an answer the limits stay what they are.
 *
 * These requests take no place in the minute window: that they would be counted is unverified, and if they are, the
 * answer to the one lookup too many is a 429 and a short pause.
 */
export class LimitsLearner {
  readonly #ports: LearnerPorts;
  readonly #onLearnt: () => void;
  #key: ReadyKey | null = null;
  #signal: AbortSignal | null = null;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #isAsking = false;
  #wasReached = false;

  constructor(ports: LearnerPorts, onLearnt: () => void) {
    this.#ports = ports;
    this.#onLearnt = onLearnt;
  }

  /** `isKnown`: a test of this key has just told its limits. */
  keyChanged(key: ReadyKey, isKnown: boolean, signal: AbortSignal): void {
    this.#key = key;
    this.#signal = signal;
    this.#isAsking = false;
    this.#wasReached = isKnown;
    if (!isKnown) this.#ask(key, signal);
  }

  /** A 429 although the ledger saw room: the limits, or what was used elsewhere, may be different from ours. */
  unexpectedRefusal(): void {
    this.#askAgain();
  }

  serviceAnswered(): void {
    if (!this.#wasReached) this.#askAgain();
  }

  /** How long lookups should still wait for the answer, in ms; 0 when it is there or has taken too long. */
  patienceLeft(patienceMs: number): number {
    if (!this.#isAsking) return 0;
    return Math.max(0, this.#askedAtMs + patienceMs - this.#ports.clock.now());
  }

  #askAgain(): void {
    const isTooSoon = this.#ports.clock.now() - this.#askedAtMs < SHORTEST_PAUSE_MS;
    if (!this.#key || !this.#signal || this.#isAsking || isTooSoon) return;
    this.#ask(this.#key, this.#signal);
  }

  #ask(key: ReadyKey, signal: AbortSignal): void {
    this.#isAsking = true;
    this.#askedAtMs = this.#ports.clock.now();
    void this.#learn(key, signal);
  }

  async #learn(key: ReadyKey, signal: AbortSignal): Promise<void> {
    const answer = await this.#ports.client.overallQuotas(key.key, signal);
    if (this.#key !== key || signal.aborted) return;
    this.#isAsking = false;
    this.#wasReached = answer.kind !== 'unreachable';
    if (answer.kind === 'known') this.#ports.ledger.learn(key.keyId, answer.quotas);
    this.#onLearnt();
  }
}
