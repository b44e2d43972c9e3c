import { createHash } from 'node:crypto';
import type { Position } from './alert-journal.ts';

/** How many first bytes tell one alert file from another. An alert line of either form differs in its first 60. */
export const HEAD_BYTES = 4096;

/** A file as the file system names it; null where it does not (some network file systems), or the channel does not tell. */
export interface FileIdentity {
  readonly device: string | null;
  readonly inode: string | null;
}

/** Lower-case hex SHA-256: the form of `Position.headHash`. */
export function hashHead(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What is remembered of a file's first bytes. */
export type HeadMark = Pick<Position, 'headHash' | 'headLength'>;

/** Whether `head` (the first bytes of some file, up to HEAD_BYTES) begins with what is remembered. */
export function beginsAs({ headHash, headLength }: HeadMark, head: Uint8Array): boolean {
  if (head.length < headLength) return false;
  return hashHead(head.subarray(0, headLength)) === headHash;
}

export function isSameFile(a: FileIdentity, b: FileIdentity): boolean {
  return a.inode !== null && a.inode === b.inode && a.device === b.device;
}

/** `SEC` of an alert id `SEC.OFF` in epoch milliseconds; null when there is none. */
export function alertTimeMs(alertId: string | null): number | null {
  const seconds = Number(alertId?.split('.')[0]);
  return alertId === null || !Number.isFinite(seconds) ? null : seconds * 1000;
}
