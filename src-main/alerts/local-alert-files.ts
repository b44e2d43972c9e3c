import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  type BigIntStats,
} from 'node:fs';
import type { AlertFileFacts, AlertFileHost, OpenAlertFile } from './alert-file-host.ts';
import { watchFile } from './watch-file.ts';

/**
 * The alert files of this machine. Everything is done at once, before the promise is returned: a local read is shorter
 * than a trip through the thread pool.
 */
export const localAlertFiles: AlertFileHost = {
  kind: 'local',
  name: 'this machine',
  async stat(path) {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats ? factsOf(stats) : null;
  },
  async list(folder) {
    return readdirSync(folder).map((name) => ({ name, facts: null }));
  },
  async open(path) {
    // Without O_NONBLOCK opening a named pipe would wait for its writer for ever.
    return new LocalAlertFile(openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)));
  },
  watch: watchFile,
};

class LocalAlertFile implements OpenAlertFile {
  #descriptor: number | null;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  async stat(): Promise<AlertFileFacts> {
    return factsOf(fstatSync(this.#open, { bigint: true }));
  }

  /** A read may come back short before the end of the file (signals, network file systems): only 0 is the end. */
  async read(into: Uint8Array, position: number): Promise<number> {
    let length = 0;
    while (length < into.length) {
      const got = readSync(this.#open, into, length, into.length - length, position + length);
      if (got === 0) break;
      length += got;
    }
    return length;
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  get #open(): number {
    if (this.#descriptor === null) throw new TypeError('This alert file was closed.');
    return this.#descriptor;
  }
}

/** Inodes are 64-bit: only the bigint form of stat keeps them exact. Zero means that the file system tells none. */
function factsOf(stats: BigIntStats): AlertFileFacts {
  const isKnown = stats.ino !== 0n;
  return {
    device: isKnown ? stats.dev.toString() : null,
    inode: isKnown ? stats.ino.toString() : null,
    isFile: stats.isFile(),
    isFolder: stats.isDirectory(),
    sizeBytes: Number(stats.size),
    modifiedMs: Number(stats.mtimeNs) / 1e6,
  };
}
