import { chmodSync, mkdirSync, readlinkSync, renameSync, rmdirSync, unlinkSync, utimesSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Attributes, SFTPWrapper } from 'ssh2';
import type { Account } from '../machine/accounts.ts';
import { MachineError } from '../machine/machine-error.ts';
import type { Machine } from '../machine/machine.ts';
import type { LabDoor } from './lab-door.ts';
import { listFolder, SftpHandles } from './sftp-handles.ts';
import { attributesOf, entryOf, openFlags, SFTP_STATUS, statusOf } from './sftp-words.ts';

/** OpenSSH's largest packet less its head. */
const MOST_READ = 261_120;
const NAMES_AT_ONCE = 100;

/**
 * SFTP 3 over the machine's tree with the account's rights. ssh2's server announces no extensions, so RENAME replaces
 * its target here, as OpenSSH's `posix-rename` does.
 */
export function serveSftp(sftp: SFTPWrapper, machine: Machine, account: Account, door: LabDoor): void {
  const handles = new SftpHandles();
  const from = account.home;
  /** Runs one request; what it throws becomes the status. */
  const answer = (request: number, run: () => Promise<void> | void) => {
    const held = door.delay();
    const begun = held ? held.then(run) : attempt(run);
    begun.catch((error: unknown) => sftp.status(request, statusOf(error)));
  };
  const done = (request: number) => sftp.status(request, SFTP_STATUS.ok);

  sftp.on('OPEN', (request, path, flags, attributes) => {
    answer(request, async () => {
      const real = placeToOpen(machine, account, path, flags);
      const file = await open(real, openFlags(flags), attributes.mode ?? 0o640);
      sftp.handle(request, handles.add({ kind: 'file', file, path }));
    });
  });
  sftp.on('READ', (request, handle, offset, length) => {
    answer(request, async () => {
      const into = Buffer.allocUnsafe(Math.min(length, MOST_READ));
      const { bytesRead } = await handles.file(handle).file.read(into, 0, into.length, offset);
      if (bytesRead === 0) sftp.status(request, SFTP_STATUS.endOfFile);
      else sftp.data(request, into.subarray(0, bytesRead));
    });
  });
  sftp.on('WRITE', (request, handle, offset, data) => {
    answer(request, async () => {
      await handles.file(handle).file.write(data, 0, data.length, offset);
      done(request);
    });
  });
  sftp.on('FSTAT', (request, handle) => {
    answer(request, async () => {
      const { file, path } = handles.file(handle);
      const stats = await file.stat({ bigint: true });
      sftp.attrs(request, attributesOf(stats, machine.ownership({ path, stats })));
    });
  });
  sftp.on('FSETSTAT', (request, handle, attributes) => {
    answer(request, () => {
      setAttributes(machine, account, handles.file(handle).path, attributes);
      done(request);
    });
  });
  sftp.on('CLOSE', (request, handle) => {
    answer(request, async () => {
      await handles.close(handle);
      done(request);
    });
  });
  sftp.on('OPENDIR', (request, path) => {
    answer(request, () => {
      const folder = machine.open(account, path, 'r');
      if (!folder.stats.isDirectory()) throw new MachineError('ENOTDIR', path);
      sftp.handle(request, handles.add({ kind: 'folder', rest: listFolder(machine, folder) }));
    });
  });
  sftp.on('READDIR', (request, handle) => {
    answer(request, () => {
      const folder = handles.folder(handle);
      const names = folder.rest.splice(0, NAMES_AT_ONCE);
      if (names.length === 0) sftp.status(request, SFTP_STATUS.endOfFile);
      else sftp.name(request, names);
    });
  });
  sftp.on('STAT', (request, path) => {
    answer(request, () => {
      const place = machine.open(account, path, null);
      sftp.attrs(request, attributesOf(place.stats, machine.ownership(place)));
    });
  });
  sftp.on('LSTAT', (request, path) => {
    answer(request, () => {
      const { path: found, stats } = entryToLookAt(machine, account, path);
      sftp.attrs(request, attributesOf(stats, machine.ownership({ path: found, stats })));
    });
  });
  sftp.on('SETSTAT', (request, path, attributes) => {
    answer(request, () => {
      setAttributes(machine, account, path, attributes);
      done(request);
    });
  });
  sftp.on('REALPATH', (request, path) => {
    answer(request, () => {
      const { path: found } = machine.tree.find(path, from);
      sftp.name(request, [{ filename: found, longname: found, attrs: NO_ATTRIBUTES }]);
    });
  });
  sftp.on('READLINK', (request, path) => {
    answer(request, () => {
      const { path: found, real, stats } = entryToLookAt(machine, account, path);
      if (!stats.isSymbolicLink()) throw new MachineError('EINVAL', path);
      sftp.name(request, [entryOf(readlinkSync(real), stats, machine.ownership({ path: found, stats }))]);
    });
  });
  sftp.on('REMOVE', (request, path) => {
    answer(request, () => {
      unlinkSync(existing(machine, account, path));
      done(request);
    });
  });
  sftp.on('RMDIR', (request, path) => {
    answer(request, () => {
      rmdirSync(existing(machine, account, path));
      done(request);
    });
  });
  sftp.on('MKDIR', (request, path, attributes) => {
    answer(request, () => {
      mkdirSync(machine.entry(account, path).real, attributes.mode ?? 0o750);
      done(request);
    });
  });
  sftp.on('RENAME', (request, path, target) => {
    answer(request, () => {
      renameSync(existing(machine, account, path), machine.entry(account, target).real);
      done(request);
    });
  });
  sftp.on('SYMLINK', (request) => sftp.status(request, SFTP_STATUS.unsupported));
  sftp.on('EXTENDED', (request) => sftp.status(request, SFTP_STATUS.unsupported));
  // OpenSSH's client waits for the channel to close once it has said that it is done.
  sftp.on('end', () => sftp.end());
  sftp.on('close', () => void handles.closeAll());
}

