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
  #use: QuotaMemory;

  constructor(limits: QuotaLimits, memory: QuotaMemory = NOTHING_USED) {
    this.#limits = limits;
    this.#use = memory;
  }

  /** True when the request may be answered; it is counted then. */
  take(nowMs: number): boolean {
    const use = this.#roll(nowMs);
    const { perMinute, perDay, perMonth } = this.#limits;
    const inMinute = use.recent.filter((at) => at > nowMs - MINUTE_MS).length;
    if (inMinute >= perMinute) return false;
    if (perDay !== null && use.usedToday >= perDay) return false;
    if (perMonth !== null && use.usedThisMonth >= perMonth) return false;
    this.#use = {
      ...use,
      recent: [...use.recent, nowMs],
      usedToday: use.usedToday + 1,
      usedThisMonth: use.usedThisMonth + 1,
    };
    return true;
  }

  /**
   * The answer of `overall_quotas`: three of its names, as allowed and used. The minute is not among them: clients derive
   * it from the hour (public keys show 240 an hour).
   */
  overall(nowMs: number): object {
    const use = this.#roll(nowMs);
    const { perMinute, perDay, perMonth } = this.#limits;
    return {
      data: {
        api_requests_hourly: { user: { allowed: perMinute * 60, used: use.recent.length } },
        ...(perDay === null
          ? {}
          : { api_requests_daily: { user: { allowed: perDay, used: use.usedToday } } }),
        ...(perMonth === null
          ? {}
          : { api_requests_monthly: { user: { allowed: perMonth, used: use.usedThisMonth } } }),
      },
    };
  }

  setLimits(limits: QuotaLimits): void {
    this.#limits = limits;
  }

  limits(): QuotaLimits {
    return this.#limits;
  }

  /** Forgets what was used; the limits stay. */
  reset(): void {
    this.#use = NOTHING_USED;
  }

  memory(nowMs: number): QuotaMemory {
    return this.#roll(nowMs);
  }

  /** Drops what no longer counts: requests older than an hour, yesterday, last month. */
  #roll(nowMs: number): QuotaMemory {
    const day = utcDayKey(nowMs);
    const month = utcMonthKey(nowMs);
    const { recent, usedToday, usedThisMonth } = this.#use;
    this.#use = {
      recent: recent.filter((at) => at > nowMs - HOUR_MS),
      day,
      usedToday: this.#use.day === day ? usedToday : 0,
      month,
      usedThisMonth: this.#use.month === month ? usedThisMonth : 0,
    };
    return this.#use;
  }
}
