import type { Position } from './alert-journal.ts';
import { readGzipHead } from './archive-gzip.ts';
import type { ChainFile } from './archive-chain.ts';
import { errorCode } from './follow-errors.ts';
import { PlainAlertFile, type AlertFile } from './follow-file.ts';
import { alertTimeMs, beginsAs, isSameFile, type FileIdentity } from './position-head.ts';

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

/** What is remembered of files that are older than one: by dated name, and by inode with the time of its last change. */
export type OlderFiles = Map<string, number>;

export function rememberOlder(files: readonly ChainFile[]): OlderFiles {
  const older: OlderFiles = new Map();
  for (const file of files) {
    if (file.name?.family === 'dated') older.set(file.name.key, file.modifiedMs);
    if (file.inode !== null) older.set(inodeId(file), file.modifiedMs);
  }
  return older;
}

/**
 * A dated name stays when the file is compressed, an inode when it is renamed. An inode is given out again, too, but
 * then its file has changed since; and the live file is never old.
 */
function isOlder(file: ChainFile, older: OlderFiles): boolean {
  if (file.isLive) return false;
  if (file.name?.family === 'dated' && older.has(file.name.key)) return true;
  return file.modifiedMs <= (older.get(inodeId(file)) ?? -Infinity);
}

/** The files of the chain that were begun after `file`, which is open and may have been renamed, compressed or removed. */
export async function filesAfter(
  chain: readonly ChainFile[],
  file: AlertFile,
  known: { readonly name: ChainFile['name']; readonly older: OlderFiles },
): Promise<ChainFile[]> {
  const unread = chain.filter((other) => !isOlder(other, known.older));
  const first = await findFirstAfter(unread, file, known.name);
  if (first !== null) return unread.slice(first);
  return unread.filter((other) => {
    if (other.isLive) return true;
    if (known.name?.family === 'dated' && other.name?.family === 'dated')
      return other.name.key > known.name.key;
    return other.modifiedMs > file.modifiedMs;
  });
}

/** Null when the open file is not in the chain any more. */
async function findFirstAfter(
  chain: readonly ChainFile[],
  file: AlertFile,
  name: ChainFile['name'],
): Promise<number | null> {
  const byInode = chain.findIndex((other) => isSameFile(other, file));
  if (byInode >= 0) return byInode + 1;
  const compressed = await findCompressedForm(chain, file);
  if (compressed >= 0) return compressed + 1;
  // Another file under our own dated name: ours was deleted, and the manager began it anew.
  const anew = chain.findIndex((other) => name?.family === 'dated' && other.name?.key === name.key);
  return anew >= 0 ? anew : null;
}

function inodeId({ device, inode }: FileIdentity): string {
  return `${device}:${inode}`;
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
