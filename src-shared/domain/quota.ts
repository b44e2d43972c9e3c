/** What a key allows. Null means unknown or without limit. */
export interface QuotaLimits {
  readonly perMinute: number;
  readonly perDay: number | null;
  readonly perMonth: number | null;
}

/** The public key's published allowance, used until the key itself tells (virustotal.md section 4). */
export const SAFE_DEFAULT_LIMITS: QuotaLimits = { perMinute: 4, perDay: 500, perMonth: 15_500 };

const DAY_MS = 86_400_000;
/** Alerts come in runs of the same day, and writing a date out is dear. */
let latest = { day: 0, key: '1970-01-01' };

/** Day and month of the quota turn over at 00:00 UTC. Keys: `2026-11-21`, `2026-11`. */
export function utcDayKey(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  if (day !== latest.day) latest = { day, key: new Date(ms).toISOString().slice(0, 10) };
  return latest.key;
}
export function utcMonthKey(ms: number): string {
  return new Date(ms).toISOString().slice(0, 7);
}
export function nextUtcDay(ms: number): number {
  const day = new Date(ms);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() + 1);
}
export function nextUtcMonth(ms: number): number {
  const day = new Date(ms);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
}

/** How a limit stands: for meters, `queue --json` and the estimate. */
export interface QuotaGauge {
  readonly limit: number | null;
  readonly used: number;
  /** ISO 8601 UTC: when the used part begins to free up; null when nothing is used. */
  readonly resetsAt: string | null;
}
export interface QuotaGauges {
  readonly minute: QuotaGauge;
  readonly day: QuotaGauge;
  readonly month: QuotaGauge;
}
