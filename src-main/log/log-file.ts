import { chmodSync, closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const KEPT_FILES = 3;

/** Appends lines to a file of bounded size, readable by its owner only. Trouble with the file is swallowed: see Log. */
export class LogFile {
  readonly #path: string;
  readonly #rotateAtBytes: number;
  #file: number | null = null;
  #size = 0;
  #isClosed = false;

  constructor(path: string, rotateAtBytes: number) {
    this.#path = path;
    this.#rotateAtBytes = rotateAtBytes;
  }

  append(line: string): void {
    if (this.#isClosed) return;
    try {
      if (this.#size >= this.#rotateAtBytes) this.#rotate();
      this.#size += writeSync(this.#open(), `${line}\n`);
    } catch {
      // A full disk or a missing folder: the next line tries anew.
      this.#release();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#release();
  }

  #open(): number {
    if (this.#file !== null) return this.#file;
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 });
    this.#file = openSync(this.#path, 'a', 0o600);
    chmodSync(this.#path, 0o600);
    this.#size = fstatSync(this.#file).size;
    return this.#file;
  }

  #rotate(): void {
    this.#release();
    for (let number = KEPT_FILES - 1; number >= 0; number -= 1) {
      try {
        renameSync(this.#numbered(number), this.#numbered(number + 1));
      } catch {
        // There are fewer old files than are kept.
      }
    }
  }

  #numbered(number: number): string {
    return number === 0 ? this.#path : `${this.#path}.${number}`;
  }

  #release(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
    this.#size = 0;
  }
}
