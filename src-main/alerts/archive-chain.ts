import { readdirSync, statSync, type BigIntStats } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { parseDatedName, parseSiblingName, type ArchiveName } from './archive-names.ts';
import { identityOf, isSameFile, type FileIdentity } from './position-head.ts';

/** One file of the chain: finished ones from old to new, then the live one. */
export interface ChainFile extends FileIdentity {
  readonly path: string;
  /** Null for a live file that no dated name links to. */
  readonly name: ArchiveName | null;
  readonly isLive: boolean;
  readonly isCompressed: boolean;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

/**
 * Everything that can be read of one live name, each file once (hard links are joined), oldest first, the live file last
 * if it is there. A folder that cannot be listed counts as empty.
 */
export function listChain(livePath: string): ChainFile[] {
  const live = statFile(livePath, null, true);
  const dated = keepPlain(listDated(livePath));
  const siblings = keepPlain(listSiblings(livePath)).filter(
    (file) => !dated.some((d) => isSameFile(d, file)),
  );
  const archives = mergeByTime(dated, siblings).filter((file) => !live || !isSameFile(file, live));
  if (!live) return archives;
  const link = dated.find((file) => isSameFile(file, live));
  return [...archives, { ...live, name: link?.name ?? null }];
}

function listDated(livePath: string): ChainFile[] {
  const folder = dirname(livePath);
  const years = listNames(folder).filter((name) => /^\d{4}$/.test(name));
  const files: ChainFile[] = [];
  for (const year of years) {
    for (const month of listNames(join(folder, year))) {
      for (const file of listNames(join(folder, year, month))) {
        const name = parseDatedName(year, month, file, extname(livePath));
        const found = name && statFile(join(folder, year, month, file), name, false);
        if (found) files.push(found);
      }
    }
  }
  return files.toSorted(byKey);
}

function listSiblings(livePath: string): ChainFile[] {
  const folder = dirname(livePath);
  const files: ChainFile[] = [];
  for (const file of listNames(folder)) {
    const name = parseSiblingName(basename(livePath), file);
    const found = name && statFile(join(folder, file), name, false);
    if (found) files.push(found);
  }
  return files.toSorted(byKey);
}

/** While an archive is being compressed both forms are there: the plain one is whole. Expects sorted files. */
function keepPlain(files: readonly ChainFile[]): ChainFile[] {
  const plain = new Set(files.filter((file) => !file.isCompressed).map((file) => file.name?.key));
  return files.filter((file) => !file.isCompressed || !plain.has(file.name?.key));
}

/** At the same time the sibling comes first: logrotate copies a file right before it cuts it back. */
function mergeByTime(dated: readonly ChainFile[], siblings: readonly ChainFile[]): ChainFile[] {
  const merged: ChainFile[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [left, right] = [dated[i], siblings[j]];
    if (!left && !right) return merged;
    if (right && (!left || right.modifiedMs <= left.modifiedMs)) {
      merged.push(right);
      j += 1;
    } else if (left) {
      merged.push(left);
      i += 1;
    }
  }
}

function statFile(path: string, name: ArchiveName | null, isLive: boolean): ChainFile | null {
  let stats: BigIntStats | undefined;
  try {
    stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return null;
  }
  if (!stats?.isFile()) return null;
  return {
    path,
    name,
    isLive,
    isCompressed: name?.isCompressed ?? false,
    ...identityOf(stats),
    sizeBytes: Number(stats.size),
    modifiedMs: Number(stats.mtimeNs) / 1e6,
  };
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function byKey(a: ChainFile, b: ChainFile): number {
  const [left, right] = [a.name?.key ?? '', b.name?.key ?? ''];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
