import {
  nextUtcDay,
  nextUtcMonth,
  SAFE_DEFAULT_LIMITS,
  type QuotaGauge,
  type QuotaGauges,
  type QuotaLimits,
} from '../../src-shared/domain/quota.ts';
import type { KeyQuotas } from '../../src-shared/formats/virustotal-quotas.ts';
import type { Clock } from '../app/clock.ts';
import type { QuotaStore, QuotaUse } from './lookup-store.ts';
import { MinuteWindow } from './minute-window.ts';

export type QuotaReason = 'minute-quota' | 'day-quota' | 'month-quota';

/** When the next request may leave. `limit` names what holds it back; null when it may leave now. */
export interface Slot {
  readonly atMs: number;
  readonly limit: QuotaReason | null;
}

export interface Reservation {
  readonly id: number;
  readonly keyId: string;
}

/** How a reserved request ended. */
export interface RequestEnd {
  /** Null when it never left this machine. */
  readonly sentAtMs: number | null;
  readonly endedAtMs: number;
  /** False when the service refused it unprocessed: day and month get it back. */
  readonly isCounted: boolean;
}

/**
 * What a key may still ask: the minute window, the UTC day and the UTC month. Every request is reserved durably before
 * it leaves, so a killed process cannot forget one, and limits are those the key itself told, else the safe default.
 */
export class QuotaLedger {
  readonly #store: QuotaStore;
  readonly #clock: Clock;
  #keyId: string | null = null;
  #limits: QuotaLimits | null = null;
  #window = new MinuteWindow([], 0);

  constructor(store: QuotaStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Turns to the books of another key; null when there is none. */
  useKey(keyId: string | null): void {
    if (keyId === this.#keyId) return;
    const now = this.#clock.now();
    const use = keyId === null ? NOTHING_USED : this.#store.use(keyId, now);
    this.#keyId = keyId;
    this.#limits = use.limits;
    this.#window = new MinuteWindow(use.occupiedUntil, now);
  }

  /** The name of the key whose books are open; null without a key. */
  get keyId(): string | null {
    return this.#keyId;
  }

  /** True for the public key's 4 a minute; null while the key's own limits are not known. */
  get isPublic(): boolean | null {
    return this.#limits && this.#limits.perMinute === SAFE_DEFAULT_LIMITS.perMinute;
  }

  get limits(): QuotaLimits {
    return this.#limits ?? SAFE_DEFAULT_LIMITS;
  }

  nextSlot(): Slot {
    const now = this.#clock.now();
    const { perMinute, perDay, perMonth } = this.limits;
    const { usedToday, usedThisMonth } = this.#use(now);
    if (perMonth !== null && usedThisMonth >= perMonth)
      return { atMs: nextUtcMonth(now), limit: 'month-quota' };
    if (perDay !== null && usedToday >= perDay) return { atMs: nextUtcDay(now), limit: 'day-quota' };
    const atMs = this.#window.freeAt(perMinute, now);
    return { atMs, limit: atMs > now ? 'minute-quota' : null };
  }

  /** Durable when it returns. Call it only when `nextSlot` says now. */
  reserve(): Reservation {
    if (this.#keyId === null) throw new Error('A request was reserved without a key.');
    const now = this.#clock.now();
    const untilMs = this.#window.longestOccupation(now);
    const id = this.#store.reserve(this.#keyId, now, untilMs);
    this.#window.occupy(id, untilMs, now);
    return { id, keyId: this.#keyId };
  }

  settle(reservation: Reservation, end: RequestEnd): void {
    const untilMs = this.#window.occupation(end);
    this.#store.settleReservation(reservation.id, untilMs, end.isCounted && end.sentAtMs !== null);
    if (reservation.keyId === this.#keyId) this.#window.occupy(reservation.id, untilMs, end.endedAtMs);
  }

  /** A lookup was just made outside the queue: by a test of the key. */
  noteLookup(): void {
    const now = this.#clock.now();
    this.settle(this.reserve(), { sentAtMs: now, endedAtMs: now, isCounted: true });
  }

  /** Takes over what the service says of the key. */
  learn(keyId: string, quotas: KeyQuotas): void {
    const now = this.#clock.now();
    this.#store.saveLimits(keyId, quotas.limits, now);
    this.#store.raiseUse(keyId, now, quotas.usedToday, quotas.usedThisMonth);
    if (keyId === this.#keyId) this.#limits = quotas.limits;
  }

  /** How many requests today and this month still allow; null without a limit. */
  left(): { readonly today: number | null; readonly thisMonth: number | null } {
    const { usedToday, usedThisMonth } = this.#use(this.#clock.now());
    const { perDay, perMonth } = this.limits;
    return {
      today: perDay === null ? null : Math.max(0, perDay - usedToday),
      thisMonth: perMonth === null ? null : Math.max(0, perMonth - usedThisMonth),
    };
  }

  gauges(nowMs: number): QuotaGauges {
    const { perMinute, perDay, perMonth } = this.limits;
    const { usedToday, usedThisMonth } = this.#use(nowMs);
    const minute = this.#window.gauge(nowMs);
    return {
      minute: gauge(perMinute, minute.used, minute.firstFreeAtMs),
      day: gauge(perDay, usedToday, nextUtcDay(nowMs)),
      month: gauge(perMonth, usedThisMonth, nextUtcMonth(nowMs)),
    };
  }

  #use(nowMs: number): QuotaUse {
    return this.#keyId === null ? NOTHING_USED : this.#store.use(this.#keyId, nowMs);
  }
}

const NOTHING_USED: QuotaUse = { occupiedUntil: [], usedToday: 0, usedThisMonth: 0, limits: null };

function gauge(limit: number | null, used: number, resetsAtMs: number): QuotaGauge {
  return { limit, used, resetsAt: used > 0 ? new Date(resetsAtMs).toISOString() : null };
}
