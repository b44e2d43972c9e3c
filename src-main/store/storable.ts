/**
 * Values from alert files and answers, fit for STRICT columns: a number that is none, or not whole, or beyond what can
 * be counted must not stop a transaction.
 */
export function wholeOrNull(value: number | null | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** The last millisecond of year 9999: later times have no ISO 8601 form of four digits. */
const LATEST_MS = 253_402_300_799_999;

/** Epoch milliseconds; `fallbackMs` where the alert's own time cannot be used. */
export function storableTime(ms: number, fallbackMs: number): number {
  return Number.isSafeInteger(ms) && ms >= 0 && ms <= LATEST_MS ? ms : fallbackMs;
}
