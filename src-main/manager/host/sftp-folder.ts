import { factsOfSftp } from './file-facts.ts';
import { hasCode, HostFileError } from './host-errors.ts';
import type { HostEntry } from './manager-host.ts';
import type { SftpChannel } from './sftp-channel.ts';

/** A server that never stops listing must not fill the memory. */
const MOST_ENTRIES = 500_000;

/** Names that are not UTF-8 come with U+FFFD in them and cannot be opened: their bytes do not fit into a text. */
export async function listSftpFolder(sftp: SftpChannel, folder: string): Promise<readonly HostEntry[]> {
  const handle = await openFolder(sftp, folder);
  try {
    const entries: HostEntry[] = [];
    for (;;) {
      const read = await sftp.readFolder(folder, handle);
      if (read === null) return entries;
      for (const { filename, attrs } of read) {
        if (isName(filename)) entries.push({ name: filename, facts: factsOfSftp(attrs) });
      }
      if (entries.length > MOST_ENTRIES) throw new HostFileError('EOVERFLOW', folder);
    }
  } finally {
    sftp.close(handle);
  }
}

/** A hostile server could answer `../../etc/passwd` as the name of an entry. */
export function isName(text: string): boolean {
  return text !== '' && text !== '.' && text !== '..' && !text.includes('/') && !text.includes('\0');
}

async function openFolder(sftp: SftpChannel, folder: string): Promise<Buffer> {
  try {
    return await sftp.ask<Buffer>(folder, (wrapper, done) => wrapper.opendir(folder, done));
  } catch (error) {
    // OpenSSH answers "no such file" for a path that is no folder, too.
    if (hasCode(error, 'ENOENT') && (await sftp.lstat(folder)) !== null) {
      const facts = factsOfSftp(await sftp.stat(folder));
      if (!facts.isFolder) throw new HostFileError('ENOTDIR', folder, error);
    }
    throw error;
  }
}
