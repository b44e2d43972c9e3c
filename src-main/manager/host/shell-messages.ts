import { HostFileError } from './host-errors.ts';

/** What programs print in the C locale for the errors of files (glibc and musl), and the code each stands for. */
const CODES: readonly (readonly [RegExp, string])[] = [
  [/No such file or directory|Directory nonexistent|nonexistent directory/, 'ENOENT'],
  [/Permission denied/, 'EACCES'],
  [/Operation not permitted/, 'EPERM'],
  [/Not a directory/, 'ENOTDIR'],
  [/Is a directory/, 'EISDIR'],
  [/File exists/, 'EEXIST'],
  [/No space left on device/, 'ENOSPC'],
  [/Disk quota exceeded|Quota exceeded/, 'EDQUOT'],
  [/Read-only file system/, 'EROFS'],
  [/Too many levels of symbolic links|Symbolic link loop/, 'ELOOP'],
  [/File name too long|Filename too long/, 'ENAMETOOLONG'],
  [/Stale file handle|Stale NFS file handle/, 'ESTALE'],
  [/Too many open files/, 'EMFILE'],
];

/** What is said last counts, and a pattern takes its time with much text. */
const LONGEST_MESSAGE = 4_096;

/** The last known words decide: a path that holds such words comes before what is said about it. */
export function fileErrorFrom(message: string, path: string): HostFileError {
  const end = message.slice(-LONGEST_MESSAGE);
  let code = 'EIO';
  let lastAt = -1;
  for (const [words, itsCode] of CODES) {
    const at = end.search(new RegExp(`(${words.source})(?![\\s\\S]*(${words.source}))`));
    if (at > lastAt) [code, lastAt] = [itsCode, at];
  }
  return new HostFileError(code, path, new Error(end.trim().slice(-1_000)));
}
