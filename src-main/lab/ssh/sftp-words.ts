import type { BigIntStats } from 'node:fs';
import { constants } from 'node:fs';
import type { Attributes, FileEntry } from 'ssh2';
import { groupNumber, userNumber } from '../machine/accounts.ts';
import { codeOf } from '../machine/machine-error.ts';
import type { Ownership } from '../machine/ownership.ts';

/** Status codes of SFTP 3 (draft-ietf-secsh-filexfer-02, section 7). */
export const SFTP_STATUS = {
  ok: 0,
  endOfFile: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  badMessage: 5,
  unsupported: 8,
} as const;

/** As OpenSSH's server translates errors. */
export function statusOf(error: unknown): number {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EBADF':
    case 'ELOOP':
      return SFTP_STATUS.noSuchFile;
    case 'EPERM':
    case 'EACCES':
      return SFTP_STATUS.permissionDenied;
    case 'EINVAL':
    case 'ENAMETOOLONG':
      return SFTP_STATUS.badMessage;
    case 'ENOSYS':
      return SFTP_STATUS.unsupported;
    default:
      return SFTP_STATUS.failure;
  }
}

export function attributesOf(stats: BigIntStats, { owner, group }: Ownership): Attributes {
  return {
    mode: Number(stats.mode),
    uid: userNumber(owner),
    gid: groupNumber(group),
    size: Number(stats.size),
    atime: Number(stats.atimeMs / 1000n),
    mtime: Number(stats.mtimeMs / 1000n),
  };
}

/** One line of `ls -l` beside the name: OpenSSH's client prints it as it comes. */
export function entryOf(name: string, stats: BigIntStats, ownership: Ownership): FileEntry {
  const attrs = attributesOf(stats, ownership);
  const kind = stats.isDirectory() ? 'd' : stats.isSymbolicLink() ? 'l' : '-';
  const bits = [6, 3, 0]
    .map((shift) =>
      ['r', 'w', 'x'].map((sign, at) => ((attrs.mode >> shift) & (4 >> at) ? sign : '-')).join(''),
    )
    .join('');
  const date = new Date(Number(stats.mtimeMs)).toUTCString().slice(5, 22);
  const { owner, group } = ownership;
  return {
    filename: name,
    longname: `${kind}${bits} ${stats.nlink} ${owner} ${group} ${attrs.size} ${date} ${name}`,
    attrs,
  };
}

/** SFTP's open flags (READ 1, WRITE 2, APPEND 4, CREAT 8, TRUNC 16, EXCL 32) as this computer's. */
export function openFlags(flags: number): number {
  const isRead = (flags & 1) !== 0;
  const isWrite = (flags & 2) !== 0;
  return (
    (isRead && isWrite ? constants.O_RDWR : isWrite ? constants.O_WRONLY : constants.O_RDONLY) |
    ((flags & 4) === 0 ? 0 : constants.O_APPEND) |
    ((flags & 8) === 0 ? 0 : constants.O_CREAT) |
    ((flags & 16) === 0 ? 0 : constants.O_TRUNC) |
    ((flags & 32) === 0 ? 0 : constants.O_EXCL) |
    constants.O_NOFOLLOW
  );
}