const NO_ATTRIBUTES: Attributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };

async function attempt(run: () => Promise<void> | void): Promise<void> {
  await run();
}

/** Where the file really is; one that is to be made needs a folder that may be changed. */
function placeToOpen(machine: Machine, account: Account, path: string, flags: number): string {
  const isWrite = (flags & 2) !== 0;
  const found = machine.tree.find(path, account.home);
  if (!found.stats)
    return isWrite ? machine.entry(account, path).real : machine.open(account, path, 'r').real;
  if ((flags & 1) !== 0 || !isWrite) machine.open(account, path, 'r');
  const place = machine.open(account, path, isWrite ? 'w' : 'r');
  if (place.stats.isDirectory()) throw new MachineError('EISDIR', path);
  return place.real;
}

/** The entry itself, links not followed. */
function entryToLookAt(machine: Machine, account: Account, path: string) {
  const { stats, ...place } = machine.tree.findEntry(path, account.home);
  if (!machine.allows(account, { ...place, stats }, null)) throw new MachineError('EACCES', path);
  if (!stats) throw new MachineError('ENOENT', posix.basename(path));
  return { ...place, stats };
}

function existing(machine: Machine, account: Account, path: string): string {
  const { real, stats } = machine.entry(account, path);
  if (!stats) throw new MachineError('ENOENT', path);
  return real;
}

/** Owners stay as the machine's rules name them. */
function setAttributes(machine: Machine, account: Account, path: string, attributes: Attributes): void {
  const { real } = machine.open(account, path, 'w');
  const { mode, atime, mtime } = attributes as Partial<Attributes>;
  if (mode !== undefined) chmodSync(real, mode & 0o777);
  if (atime !== undefined && mtime !== undefined) utimesSync(real, atime, mtime);
}
