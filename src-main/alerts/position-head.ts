import { createHash } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import type { Position } from './alert-journal.ts';

/** How many first bytes tell one alert file from another. An alert line of either form differs in its first 60. */
export const HEAD_BYTES = 4096;

/** A file as the file system names it; null where it does not (some network file systems). */
export interface FileIdentity {
  readonly device: string | null;
  readonly inode: string | null;
}

/** Lower-case hex SHA-256: the form of `Position.headHash`. */
export function hashHead(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whether `head` (the first bytes of some file, up to HEAD_BYTES) begins with what the position remembers. */
export function beginsAs(position: Position, head: Uint8Array): boolean {
  if (head.length < position.headLength) return false;
  return hashHead(head.subarray(0, position.headLength)) === position.headHash;
}

/** Inodes are 64-bit: only the bigint form of stat keeps them exact. Zero means that the file system tells none. */
export function identityOf(stats: BigIntStats): FileIdentity {
  return stats.ino === 0n
    ? { device: null, inode: null }
    : { device: stats.dev.toString(), inode: stats.ino.toString() };
}

export function isSameFile(a: FileIdentity, b: FileIdentity): boolean {
  return a.inode !== null && a.inode === b.inode && a.device === b.device;
}

/** `SEC` of an alert id `SEC.OFF` in epoch milliseconds; null when there is none. */
export function alertTimeMs(alertId: string | null): number | null {
  const seconds = Number(alertId?.split('.')[0]);
  return alertId === null || !Number.isFinite(seconds) ? null : seconds * 1000;
}
