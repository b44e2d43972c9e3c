/**
 * Points in time as the window writes them: local time zone, 24 hours, day before month. All take ISO 8601 or epoch
 * milliseconds; what cannot be read as a time comes back as it was.
 */
import { MISSING } from './format.ts';

export type Instant = string | number;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const FULL_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** `14:21`. */
export function clockTime(at: Instant): string {
  return written(at, (date) => `${two(date.getHours())}:${two(date.getMinutes())}`);
}

/** `9 Nov`. */
export function dayAndMonth(at: Instant): string {
  return written(at, (date) => `${date.getDate()} ${MONTHS[date.getMonth()]}`);
}

/** `1 November 2026`. */
export function fullDate(at: Instant): string {
  return written(at, (date) => `${date.getDate()} ${FULL_MONTHS[date.getMonth()]} ${date.getFullYear()}`);
}

/** `17 Nov 2026 14:21:08`, for hover, titles and copies. */
export function absoluteTime(at: Instant): string {
  return written(at, (date) => {
    const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
    return `${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()} ${clock}`;
  });
}

/** Within evidence: `14:21` today, else `9 Nov 08:12`, with the year when it is another one. */
export function evidenceTime(at: Instant, now: number): string {
  return written(at, (date) => {
    const today = new Date(now);
    if (dayNumber(date) === dayNumber(today)) return clockTime(at);
    const year = date.getFullYear() === today.getFullYear() ? '' : ` ${date.getFullYear()}`;
    return `${dayAndMonth(at)}${year} ${clockTime(at)}`;
  });
}

/** Where every second counts: `14:21:08` today, else `9 Nov 08:12:31`. */
export function exactTime(at: Instant, now: number): string {
  return written(at, (date) => `${evidenceTime(at, now)}:${two(date.getSeconds())}`);
}

/** How long ago: `just now`, `11 min ago`, `3 h ago`, `yesterday`, `9 Nov`, `9 Nov 2025`. */
export function pastTime(at: Instant, now: number): string {
  return written(at, (date) => {
    const age = now - date.getTime();
    if (age < MINUTE) return 'just now';
    if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
    const today = new Date(now);
    const days = dayNumber(today) - dayNumber(date);
    if (days === 0 || age < 12 * HOUR) return `${Math.floor(age / HOUR)} h ago`;
    if (days === 1) return 'yesterday';
    const year = date.getFullYear() === today.getFullYear() ? '' : ` ${date.getFullYear()}`;
    return `${dayAndMonth(at)}${year}`;
  });
}

/** When something goes on: `in 14 s`, `in 4 min`, `from 01:00`, `from 24 Nov`. What is due reads `now`. */
export function futureTime(at: Instant, now: number): string {
  return written(at, (date) => {
    const wait = date.getTime() - now;
    if (wait <= 0) return 'now';
    if (wait < MINUTE) return `in ${Math.ceil(wait / 1000)} s`;
    if (wait < HOUR) return `in ${Math.ceil(wait / MINUTE)} min`;
    return wait < 24 * HOUR ? `from ${clockTime(at)}` : `from ${dayAndMonth(at)}`;
  });
}

/** A moment to come within a sentence: `at 18:05`, `tomorrow 01:56`, `24 Nov 01:56`. */
export function momentToCome(at: Instant, now: number): string {
  return written(at, (date) => {
    const days = dayNumber(date) - dayNumber(new Date(now));
    if (days <= 0) return clockTime(at);
    return days === 1 ? `tomorrow ${clockTime(at)}` : `${dayAndMonth(at)} ${clockTime(at)}`;
  });
}

function written(at: Instant, write: (date: Date) => string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at === '' ? MISSING : String(at);
  return write(date);
}

/** Days since the epoch in local time: two instants of one local day share it. */
function dayNumber(date: Date): number {
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / (24 * HOUR));
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
