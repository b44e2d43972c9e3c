import { readdirSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { FileEntry } from 'ssh2';
import { MachineError } from '../machine/machine-error.ts';
import type { Machine } from '../machine/machine.ts';
import type { Place } from '../machine/machine-tree.ts';
import { entryOf } from './sftp-words.ts';

export interface OpenFile {
  readonly kind: 'file';
  readonly file: FileHandle;
  readonly path: string;
}
export interface OpenFolder {
  readonly kind: 'folder';
  /** What is still to be listed. */
  rest: FileEntry[];
}

/** What one SFTP channel has open. */
export class SftpHandles {
  readonly #open = new Map<number, OpenFile | OpenFolder>();
  #next = 1;

  add(what: OpenFile | OpenFolder): Buffer {
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(this.#next);
    this.#open.set(this.#next, what);
    this.#next += 1;
    return handle;
  }

  /** Errors: `EBADF`. */
  file(handle: Buffer): OpenFile {
    const what = this.#open.get(numberOf(handle));
    if (what?.kind !== 'file') throw new MachineError('EBADF', 'handle');
    return what;
  }

  folder(handle: Buffer): OpenFolder {
    const what = this.#open.get(numberOf(handle));
    if (what?.kind !== 'folder') throw new MachineError('EBADF', 'handle');
    return what;
  }

  async close(handle: Buffer): Promise<void> {
    const what = this.#open.get(numberOf(handle));
    if (!what) throw new MachineError('EBADF', 'handle');
    this.#open.delete(numberOf(handle));
    if (what.kind === 'file') await what.file.close();
  }

  async closeAll(): Promise<void> {
    const all = [...this.#open.values()];
    this.#open.clear();
    for (const what of all) if (what.kind === 'file') await what.file.close();
  }
}

function numberOf(handle: Buffer): number {
  return handle.length === 4 ? handle.readUInt32BE() : 0;
}

/** A folder's entries, `.` and `..` included, as OpenSSH lists them. */
export function listFolder(machine: Machine, folder: Place): FileEntry[] {
  const names = ['.', '..', ...readdirSync(folder.real)];
  return names.flatMap((name) => {
    const { path, stats } = machine.tree.findEntry(name, folder.path);
    return stats ? [entryOf(name, stats, machine.ownership({ path, stats }))] : [];
  });
}
