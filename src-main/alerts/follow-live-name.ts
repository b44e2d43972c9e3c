import type { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { AlertFileFacts, AlertFileHost } from './alert-file-host.ts';
import { explainUnreadable, fileMissing, notARegularFile, throwIfUnreached } from './follow-errors.ts';
import { PlainAlertFile, type AlertFile } from './follow-file.ts';
import { isSameFile } from './position-head.ts';

/** What the live name points to, seen from the file that is open. */
export interface LiveName {
  readonly kind: 'same' | 'other' | 'missing' | 'unreadable';
  /** Why no file can be read under the name; null when one can. */
  readonly error: DomainError | null;
  /** Of the file that bears the name now; null when there is none, or no way to tell. */
  readonly inode: string | null;
}

/** Rejects when the machine that holds the file is not reached. */
export async function lookAtLiveName(
  files: AlertFileHost,
  path: string,
  open: AlertFile | null,
): Promise<LiveName> {
  try {
    const facts = await files.stat(path);
    if (!facts) return { kind: 'missing', error: fileMissing(path), inode: null };
    if (!facts.isFile)
      return { kind: 'unreadable', error: notARegularFile(path, facts.isFolder), inode: null };
    const isSame = open !== null && (await isOpenFile(files, { path, facts }, open));
    return { kind: isSame ? 'same' : 'other', error: null, inode: facts.inode };
  } catch (error) {
    throwIfUnreached(error);
    return { kind: 'unreadable', error: explainUnreadable(path, error, files), inode: null };
  }
}

/**
 * Whether the name stands for the open file. Where no inode is told: when both look the same; while the file grows, when
 * it looks no further than the name did before and does after.
 */
async function isOpenFile(
  files: AlertFileHost,
  { path, facts: before }: { readonly path: string; readonly facts: AlertFileFacts },
  open: AlertFile,
): Promise<boolean> {
  if (before.inode !== null && open.inode !== null) return isSameFile(before, open);
  if (!(open instanceof PlainAlertFile)) return false;
  const own = await open.stat();
  if (isNoFurther(before, own) && isNoFurther(own, before)) return true;
  const after = await files.stat(path);
  return after !== null && isNoFurther(before, own) && isNoFurther(own, after);
}

function isNoFurther(a: AlertFileFacts, b: AlertFileFacts): boolean {
  return a.sizeBytes <= b.sizeBytes && inSeconds(a) <= inSeconds(b);
}

/** Some channels tell whole seconds only. */
function inSeconds({ modifiedMs }: AlertFileFacts): number {
  return Math.floor(modifiedMs / 1000);
}
