import { join } from 'node:path';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { LogFolder, type LogFiles } from './log-folder.ts';
import type { OutboxStore } from './lookup-store.ts';

export interface IntegrationLogOptions {
  /** A file of this size is put aside before the next line, in bytes. */
  readonly rotateAtBytes?: number;
  /** How many old files are kept: `integration.log.1` is the newest. */
  readonly keptFiles?: number;
  /** Told when lines could not be written; they stay in the outbox and are tried again with the next ones. */
  readonly onTrouble?: (error: DomainError) => void;
}

export const INTEGRATION_LOG_NAME = 'integration.log';
const ROTATE_AT_BYTES = 10 * 1024 * 1024;
const KEPT_FILES = 5;
const LINES_AT_ONCE = 500;

/**
 * Appends the outbox to `integration.log`, each line exactly once (ARCHITECTURE.md, "Outbox"). The store remembers the
 * length up to which the file is confirmed. Bytes beyond it were written by a process that died before it could confirm:
 * they are cut off and written anew. A file shorter than that was emptied or taken away from outside; what is left of
 * it counts as confirmed, since its lines had been written.
 */
export class IntegrationLog {
  readonly path: string;
  readonly #outbox: OutboxStore;
  readonly #files: LogFiles;
  readonly #rotateAtBytes: number;
  readonly #keptFiles: number;
  readonly #onTrouble: (error: DomainError) => void;
  #isScheduled = false;
  #isClosed = false;
  #isChecked = false;

  constructor(
    dataFolder: string,
    outbox: OutboxStore,
    { rotateAtBytes, keptFiles, onTrouble }: IntegrationLogOptions = {},
    files: LogFiles = new LogFolder(join(dataFolder, INTEGRATION_LOG_NAME)),
  ) {
    this.path = join(dataFolder, INTEGRATION_LOG_NAME);
    this.#outbox = outbox;
    this.#files = files;
    this.#rotateAtBytes = rotateAtBytes ?? ROTATE_AT_BYTES;
    this.#keptFiles = keptFiles ?? KEPT_FILES;
    this.#onTrouble = onTrouble ?? (() => undefined);
  }

  /** Lines may wait in the outbox: they are appended before long, several settlements together. */
  schedule(): void {
    if (this.#isScheduled || this.#isClosed) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (!this.#isClosed) this.#tryFlush();
    });
  }

  /** Appends what waits. Returns the number of lines. Errors: `integration-log.unwritable`. */
  flush(): number {
    let lines = 0;
    try {
      for (let appended = this.#appendSome(); appended > 0; appended = this.#appendSome()) lines += appended;
    } catch (error) {
      // Whatever was written without being confirmed is cut off before the next line.
      this.#isChecked = false;
      throw unwritable(this.path, error);
    }
    return lines;
  }

  /** Appends what waits and stops. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#tryFlush();
  }

  #tryFlush(): void {
    try {
      this.flush();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.#onTrouble(error);
    }
  }

  #appendSome(): number {
    const waiting = this.#outbox.pending(LINES_AT_ONCE);
    const last = waiting.at(-1);
    if (!last) return 0;
    let length = this.#reconcile();
    if (length >= this.#rotateAtBytes) {
      this.#rotate();
      length = 0;
    }
    const head = this.#files.endsInsideLine() ? '\n' : '';
    const bytes = Buffer.from(head + waiting.map(({ line }) => `${line}\n`).join(''));
    this.#files.append(bytes);
    this.#outbox.confirm(last.id, length + bytes.length);
    return waiting.length;
  }

  /** Makes file and confirmed length agree; returns it. */
  #reconcile(): number {
    const confirmed = this.#outbox.logLength();
    const size = this.#files.size();
    // While we run every append is confirmed, so a longer file means that somebody else writes to it: not ours to cut.
    if (size > confirmed && !this.#isChecked) this.#files.cut(confirmed);
    else if (size !== confirmed) this.#outbox.confirm(NO_LINE, size);
    const length = size > confirmed && !this.#isChecked ? confirmed : size;
    this.#isChecked = true;
    return length;
  }

  /**
   * Makes room by renaming, the oldest first. A kill leaves at most a gap in the numbers, and the next rotation fills the
   * first gap instead of pushing on: no file is lost but the oldest. The current file goes last; until its absence is
   * confirmed it looks like a file taken away from outside, which is handled the same way.
   */
  #rotate(): void {
    let free = 1;
    while (free < this.#keptFiles && this.#files.exists(free)) free += 1;
    for (let number = free - 1; number >= 0; number -= 1) this.#files.shift(number);
    this.#outbox.confirm(NO_LINE, 0);
  }
}

/** Outbox ids begin at 1: confirming this one forgets nothing. */
const NO_LINE = 0;

function unwritable(path: string, cause: unknown): DomainError {
  return new DomainError(
    'integration-log.unwritable',
    `Outcomes cannot be written to ${path}.`,
    'They are kept and written as soon as it is possible. Make room on the disk and check the permissions of the file.',
    cause,
  );
}
