import type { Position } from './alert-journal.ts';
import { readGzipHead } from './archive-gzip.ts';
import type { ChainFile } from './archive-chain.ts';
import { errorCode } from './follow-errors.ts';
import { PlainAlertFile, type AlertFile } from './follow-file.ts';
import { alertTimeMs, beginsAs, isSameFile } from './position-head.ts';

/** Serves the few bytes that telling files apart takes. */
const HEAD_BUFFER = Buffer.alloc(0);

/**
 * The file of the chain that a position stands in: by inode, else by its first bytes (it was compressed, copied or moved
 * to another disk). An inode alone is never enough, since file systems give them out again.
 * Null when the file is gone. Throws the file system's error when the likely file is there but may not be read.
 */
export async function findPosition(
  chain: readonly ChainFile[],
  position: Position,
): Promise<ChainFile | null> {
  const sameInode = chain.find((file) => isSameFile(file, position));
  if (sameInode && (await holds(sameInode, position))) return sameInode;
  if (position.headLength === 0) return null;
  for (const file of chain.toReversed()) {
    if (file !== sameInode && (await holdsIfReadable(file, position))) return file;
  }
  return null;
}

/**
 * What to read when the file of the position is gone: every file that was written to after its newest alert (so that a
 * file may be read again, which the journal notices, but none is left out), at the latest from the live file on.
 */
export function filesAfterLoss(chain: readonly ChainFile[], position: Position): ChainFile[] {
  const since = alertTimeMs(position.alertId);
  const first = chain.findIndex(
    (file) =>
      file.isLive || isSameFile(file, position) || (since !== null && Math.ceil(file.modifiedMs) >= since),
  );
  return first < 0 ? [] : chain.slice(first);
}

/** The files of the chain that were begun after `file`, which is open and may have been renamed, compressed or removed. */
export async function filesAfter(
  chain: readonly ChainFile[],
  file: AlertFile,
  known: { readonly name: ChainFile['name']; readonly older: ReadonlySet<string> },
): Promise<ChainFile[]> {
  const byInode = chain.findIndex((other) => isSameFile(other, file));
  if (byInode >= 0) return chain.slice(byInode + 1);
  const byName = chain.findIndex(
    (other) => other.name && other.name.family === 'dated' && other.name.key === known.name?.key,
  );
  if (byName >= 0 && known.name?.family === 'dated') return chain.slice(byName + 1);
  const compressed = await findCompressedForm(chain, file);
  if (compressed >= 0) return chain.slice(compressed + 1);
  return chain.filter((other) => {
    if (other.isLive) return true;
    if (known.name?.family === 'dated' && other.name?.family === 'dated')
      return other.name.key > known.name.key;
    return !known.older.has(fileId(other)) && other.modifiedMs > file.modifiedMs;
  });
}

/** Stays the same when a dated file is compressed, which gives it a new inode and a new time. */
export function fileId({ name, device, inode, path }: ChainFile): string {
  if (name?.family === 'dated') return name.key;
  return inode === null ? path : `${device}:${inode}`;
}

async function findCompressedForm(chain: readonly ChainFile[], file: AlertFile): Promise<number> {
  if (file.head.length === 0) return -1;
  for (const [index, other] of chain.entries()) {
    if (!other.isCompressed) continue;
    const head = await readGzipHead(other.path).catch(() => null);
    if (head && Buffer.compare(head.subarray(0, file.head.length), file.head) === 0) return index;
  }
  return -1;
}

async function holdsIfReadable(file: ChainFile, position: Position): Promise<boolean> {
  try {
    return await holds(file, position);
  } catch (error) {
    // Another file that may not be read is not ours to judge; the live one could be ours.
    if (file.isLive && errorCode(error) !== 'ENOENT') throw error;
    return false;
  }
}

async function holds(file: ChainFile, position: Position): Promise<boolean> {
  if (file.isCompressed) return beginsAs(position, await readGzipHead(file.path));
  const plain = new PlainAlertFile(file.path, 0, HEAD_BUFFER);
  try {
    return plain.sizeBytes >= position.offset && beginsAs(position, plain.head);
  } finally {
    plain.close();
  }
}
