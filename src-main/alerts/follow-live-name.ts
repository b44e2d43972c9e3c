import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { DomainError } from '../../src-shared/errors/domain-error.ts';
import { explainUnreadable, fileMissing, notARegularFile } from './follow-errors.ts';
import type { AlertFile } from './follow-file.ts';
import { identityOf, isSameFile } from './position-head.ts';

/** What the live name points to, seen from the file that is open. */
export interface LiveName {
  readonly kind: 'same' | 'other' | 'missing' | 'unreadable';
  /** Why no file can be read under the name; null when one can. */
  readonly error: DomainError | null;
  /** Of the file that bears the name now; null when there is none, or no way to tell. */
  readonly inode: string | null;
}

export function lookAtLiveName(path: string, open: AlertFile | null): LiveName {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stats) return { kind: 'missing', error: fileMissing(path), inode: null };
    if (!stats.isFile())
      return { kind: 'unreadable', error: notARegularFile(path, stats.isDirectory()), inode: null };
    const identity = identityOf(stats);
    const isSame = open && (identity.inode === null ? beginsLike(path, open) : isSameFile(identity, open));
    return { kind: isSame ? 'same' : 'other', error: null, inode: identity.inode };
  } catch (error) {
    return { kind: 'unreadable', error: explainUnreadable(path, error), inode: null };
  }
}

/** Where the file system tells no inodes: the same file begins with the same bytes. */
function beginsLike(path: string, open: AlertFile): boolean {
  const head = Buffer.alloc(open.head.length);
  const descriptor = openSync(path, 'r');
  try {
    return readSync(descriptor, head, 0, head.length, 0) === head.length && head.equals(open.head);
  } finally {
    closeSync(descriptor);
  }
}
