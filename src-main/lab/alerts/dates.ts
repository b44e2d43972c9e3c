/** The manager of the lab keeps UTC: its local time is the same on every machine. */

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-11-21T18:23:05.295+0000`: the offset without a colon. */
export function alertTimestamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+0000');
}

/** `2026-11-21T18:33:48`: FIM's times, cut before the zone. */
export function fimTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

/** `2026 Nov 21 18:23:05`: second line of a text alert. */
export function headerTime(ms: number): string {
  const date = new Date(ms);
  return `${date.getUTCFullYear()} ${monthName(date)} ${twoDigits(date.getUTCDate())} ${timeOfDay(ms)}`;
}

/** `Sat Nov 21 18:33:48 2026`: ctime, the day padded with a space. */
export function ctime(ms: number): string {
  const date = new Date(ms);
  const day = String(date.getUTCDate()).padStart(2, ' ');
  return `${DAYS[date.getUTCDay()]} ${monthName(date)} ${day} ${timeOfDay(ms)} ${date.getUTCFullYear()}`;
}

/** `Nov 21 18:34:54`: syslog. */
export function syslogTime(ms: number): string {
  const date = new Date(ms);
  return `${monthName(date)} ${String(date.getUTCDate()).padStart(2, ' ')} ${timeOfDay(ms)}`;
}

/** `21/Nov/2026:18:34:54 +0000`: web servers. */
export function accessLogTime(ms: number): string {
  const date = new Date(ms);
  return `${twoDigits(date.getUTCDate())}/${monthName(date)}/${date.getUTCFullYear()}:${timeOfDay(ms)} +0000`;
}

/** `2026-11-21 18:35:15`. */
export function plainTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

export function timeOfDay(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}

export function monthName(date: Date): string {
  return MONTHS[date.getUTCMonth()] ?? '';
}

export function dayName(ms: number): string {
  return DAYS[new Date(ms).getUTCDay()] ?? '';
}

export function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
