import type { InputAttributes, Stats } from 'ssh2';
import { factsOfSftp } from './file-facts.ts';
import { cancelled, cannotReplace, fileChanged, hasCode, ownerNotKept } from './host-errors.ts';
import type { NotKept, ReplacedFile, ReplaceFileOptions } from './manager-host.ts';
import type { SftpChannel } from './sftp-channel.ts';
import { openSftpFile } from './sftp-file.ts';
import { temporaryName } from './temporary-name.ts';
import { isSameVersion, readWhole, versionOf } from './whole-file.ts';

const PERMISSION_BITS = 0o7777;

/**
 * Replaces a file by SFTP alone. What SFTP cannot see it cannot keep: ACLs, extended attributes, the SELinux context. The
 * check is as near to the rename as a round trip allows.
 */
export async function replaceBySftp(
  sftp: SftpChannel,
  path: string,
  bytes: Uint8Array,
  options: ReplaceFileOptions,
): Promise<ReplacedFile> {
  const old = options.expected ? await existingFile(sftp, path) : await absentFile(sftp, path);
  const beside = old.path.slice(0, old.path.lastIndexOf('/') + 1) + temporaryName(old.path);
  const handle = await sftp.create(beside, 0o600);
  try {
    await writeAll(sftp, beside, handle, bytes);
    const notKept = await giveAttributes(sftp, beside, handle, old, options);
    await syncFile(sftp, beside, handle);
    if (options.signal?.aborted) throw cancelled();
    await checkUnchanged(sftp, old, options);
    await rename(sftp, beside, old);
    return { ...versionOf(bytes), notKept };
  } catch (error) {
    await removeQuietly(sftp, beside);
    throw error;
  } finally {
    sftp.close(handle);
  }
}

interface OldFile {
  /** Where links lead to. */
  readonly path: string;
  /** Null: it is new. */
  readonly stats: Stats | null;
}

async function existingFile(sftp: SftpChannel, path: string): Promise<OldFile> {
  try {
    const target = await sftp.realpath(path);
    const stats = await sftp.stat(target);
    if (!factsOfSftp(stats).isFile) throw cannotReplace(path, 'it is no ordinary file');
    return { path: target, stats };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) throw fileChanged(path, 'is not there any more');
    throw error;
  }
}

async function absentFile(sftp: SftpChannel, path: string): Promise<OldFile> {
  if ((await sftp.lstat(path)) !== null) throw fileChanged(path, 'exists already');
  return { path, stats: null };
}

async function writeAll(sftp: SftpChannel, path: string, handle: Buffer, bytes: Uint8Array): Promise<void> {
  if (bytes.length === 0) return;
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  await sftp.tell(path, (wrapper, done) => wrapper.write(handle, content, 0, content.length, 0, done));
}

async function giveAttributes(
  sftp: SftpChannel,
  beside: string,
  handle: Buffer,
  old: OldFile,
  options: ReplaceFileOptions,
): Promise<readonly NotKept[]> {
  const { stats } = old;
  const notKept: NotKept[] = stats ? ['attributes', 'context'] : [];
  if (stats) {
    const own = await sftp.ask<Stats>(beside, (wrapper, done) => wrapper.fstat(handle, done));
    if (own.uid !== stats.uid || own.gid !== stats.gid) {
      const isKept = await setOwner(sftp, beside, handle, { uid: stats.uid, gid: stats.gid });
      const groupIsKept =
        isKept ||
        own.gid === stats.gid ||
        (await setOwner(sftp, beside, handle, { uid: own.uid, gid: stats.gid }));
      if (!isKept && !(groupIsKept && options.acceptsOwnerChange === true)) {
        throw ownerNotKept(old.path, `${stats.uid}:${stats.gid}`);
      }
      if (!isKept) notKept.push('owner');
    }
  } else if (options.newFileOwner !== undefined) {
    throw cannotReplace(old.path, `without a shell it cannot be given to ${options.newFileOwner}`);
  }
  const mode = stats ? stats.mode & PERMISSION_BITS : Number.parseInt(options.newFileMode ?? '640', 8);
  await setAttributes(sftp, beside, handle, { mode });
  return notKept;
}

function setAttributes(
  sftp: SftpChannel,
  path: string,
  handle: Buffer,
  attributes: InputAttributes,
): Promise<void> {
  return sftp.tell(path, (wrapper, done) => wrapper.fsetstat(handle, attributes, done));
}

async function setOwner(
  sftp: SftpChannel,
  path: string,
  handle: Buffer,
  owner: { readonly uid: number; readonly gid: number },
): Promise<boolean> {
  try {
    await setAttributes(sftp, path, handle, owner);
    return true;
  } catch (error) {
    if (hasCode(error, 'EACCES') || hasCode(error, 'EIO')) return false;
    throw error;
  }
}

/** `fsync@openssh.com`; ssh2 throws where the server has not offered it. */
async function syncFile(sftp: SftpChannel, path: string, handle: Buffer): Promise<void> {
  try {
    await sftp.tell(path, (wrapper, done) => wrapper.ext_openssh_fsync(handle, done));
  } catch (error) {
    if (sftp.isClosed) throw error;
  }
}

async function checkUnchanged(sftp: SftpChannel, old: OldFile, options: ReplaceFileOptions): Promise<void> {
  const { expected } = options;
  if (expected === null) return;
  const file = await openSftpFile(sftp, old.path);
  try {
    const { version } = await readWhole(file, old.path, expected.sizeBytes, options.signal);
    if (isSameVersion(version, expected)) return;
  } catch (error) {
    if (!hasCode(error, 'manager.file-too-large')) throw error;
  } finally {
    file.close();
  }
  throw fileChanged(old.path, 'was changed by somebody else in the meantime');
}

async function rename(sftp: SftpChannel, beside: string, old: OldFile): Promise<void> {
  if (old.stats === null) {
    // OpenSSH's plain rename is a link and an unlink: it fails when the name is taken.
    await sftp
      .tell(beside, (wrapper, done) => wrapper.rename(beside, old.path, done))
      .catch(async (error: unknown) => {
        throw (await sftp.lstat(old.path)) === null ? error : fileChanged(old.path, 'exists already');
      });
    return;
  }
  try {
    await sftp.tell(beside, (wrapper, done) => wrapper.ext_openssh_rename(beside, old.path, done));
  } catch (error) {
    if (!(error instanceof Error) || !/does not support this extended request/i.test(error.message))
      throw error;
    throw cannotReplace(
      old.path,
      'the server cannot put one file in the place of another in one step',
      error,
    );
  }
}

async function removeQuietly(sftp: SftpChannel, path: string): Promise<void> {
  try {
    await sftp.tell(path, (wrapper, done) => wrapper.unlink(path, done));
  } catch {
    // The connection is gone, or it was renamed already: the error that led here says more.
  }
}
