import type { BigIntStats } from 'node:fs';
import type { HostFileFacts } from './manager-host.ts';

const KIND_BITS = 0o170000;
const FILE = 0o100000;
const FOLDER = 0o040000;

const kindOf = (mode: number) => ({
  isFile: (mode & KIND_BITS) === FILE,
  isFolder: (mode & KIND_BITS) === FOLDER,
});

/** SFTP 3 tells no device and no inode, and whole seconds. */
export function factsOfSftp(attributes: {
  readonly mode: number;
  readonly size: number;
  readonly mtime: number;
}): HostFileFacts {
  return {
    device: null,
    inode: null,
    ...kindOf(attributes.mode ?? 0),
    sizeBytes: attributes.size ?? 0,
    modifiedMs: (attributes.mtime ?? 0) * 1_000,
  };
}

/** `stat -c '%d %i %s %Y %f'`; null when it is something else. */
export function factsOfStat(line: string): HostFileFacts | null {
  const found = /^(\d+) (\d+) (\d+) (-?\d+) ([0-9a-f]+)$/.exec(line);
  if (!found) return null;
  const [, device = '', inode = '', size, seconds, mode = ''] = found;
  return {
    device,
    inode,
    ...kindOf(Number.parseInt(mode, 16)),
    sizeBytes: Number(size),
    modifiedMs: Number(seconds) * 1_000,
  };
}

export function factsOfNode(stats: BigIntStats): HostFileFacts {
  return {
    device: String(stats.dev),
    inode: String(stats.ino),
    isFile: stats.isFile(),
    isFolder: stats.isDirectory(),
    sizeBytes: Number(stats.size),
    modifiedMs: Number(stats.mtimeMs),
  };
}
