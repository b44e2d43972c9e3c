import { nextUtcDay, utcMonthKey, type QuotaLimits } from '../../src-shared/domain/quota.ts';

export interface EstimateFacts {
  /** When the next request may leave, epoch ms. */
  readonly startMs: number;
  readonly waiting: number;
  readonly limits: QuotaLimits;
  /** What today and this month still allow; null without a limit. */
  readonly left: { readonly today: number | null; readonly thisMonth: number | null };
}

/** Ten years: beyond it "when" has no answer. */
const MOST_DAYS = 3_660;
const MINUTE_MS = 60_000;

/** When the last waiting file will have been asked at the allowed rate, epoch ms; null when it cannot be told. */
export function estimateEnd({ startMs, waiting, limits, left }: EstimateFacts): number | null {
  let fromMs = startMs;
  let files = waiting;
  let dayLeft = left.today ?? Number.POSITIVE_INFINITY;
  let monthLeft = left.thisMonth ?? Number.POSITIVE_INFINITY;
  for (let day = 0; day < MOST_DAYS; day += 1) {
    const midnight = nextUtcDay(fromMs);
    const byRate = Math.ceil((midnight - fromMs) / MINUTE_MS) * limits.perMinute;
    const asked = Math.min(files, dayLeft, monthLeft, byRate);
    if (asked === files) return fromMs + Math.max(0, Math.ceil(files / limits.perMinute) - 1) * MINUTE_MS;
    files -= asked;
    const isSameMonth = utcMonthKey(midnight) === utcMonthKey(fromMs);
    monthLeft = isSameMonth ? monthLeft - asked : (limits.perMonth ?? Number.POSITIVE_INFINITY);
    dayLeft = limits.perDay ?? Number.POSITIVE_INFINITY;
    fromMs = midnight;
  }
  return null;
}
