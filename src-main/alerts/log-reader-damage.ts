/**
 * NUL bytes in alerts.log: what a power loss leaves where a block was never written. They poison the alert they stand
 * in, but not a whole one before them.
 */

const NEWLINE = 0x0a;

/** Where the damaged part of an alert begins; its length when there is none. */
export function damagedFrom(alert: Buffer): number {
  const nul = alert.indexOf(0);
  if (nul < 0) return alert.length;
  const line = nul === 0 ? 0 : alert.lastIndexOf(NEWLINE, nul - 1) + 1;
  const before = alert.toString('latin1', Math.max(line - 3, 0), line);
  const isAfterAlert = /\n\r?\n$/.test(before) && /^Rule: /m.test(alert.toString('latin1', 0, line));
  return isAfterAlert ? line : 0;
}

/** How many blank bytes stand at the beginning. */
export function blankLength(bytes: Buffer): number {
  const first = bytes.findIndex(
    (byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d && byte !== NEWLINE,
  );
  return first < 0 ? bytes.length : first;
}
