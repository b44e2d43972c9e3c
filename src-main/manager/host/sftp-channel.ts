import type { FileEntry, SFTPWrapper, Stats } from 'ssh2';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { hasCode, HostFileError } from './host-errors.ts';
import type { SessionCalls } from './session-calls.ts';

/** Status of SFTP 3 (draft-ietf-secsh-filexfer-02, 7). OpenSSH says FAILURE for all that has no status of its own. */
const EOF = 1;
const CODES: Readonly<Record<number, string>> = { 2: 'ENOENT', 3: 'EACCES', 5: 'EINVAL', 8: 'ENOTSUP' };

type Ask<T> = (sftp: SFTPWrapper, done: (error: Error | null | undefined, value: T) => void) => void;
type Tell = (sftp: SFTPWrapper, done: (error?: Error | null) => void) => void;

/**
 * One SFTP channel. Handles belong to it and die with it: another channel may give the same handle to another file.
 * Errors: `HostFileError`, `manager.offline`.
 */
export class SftpChannel {
  readonly wrapper: SFTPWrapper;
  readonly #calls: SessionCalls;
  #isClosed = false;

  constructor(wrapper: SFTPWrapper, calls: SessionCalls) {
    this.wrapper = wrapper;
    this.#calls = calls;
    for (const event of ['end', 'close']) wrapper.once(event, () => (this.#isClosed = true));
  }

  get isClosed(): boolean {
    return this.#isClosed || this.#calls.isClosed;
  }

  /** Waits for an answer about a path. */
  ask<T>(path: string, start: Ask<T>): Promise<T> {
    return this.#translated(path, () => this.#calls.ask<T>((done) => start(this.wrapper, done)));
  }

  /** Waits for a plain yes. */
  tell(path: string, start: Tell): Promise<void> {
    return this.#translated(path, () => this.#calls.tell((done) => start(this.wrapper, done)));
  }

  stat(path: string): Promise<Stats> {
    return this.ask(path, (sftp, done) => sftp.stat(path, done));
  }

  async lstat(path: string): Promise<Stats | null> {
    try {
      return await this.ask<Stats>(path, (sftp, done) => sftp.lstat(path, done));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    }
  }

  realpath(path: string): Promise<string> {
    return this.ask(path, (sftp, done) => sftp.realpath(path, done));
  }

  open(path: string): Promise<Buffer> {
    return this.ask(path, (sftp, done) => sftp.open(path, 'r', done));
  }

  /** Fails when something has that name. */
  create(path: string, mode: number): Promise<Buffer> {
    return this.ask(path, (sftp, done) => sftp.open(path, 'wx', mode, done));
  }

  /** Null at the end of the folder. */
  async readFolder(path: string, handle: Buffer): Promise<FileEntry[] | null> {
    return this.ask<FileEntry[] | null>(path, (sftp, done) =>
      sftp.readdir(handle, (error, entries) =>
        error && hasStatus(error, EOF) ? done(null, null) : done(error, entries),
      ),
    );
  }

  /** Without waiting: nobody needs the answer. */
  close(handle: Buffer): void {
    if (this.isClosed) return;
    this.tell('', (sftp, done) => sftp.close(handle, done)).catch(() => {
      // The connection went first, and the handle with it.
    });
  }

  async #translated<T>(path: string, work: () => Promise<T>): Promise<T> {
    if (this.isClosed) throw this.#calls.lost();
    try {
      return await work();
    } catch (error) {
      throw fileErrorOf(error, path);
    }
  }
}

function hasStatus(error: unknown, status: number): boolean {
  return error instanceof Error && 'code' in error && error.code === status;
}

function fileErrorOf(error: unknown, path: string): unknown {
  if (error instanceof DomainError || !(error instanceof Error) || !('code' in error)) return error;
  if (typeof error.code !== 'number') return error;
  return new HostFileError(CODES[error.code] ?? 'EIO', path, error);
}
