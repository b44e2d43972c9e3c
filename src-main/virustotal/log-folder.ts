import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** The file operations of the appender, one durable step each. A port, so that tests can stop between any two. */
export interface LogFiles {
  /** Bytes of the current file; 0 when there is none. */
  size(): number;
  endsInsideLine(): boolean;
  /** Cuts the current file to this length and makes it durable. */
  cut(length: number): void;
  /** Writes at the end, creating the file when it is away, and makes it durable. */
  append(bytes: Uint8Array): void;
  /** True when the numbered file exists; 0 is the current one. */
  exists(number: number): boolean;
  /** Renames a numbered file over the next one. */
  shift(number: number): void;
}

/** `integration.log`, `integration.log.1`, … in one folder, readable by their owner only. */
export class LogFolder implements LogFiles {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  size(): number {
    return statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
  }

  endsInsideLine(): boolean {
    const size = this.size();
    if (size === 0) return false;
    const last = Buffer.alloc(1);
    this.#withFile(constants.O_RDONLY, (file) => readSync(file, last, 0, 1, size - 1));
    return last[0] !== 0x0a;
  }

  cut(length: number): void {
    this.#withFile(constants.O_RDWR, (file) => {
      ftruncateSync(file, length);
      fsyncSync(file);
    });
  }

  append(bytes: Uint8Array): void {
    const isNew = !this.exists(0);
    this.#withFile(constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, (file) => {
      const before = fstatSync(file).size;
      try {
        let written = 0;
        while (written < bytes.length) written += writeSync(file, bytes, written);
        fsyncSync(file);
      } catch (error) {
        ftruncateSync(file, before);
        throw error;
      }
    });
    if (isNew) syncFolder(dirname(this.#path));
  }

  exists(number: number): boolean {
    return statSync(this.#numbered(number), { throwIfNoEntry: false }) !== undefined;
  }

  shift(number: number): void {
    renameSync(this.#numbered(number), this.#numbered(number + 1));
    syncFolder(dirname(this.#path));
  }

  #numbered(number: number): string {
    return number === 0 ? this.#path : `${this.#path}.${number}`;
  }

  #withFile(flags: number, work: (file: number) => void): void {
    const file = openSync(this.#path, flags, 0o600);
    try {
      work(file);
    } finally {
      closeSync(file);
    }
  }
}

/** Makes a creation or a rename durable. Windows has no such call and does it by itself. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
