import type { QuotaLimits } from '../../../src-shared/domain/quota.ts';
import { utcDayKey, utcMonthKey } from '../../../src-shared/domain/quota.ts';

/** What a key has used; plain data, so that a lab can take it up again after a restart. */
export interface QuotaMemory {
  /** Epoch milliseconds of the requests of the last hour, oldest first. */
  readonly recent: readonly number[];
  readonly day: string;
  readonly usedToday: number;
  readonly month: string;
  readonly usedThisMonth: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
export const NOTHING_USED: QuotaMemory = { recent: [], day: '', usedToday: 0, month: '', usedThisMonth: 0 };

/** Counts a key's lookups as VirusTotal does: a sliding minute, the UTC day, the UTC month. Refused ones cost nothing. */
export class LabQuota {
  #limits: QuotaLimits;
  #recent: number[] = [];
  #day = '';
  #usedToday = 0;
  #month = '';
  #usedThisMonth = 0;

  constructor(limits: QuotaLimits, memory: QuotaMemory = NOTHING_USED) {
    this.#limits = limits;
    this.#recent = [...memory.recent];
    this.#day = memory.day;
    this.#usedToday = memory.usedToday;
    this.#month = memory.month;
    this.#usedThisMonth = memory.usedThisMonth;
  }

  /** True when the request may be answered; it is counted then. */
  take(nowMs: number): boolean {
    this.#roll(nowMs);
    const { perMinute, perDay, perMonth } = this.#limits;
    if (this.#usedSince(nowMs - MINUTE_MS) >= perMinute) return false;
    if (perDay !== null && this.#usedToday >= perDay) return false;
    if (perMonth !== null && this.#usedThisMonth >= perMonth) return false;
    this.#recent.push(nowMs);
    this.#usedToday += 1;
    this.#usedThisMonth += 1;
    return true;
  }

  /**
   * The answer of `overall_quotas`: three of its names, as allowed and used. The minute is not among them: clients derive
   * it from the hour (public keys show 240 an hour).
   */
  overall(nowMs: number): object {
    this.#roll(nowMs);
    const { perMinute, perDay, perMonth } = this.#limits;
    return {
      data: {
        api_requests_hourly: entry(perMinute * 60, this.#recent.length),
        ...(perDay === null ? {} : { api_requests_daily: entry(perDay, this.#usedToday) }),
        ...(perMonth === null ? {} : { api_requests_monthly: entry(perMonth, this.#usedThisMonth) }),
      },
    };
  }

  setLimits(limits: QuotaLimits): void {
    this.#limits = limits;
  }

  /** Forgets what was used; the limits stay. */
  reset(): void {
    this.#recent = [];
    this.#usedToday = 0;
    this.#usedThisMonth = 0;
  }

  memory(nowMs: number): QuotaMemory {
    this.#roll(nowMs);
    return {
      recent: [...this.#recent],
      day: this.#day,
      usedToday: this.#usedToday,
      month: this.#month,
      usedThisMonth: this.#usedThisMonth,
    };
  }

  #usedSince(ms: number): number {
    const newest = this.#recent.findLastIndex((at) => at <= ms);
    return this.#recent.length - 1 - newest;
  }

  /** Drops what no longer counts: requests older than an hour, yesterday, last month. */
  #roll(nowMs: number): void {
    if ((this.#recent[0] ?? nowMs) <= nowMs - HOUR_MS) {
      this.#recent = this.#recent.filter((at) => at > nowMs - HOUR_MS);
    }
    const day = utcDayKey(nowMs);
    if (day !== this.#day) this.#usedToday = 0;
    this.#day = day;
    const month = utcMonthKey(nowMs);
    if (month !== this.#month) this.#usedThisMonth = 0;
    this.#month = month;
  }
}

function entry(allowed: number, used: number) {
  return { user: { allowed, used } };
}
