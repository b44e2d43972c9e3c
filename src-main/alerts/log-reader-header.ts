/** Finds where alerts begin in alerts.log: a line that starts with `** Alert SEC.OFF:` (wazuh.md 2.1). */

const START = '** Alert ';
const AFTER_NEWLINE = Buffer.from(`\n${START}`, 'latin1');
const HEADER = /^\*\* Alert \d{1,20}\.\d{1,20}:/;
const PARTIAL = /^\*\* Alert \d{0,20}(?:\.\d{0,20})?$/;
/** Longer than any text that HEADER needs to decide. */
const DECIDED = 52;
const NEWLINE = 0x0a;

/** Position of the next header that begins at or after `from`; -1 without one. `bytes` hold the newline before it. */
export function nextHeader(bytes: Buffer, from: number): number {
  let newline = bytes.indexOf(AFTER_NEWLINE, Math.max(from - 1, 0));
  while (newline >= 0) {
    if (newline + 1 >= from && isHeader(bytes, newline + 1)) return newline + 1;
    newline = bytes.indexOf(AFTER_NEWLINE, newline + 1);
  }
  return -1;
}

export function isHeader(bytes: Buffer, at: number): boolean {
  return HEADER.test(bytes.toString('latin1', at, Math.min(at + DECIDED, bytes.length)));
}

/**
 * Position from which on nothing is decided yet: the last line, while it may still become a header; else the end.
 * `isLineStart` tells whether the first byte begins a line.
 */
export function undecidedFrom(bytes: Buffer, isLineStart: boolean): number {
  const newline = bytes.lastIndexOf(NEWLINE);
  if (newline < 0 && !isLineStart) return bytes.length;
  const line = bytes.subarray(newline + 1);
  if (line.length >= DECIDED) return bytes.length;
  const text = line.toString('latin1');
  return START.startsWith(text) || PARTIAL.test(text) ? newline + 1 : bytes.length;
}
