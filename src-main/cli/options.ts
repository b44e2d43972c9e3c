import { InvalidArgumentError } from 'commander';

/** Parsers for option values; a bad one ends the call with exit code 2 and these words. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new InvalidArgumentError('A port is a whole number from 1 to 65535.');
  }
  return port;
}

export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('It takes a whole number from 1 up.');
  return count;
}

export function parseWholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new InvalidArgumentError('It takes a whole number from 0 up.');
  }
  return number;
}

/** Whole numbers from `least` to `most`. */
export function parseWithin(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`);
  };
}

/** `2026-11-21`, `2026-11-21T09:00:00Z`, or a span back from now: `90m`, `24h`, `7d`. Answers epoch milliseconds. */
export function parseTime(text: string): number {
  const span = /^(\d+)([mhd])$/.exec(text);
  const unitMs = SPAN_MS.get(span?.[2] ?? '');
  if (span && unitMs) return Date.now() - Number(span[1]) * unitMs;
  const isDate = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text);
  const ms = isDate ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw new InvalidArgumentError(
      'A time is a date (2026-11-21), an ISO time, or a span back such as 24h or 7d.',
    );
  }
  return ms;
}
const SPAN_MS = new Map([
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

export function parseSpeed(text: string): number {
  const speed = Number(text);
  if (!(speed > 0 && speed <= 100_000))
    throw new InvalidArgumentError('A speed is a number above 0, such as 60.');
  return speed;
}
