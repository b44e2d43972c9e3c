/**
 * The times of an alert. The JSON form names an instant with an offset; the text form's dates are the manager's local
 * time without a zone, so there only the alert id tells the instant (wazuh.md sections 2.1 and 3.1).
 */

const ALERT_ID = /^(\d{1,12})\.\d{1,20}$/;

export function isAlertId(text: string): boolean {
  return ALERT_ID.test(text);
}

/** Epoch milliseconds of the id's second; null when the text is no alert id. */
export function timeOfAlertId(alertId: string): number | null {
  const match = ALERT_ID.exec(alertId);
  return match ? Number(match[1]) * 1000 : null;
}

const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?[+-]\d\d:?\d\d$/;

/** `2018-07-11T17:43:52.914+0200` (offset with or without colon) to epoch milliseconds; null for anything else. */
export function timeOfTimestamp(timestamp: string): number | null {
  if (!TIMESTAMP.test(timestamp)) return null;
  const isIso = timestamp.charAt(timestamp.length - 3) === ':';
  const time = Date.parse(isIso ? timestamp : `${timestamp.slice(0, -2)}:${timestamp.slice(-2)}`);
  return Number.isNaN(time) ? null : time;
}

const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;
const CTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (\d{4})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A file's date in the form of the JSON alerts, `2018-07-11T17:43:39`: manager local time without zone.
 * The text form writes it as ctime, and the old date of 3.12+ as epoch seconds: that one is an instant and reads `…Z`.
 */
export function fileDateOf(text: string | null): string | null {
  if (text === null) return null;
  if (ISO_DATE.test(text)) return text;
  const date = text.trim();
  const match = CTIME.exec(date);
  if (match) {
    const month = MONTHS.indexOf(match[1] ?? '') + 1;
    return `${match[4]}-${twoDigits(String(month))}-${twoDigits(match[2] ?? '')}T${match[3]}`;
  }
  if (/^\d{1,11}$/.test(date)) return new Date(Number(date) * 1000).toISOString().replace('.000Z', 'Z');
  return date === '' || date.startsWith('Invalid') ? null : date;
}

function twoDigits(number: string): string {
  return number.padStart(2, '0');
}

/** VirusTotal v2's `2017-11-14 17:24:37` (UTC) to ISO 8601; null for anything else. */
export function scanDateOf(text: string | null): string | null {
  if (text === null) return null;
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)Z?$/.exec(text);
  if (!match) return null;
  const iso = `${match[1]}T${match[2]}Z`;
  return Number.isNaN(Date.parse(iso)) ? null : iso;
}
