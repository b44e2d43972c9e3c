import type { AlertFileHost } from './alert-file-host.ts';
import type { Position } from './alert-journal.ts';
import { readGzipHead } from './archive-gzip.ts';
import type { ChainFile } from './archive-chain.ts';
import { readHead } from './archive-twin.ts';
import { errorCode, throwIfUnreached } from './follow-errors.ts';
import type { AlertFile } from './follow-file.ts';
import { alertTimeMs, beginsAs, isSameFile, type FileIdentity } from './position-head.ts';

/**
 * The file of the chain that a position stands in: by inode, else by its first bytes (it was compressed, copied or moved
 * to another disk, or inodes are not told). An inode alone is never enough, since file systems give them out again.
 * Null when the file is gone. Throws the host's error when the likely file is there but may not be read.
 */
export async function findPosition(
  files: AlertFileHost,
  chain: readonly ChainFile[],
  position: Position,
): Promise<ChainFile | null> {
  const sameInode = chain.find((file) => isSameFile(file, position));
  if (sameInode && (await holds(files, sameInode, position))) return sameInode;
  if (position.headLength === 0) return null;
  for (const file of chain.toReversed()) {
    if (file !== sameInode && (await holdsIfReadable(files, file, position))) return file;
  }
  return null;
}

/**
 * What to read when the file of the position is gone: every file that was written to after its newest alert (so that a
 * file may be read again, which the journal notices, but none is left out), at the latest from the live file on.
 * `fileMs`: when that file was last changed, for a position without any alert.
 */
export function filesAfterLoss(
  chain: readonly ChainFile[],
  position: Position,
  fileMs: number | null,
): ChainFile[] {
  const since = alertTimeMs(position.alertId) ?? fileMs;
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
    older.set(idOf(file), file.modifiedMs);
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
  return file.modifiedMs <= (older.get(idOf(file)) ?? -Infinity);
}

/** Where no inode is told, a finished file is known by its size and the time of its last change. */
function idOf(file: FileIdentity & { readonly sizeBytes: number; readonly modifiedMs: number }): string {
  return file.inode === null
    ? `${file.sizeBytes} bytes of ${file.modifiedMs}`
    : `${file.device}:${file.inode}`;
}

/** The files of the chain that were begun after `file`, which is open and may have been renamed, compressed or removed. */
export async function filesAfter(
  files: AlertFileHost,
  chain: readonly ChainFile[],
  { file, name, older }: { readonly file: AlertFile; readonly name: ChainFile['name']; older: OlderFiles },
): Promise<ChainFile[]> {
  const unread = chain.filter((other) => !isOlder(other, older));
  const first = await findFirstAfter(files, unread, { file, name });
  if (first !== null) return unread.slice(first);
  return unread.filter((other) => {
    if (other.isLive) return true;
    if (name?.family === 'dated' && other.name?.family === 'dated') return other.name.key > name.key;
    return other.modifiedMs > file.modifiedMs;
  });
}

/** Null when the open file is not in the chain any more. */
async function findFirstAfter(
  files: AlertFileHost,
  chain: readonly ChainFile[],
  open: { readonly file: AlertFile; readonly name: ChainFile['name'] },
): Promise<number | null> {
  const byInode = chain.findIndex((other) => isSameFile(other, open.file));
  if (byInode >= 0) return byInode + 1;
  const alike = await findAlike(files, chain, open.file);
  if (alike >= 0) return alike + 1;
  const byName = chain.findIndex(({ name }) => open.name?.family === 'dated' && name?.key === open.name.key);
  if (byName < 0) return null;
  // Another file under our own dated name: ours was deleted, and the manager began it anew.
  return isSurelyOurs(chain[byName], open.file) ? byName + 1 : byName;
}

/** For files without first bytes, where inodes are not told: an archive keeps its path, and what is empty is not begun. */
function isSurelyOurs(named: ChainFile | undefined, file: AlertFile): boolean {
  if (!named || (named.inode !== null && file.inode !== null) || file.head.length > 0) return false;
  return file.isCompressed ? named.path === file.path : named.sizeBytes === 0;
}

/** The open file under a finished name, by its first bytes: compressed, or where inodes are not told. */
async function findAlike(
  files: AlertFileHost,
  chain: readonly ChainFile[],
  file: AlertFile,
): Promise<number> {
  if (file.head.length === 0) return -1;
  for (const [index, other] of chain.entries()) {
    const isTold = file.inode !== null && other.inode !== null;
    // The live name is known to stand for another file: one that begins the same is its copy, to be read on.
    if (other.isLive || (isTold && !other.isCompressed)) continue;
    const head = await headOf(files, other).catch(nothingIfReached);
    if (head && Buffer.compare(head.subarray(0, file.head.length), file.head) === 0) return index;
  }
  return -1;
}

async function holdsIfReadable(files: AlertFileHost, file: ChainFile, position: Position): Promise<boolean> {
  try {
    return await holds(files, file, position);
  } catch (error) {
    // Another file that may not be read is not ours to judge; the live one could be ours.
    if (file.isLive && errorCode(error) !== 'ENOENT') throw error;
    throwIfUnreached(error);
    return false;
  }
}

async function holds(files: AlertFileHost, file: ChainFile, position: Position): Promise<boolean> {
  if (!file.isCompressed && file.sizeBytes < position.offset) return false;
  return beginsAs(position, await headOf(files, file));
}

function nothingIfReached(error: unknown): null {
  throwIfUnreached(error);
  return null;
}

function headOf(files: AlertFileHost, file: ChainFile): Promise<Uint8Array> {
  return file.isCompressed ? readGzipHead(files, file.path) : readHead(files, file.path);
}
