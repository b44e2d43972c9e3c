import type { LookupRefusal } from '../../src-shared/domain/outcome.ts';
import { BackOff } from './back-off.ts';
import type { Blame } from './answer-mapping.ts';

/** Pauses that end by themselves. */
export type TimedReason = 'network' | 'service' | 'rate-limited' | 'day-quota' | 'month-quota' | 'storage';

export interface Pause {
  readonly reason: TimedReason;
  readonly untilMs: number;
  /** Number of the last request sent when it began: that one and earlier ones are no news about it. */
  readonly afterRequest: number;
  /** What the service or the network said; null for quotas. */
  readonly detail: string | null;
}

const LONGEST_OUTAGE_PAUSE_MS = 60_000;
const LONGEST_QUOTA_PAUSE_MS = 15 * 60_000;
/** The official Go client reads a longer Retry-After as a spent quota. */
const SPENT_QUOTA_FROM_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Whether the whole queue waits after a refusal. When a pause is over one request goes ahead as a probe; the others
 * follow when it is answered. So a dead network or a wrong key costs one request a pause and not one a file.
 */
export class QueuePause {
  readonly #outage: BackOff;
  readonly #quota: BackOff;
  #current: Pause | null = null;
  #isProven = false;
  #lastRequest = 0;

  constructor(random: () => number) {
    this.#outage = new BackOff(1_000, LONGEST_OUTAGE_PAUSE_MS, random);
    this.#quota = new BackOff(5_000, LONGEST_QUOTA_PAUSE_MS, random);
  }

  /** The pause, also after its time while no probe has been answered yet. */
  get current(): Pause | null {
    return this.#current;
  }

  /** An answer has come since the start, the last pause or the last key: more than one request may be in flight. */
  get isProven(): boolean {
    return this.#isProven;
  }

  /** Numbers a request that is about to leave. */
  numberRequest(): number {
    this.#lastRequest += 1;
    return this.#lastRequest;
  }

  /** Another key, another standing with the service. */
  forget(): void {
    this.#current = null;
    this.#isProven = false;
    this.#outage.reset();
    this.#quota.reset();
  }

  /** The service answered this request. */
  answered(request: number): void {
    if (!this.#isNews(request)) return;
    this.#current = null;
    this.#isProven = true;
    this.#outage.reset();
    this.#quota.reset();
  }

  rateLimited(retryAfterMs: number | null, request: number, nowMs: number): void {
    if (!this.#isNews(request)) return;
    const delayMs = retryAfterMs || this.#quota.next();
    this.#begin(reasonOfRetryAfter(retryAfterMs), nowMs, delayMs, null);
  }

  failed(blame: Blame, outcome: LookupRefusal, request: number, nowMs: number): void {
    if (!this.#isNews(request)) return;
    const reason = blame === 'network' ? 'network' : 'service';
    this.#begin(reason, nowMs, this.#outage.next(), describe(outcome));
  }

  /** The store refused a verdict (a full disk): nothing is asked before it has taken it. */
  notStored(nowMs: number): void {
    this.#begin('storage', nowMs, this.#outage.next(), null);
  }

  /** Several requests in flight meet the same trouble: it counts once. */
  #isNews(request: number): boolean {
    return this.#current === null || request > this.#current.afterRequest;
  }

  #begin(reason: TimedReason, nowMs: number, delayMs: number, detail: string | null): void {
    this.#current = { reason, untilMs: nowMs + delayMs, afterRequest: this.#lastRequest, detail };
    this.#isProven = false;
  }
}

function reasonOfRetryAfter(retryAfterMs: number | null): TimedReason {
  if (retryAfterMs === null || retryAfterMs <= SPENT_QUOTA_FROM_MS) return 'rate-limited';
  return retryAfterMs <= DAY_MS ? 'day-quota' : 'month-quota';
}

function describe(outcome: LookupRefusal): string {
  if (outcome.kind === 'request-failed') return outcome.detail;
  return 'No answer came in time.';
}
