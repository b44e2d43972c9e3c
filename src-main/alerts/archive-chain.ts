import type { AlertFileFacts, AlertFileHost, AlertFolderEntry } from './alert-file-host.ts';
import { pathsOf } from './alert-paths.ts';
import { MONTHS, parseDatedName, parseSiblingName, type ArchiveName } from './archive-names.ts';
import { findTwin, leaveOutTwins } from './archive-twin.ts';
import { nothingIfRefused } from './follow-errors.ts';
import { isSameFile, type FileIdentity } from './position-head.ts';

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
 * if it is there. Folders of months before `since` (`YYYY-MM`) are not looked into: a manager may keep years of days.
 * A folder that may not be listed counts as empty; a machine that is not reached does not.
 */
export async function listChain(
  files: AlertFileHost,
  livePath: string,
  since: string | null,
): Promise<ChainFile[]> {
  const paths = pathsOf(files);
  const [live, entries] = await Promise.all([
    statFile(files, { path: livePath, name: null, isLive: true, facts: null }),
    listFolder(files, paths.dirname(livePath)),
  ]);
  const [allDated, allSiblings] = await Promise.all([
    listDated(files, livePath, { entries, since }),
    listSiblings(files, livePath, entries),
  ]);
  const dated = keepPlain(allDated);
  const siblings = await leaveOutTwins(files, keepPlain(allSiblings), dated);
  const twin = live && (await findTwin(files, live, dated));
  const archives = mergeByTime(dated, siblings).filter(
    (file) => file !== twin && (!live || !isSameFile(file, live)),
  );
  if (!live) return archives;
  return [...archives, { ...live, name: twin?.name ?? null }];
}

/** The month before that of a time, as `listChain` wants it: the dates in names are local ones of the manager. */
export function monthBefore(timeMs: number | null): string | null {
  if (timeMs === null || !Number.isFinite(timeMs) || Math.abs(timeMs) > 8e15) return null;
  const time = new Date(timeMs);
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() - 1)).toISOString().slice(0, 7);
}

async function listDated(
  files: AlertFileHost,
  livePath: string,
  { entries, since }: { readonly entries: readonly AlertFolderEntry[]; readonly since: string | null },
): Promise<ChainFile[]> {
  const paths = pathsOf(files);
  const folder = paths.dirname(livePath);
  const isWanted = (month: string) => since === null || month >= since;
  const ofMonth = async (year: string, month: string) =>
    ofNames(files, await listFolder(files, paths.join(folder, year, month)), (file) => ({
      path: paths.join(folder, year, month, file),
      name: parseDatedName(year, month, file, paths.extname(livePath)),
    }));
  const ofYear = async (year: string) => {
    const months = namesOf(await listFolder(files, paths.join(folder, year)));
    const wanted = months.filter((month) => isWanted(monthKey(year, month)));
    return (await inTurns(wanted, (month) => ofMonth(year, month))).flat();
  };
  const years = namesOf(entries).filter((name) => /^\d{4}$/.test(name) && isWanted(`${name}-12`));
  return (await inTurns(years, ofYear)).flat().toSorted(byKey);
}

function monthKey(year: string, month: string): string {
  return `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}`;
}

async function listSiblings(
  files: AlertFileHost,
  livePath: string,
  entries: readonly AlertFolderEntry[],
): Promise<ChainFile[]> {
  const paths = pathsOf(files);
  const found = await ofNames(files, entries, (file) => ({
    path: paths.join(paths.dirname(livePath), file),
    name: parseSiblingName(paths.basename(livePath), file),
  }));
  return found.toSorted(byKey);
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

/** The entries of a folder that bear a name of the chain. */
async function ofNames(
  files: AlertFileHost,
  entries: readonly AlertFolderEntry[],
  parse: (file: string) => { readonly path: string; readonly name: ArchiveName | null },
): Promise<ChainFile[]> {
  const found = await inTurns(entries, async (entry) => {
    const { path, name } = parse(entry.name);
    // What a link points to is not told by listing.
    const facts = entry.facts?.isFile ? entry.facts : null;
    return name && statFile(files, { path, name, isLive: false, facts });
  });
  return found.filter((file) => file !== null);
}

async function statFile(
  files: AlertFileHost,
  known: {
    readonly path: string;
    readonly name: ArchiveName | null;
    readonly isLive: boolean;
    readonly facts: AlertFileFacts | null;
  },
): Promise<ChainFile | null> {
  const { path, name, isLive } = known;
  const facts = known.facts ?? (await files.stat(path).catch(nothingIfRefused));
  if (!facts?.isFile) return null;
  const { device, inode, sizeBytes, modifiedMs } = facts;
  const isCompressed = name?.isCompressed ?? false;
  return { path, name, isLive, isCompressed, device, inode, sizeBytes, modifiedMs };
}

async function listFolder(files: AlertFileHost, folder: string): Promise<readonly AlertFolderEntry[]> {
  return (await files.list(folder).catch(nothingIfRefused)) ?? [];
}

const MOST_AT_ONCE = 16;

/** Questions side by side, some at a time: a trip to the manager takes the same for one as for many. */
async function inTurns<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (let at = 0; at < items.length; at += MOST_AT_ONCE) {
    answers.push(...(await Promise.all(items.slice(at, at + MOST_AT_ONCE).map(ask))));
  }
  return answers;
}

function namesOf(entries: readonly AlertFolderEntry[]): string[] {
  return entries.map(({ name }) => name);
}

function byKey(a: ChainFile, b: ChainFile): number {
  const [left, right] = [a.name?.key ?? '', b.name?.key ?? ''];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
