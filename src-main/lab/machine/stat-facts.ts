import type { BigIntStats } from 'node:fs';
import type { Machine } from './machine.ts';

const SOCKET = 0o140000;
const KIND = 0o170000;

/** What `stat -c` can print of something, by its letter. */
export function statFields(
  machine: Machine,
  { path, stats }: { readonly path: string; readonly stats: BigIntStats },
): Readonly<Record<string, string>> {
  const { owner, group } = machine.ownership({ path, stats });
  const isSocket = machine.isSocket(path);
  const mode = isSocket ? SOCKET | (Number(stats.mode) & 0o7777) : Number(stats.mode);
  return {
    d: String(stats.dev),
    i: String(stats.ino),
    s: isSocket ? '0' : String(stats.size),
    Y: String(stats.mtimeMs / 1000n),
    f: mode.toString(16),
    a: (mode & ~KIND).toString(8),
    U: owner,
    G: group,
    F: isSocket ? 'socket' : kindWords(stats),
    n: path,
    h: String(stats.nlink),
  };
}

/** `format` with `%a` and the like filled in. */
export function formatStat(format: string, fields: Readonly<Record<string, string>>): string {
  return format.replaceAll(/%([A-Za-z])/g, (whole, letter: string) => fields[letter] ?? whole);
}

function kindWords(stats: BigIntStats): string {
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symbolic link';
  return stats.size === 0n ? 'regular empty file' : 'regular file';
}
