/**
 * The audit trail as a chain: each entry is hashed together with the hash of the one before it, so that an entry that was
 * changed, left out or put in shows at the first hash that does not fit. What it cannot show by itself is that the newest
 * entries were cut off: an export kept elsewhere does.
 */
import type { AuditEntry } from '../ipc/scans.ts';

/** Lower-case hex SHA-256 of a text's UTF-8 bytes; supplied by who has cryptography. */
export type Sha256 = (text: string) => string;

/** Stands for the hash before the first entry. */
export const NO_HASH_BEFORE = '0'.repeat(64);

export function auditHash(
  { sequence, at, who, deed, detail }: Omit<AuditEntry, 'hash'>,
  before: string,
  sha256: Sha256,
): string {
  return sha256(`${before}\n${JSON.stringify([sequence, at, who, deed, detail])}`);
}

/** The sequence of the first entry that does not follow from those before it; null when the chain holds. */
export function firstBreak(entries: Iterable<AuditEntry>, sha256: Sha256): number | null {
  let before = NO_HASH_BEFORE;
  let expected = 1;
  for (const entry of entries) {
    if (entry.sequence !== expected || auditHash(entry, before, sha256) !== entry.hash) return expected;
    before = entry.hash;
    expected += 1;
  }
  return null;
}

const HOW_TO_VERIFY =
  'Each further line is one entry. hash = SHA-256 in lower-case hex over the UTF-8 text: the hash of the entry before ' +
  '(64 zeros before the first), a line feed, and the JSON array [sequence, at, who, deed, detail] without spaces. ' +
  'Sequences count from 1 without gaps.';

/** JSON lines: a head that says how to verify, then the entries, oldest first. */
export function printAudit(entries: Iterable<AuditEntry>, exportedAt: string): string {
  const lines = [
    JSON.stringify({ format: 'verdict-desk-audit', version: 1, exportedAt, howToVerify: HOW_TO_VERIFY }),
  ];
  for (const { sequence, at, who, deed, detail, hash } of entries) {
    lines.push(JSON.stringify({ sequence, at, who, deed, detail, hash }));
  }
  return `${lines.join('\n')}\n`;
}
