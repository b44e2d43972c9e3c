import type { AlertFileHost } from './alert-file-host.ts';
import type { ChainFile } from './archive-chain.ts';
import { HEAD_BYTES, isSameFile } from './position-head.ts';

/**
 * The dated name that is a hard link to the live file: by inode; where none is told it can only be the newest plain one,
 * and is when it looks the same or begins with the same bytes. Expects the dated files sorted.
 */
export async function findTwin(
  files: AlertFileHost,
  live: ChainFile,
  dated: readonly ChainFile[],
): Promise<ChainFile | null> {
  const known = dated.find((file) => isSameFile(file, live));
  if (known) return known;
  const newest = dated.at(-1);
  if (!newest || newest.isCompressed) return null;
  if (live.inode !== null && newest.inode !== null) return null;
  if (live.inode !== null) {
    // Listing a folder tells no inodes over SFTP; asking for one file may.
    const facts = await files.stat(newest.path);
    if (facts?.inode) return isSameFile(facts, live) ? newest : null;
  }
  if (looksSame(newest, live)) return newest;
  return (await beginsSame(files, newest.path, live.path)) ? newest : null;
}

/** Those of the siblings that are not hard links to dated files. */
export async function leaveOutTwins(
  files: AlertFileHost,
  siblings: readonly ChainFile[],
  dated: readonly ChainFile[],
): Promise<ChainFile[]> {
  const kept: ChainFile[] = [];
  for (const file of siblings) {
    if (dated.some((other) => isSameFile(other, file))) continue;
    const alike = dated.find((other) => isUntold(other, file) && looksSame(other, file));
    const isTwin = alike && (file.sizeBytes === 0 || (await beginsSame(files, alike.path, file.path)));
    if (!isTwin) kept.push(file);
  }
  return kept;
}

function isUntold(a: ChainFile, b: ChainFile): boolean {
  return a.inode === null || b.inode === null;
}

function looksSame(a: ChainFile, b: ChainFile): boolean {
  return a.sizeBytes === b.sizeBytes && Math.floor(a.modifiedMs / 1000) === Math.floor(b.modifiedMs / 1000);
}

async function beginsSame(files: AlertFileHost, left: string, right: string): Promise<boolean> {
  const [a, b] = await Promise.all([readHead(files, left), readHead(files, right)]);
  const length = Math.min(a.length, b.length);
  return length > 0 && Buffer.compare(a.subarray(0, length), b.subarray(0, length)) === 0;
}

/** The first bytes of a file; none when it is gone by now. */
export async function readHead(files: AlertFileHost, path: string): Promise<Uint8Array> {
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  const handle = await files.open(path);
  try {
    return head.subarray(0, await handle.read(head, 0));
  } finally {
    handle.close();
  }
}
