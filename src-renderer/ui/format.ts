/** Numbers as the window writes them. A missing value is `–`, never 0 and never empty. */

export const MISSING = '–';

const wholeNumber = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const oneDigit = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** `48,211`. */
export function formatNumber(value: number | null): string {
  return value === null ? MISSING : wholeNumber.format(value);
}

/** `1 file`, `312 files`; `noun` is the singular, `many` its plural where adding an s is wrong. */
export function countOf(value: number, noun: string, many = `${noun}s`): string {
  return `${wholeNumber.format(value)} ${value === 1 ? noun : many}`;
}

/** A part of a whole as `16.4 %`; what is there at all is never written as 0. */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0) return '0 %';
  const percent = (part / whole) * 100;
  return part > 0 && percent < 0.1 ? 'under 0.1 %' : `${oneDigit.format(percent)} %`;
}

const BYTE_STEPS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** `1.4 MB`, in steps of 1,000 as file managers count. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return MISSING;
  let value = bytes;
  let step = 0;
  while (value >= 999.5 && step < BYTE_STEPS.length - 1) {
    value /= 1000;
    step += 1;
  }
  return `${step === 0 || value >= 100 ? wholeNumber.format(value) : oneDigit.format(value)} ${BYTE_STEPS[step]}`;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span in at most two units: `14 s`, `26 min`, `10 h 28 min`, `3 days`. Rounded down to what has passed. */
export function formatSpan(ms: number): string {
  const span = Math.max(0, ms);
  if (span < MINUTE) return `${Math.floor(span / SECOND)} s`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min`;
  if (span < DAY) {
    const minutes = Math.floor((span % HOUR) / MINUTE);
    const hours = `${Math.floor(span / HOUR)} h`;
    return minutes === 0 ? hours : `${hours} ${minutes} min`;
  }
  return countOf(Math.floor(span / DAY), 'day');
}

/** The delay of the newest row: `12 ms`, `0.4 s`, `2 s`, then as a span. */
export function formatLag(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 10 * SECOND) return `${oneDigit.format(ms / SECOND)} s`;
  return formatSpan(ms);
}
