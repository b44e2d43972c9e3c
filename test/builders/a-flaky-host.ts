import { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { AlertFileFacts, AlertFileHost, OpenAlertFile } from '../../src-main/alerts/alert-file-host.ts';
import { localAlertFiles } from '../../src-main/alerts/local-alert-files.ts';
import { watchNothing } from '../../src-main/alerts/watch-file.ts';

export interface FlakyHostOptions {
  /** `sftp`: no inodes at all; `shell`: a name's inode is told, that of an open file or a listed one is not. */
  readonly account: 'sftp' | 'shell';
  /** Times of files in whole seconds, as SFTP 3 has them. */
  readonly hasWholeSeconds?: boolean;
}

/** This machine's files as an SSH connection shows them that may drop at any question. Open files die with it. */
export class FlakyHost implements AlertFileHost {
  readonly kind = 'ssh';
  readonly name = 'flaky';
  readonly watch = watchNothing;
  readonly #options: FlakyHostOptions;
  #connection = 1;
  #questionsLeft = Infinity;
  #stalled: (() => void)[] | null = null;
  isDown = false;
  questions = 0;

  constructor(options: FlakyHostOptions) {
    this.#options = options;
  }

  /** How often the connection was lost. */
  get losses(): number {
    return this.#connection - 1;
  }

  /** The connection is lost, at once or after some more questions, and back at the next one after that. */
  drop(afterQuestions = 0): void {
    if (afterQuestions > 0) {
      this.#questionsLeft = afterQuestions;
      return;
    }
    this.#connection += 1;
    this.#questionsLeft = Infinity;
  }

  /** No question is answered any more. */
  stall(): void {
    this.#stalled = [];
  }

  async stat(path: string): Promise<AlertFileFacts | null> {
    await this.#ask(this.#connection);
    const facts = await localAlertFiles.stat(path);
    return facts && this.#shown(facts, this.#options.account === 'shell');
  }

  async list(folder: string) {
    await this.#ask(this.#connection);
    const names = await localAlertFiles.list(folder);
    const entries = names.map(async ({ name }) => {
      const facts = await localAlertFiles.stat(`${folder}/${name}`);
      return { name, facts: facts && this.#shown(facts, false) };
    });
    return Promise.all(entries);
  }

  async open(path: string): Promise<OpenAlertFile> {
    const connection = this.#connection;
    await this.#ask(connection);
    const file = await localAlertFiles.open(path);
    return {
      stat: async () => {
        await this.#ask(connection);
        return this.#shown(await file.stat(), false);
      },
      read: async (into, position) => {
        await this.#ask(connection);
        return file.read(into, position);
      },
      close: () => file.close(),
    };
  }

  async #ask(connection: number): Promise<void> {
    this.questions += 1;
    await new Promise<void>((resolve) => {
      if (this.#stalled) this.#stalled.push(resolve);
      else setImmediate(resolve);
    });
    this.#questionsLeft -= 1;
    if (this.#questionsLeft < 0) this.drop();
    if (connection !== this.#connection || this.isDown) {
      throw new DomainError('manager.offline', 'flaky is not reached.', 'Wait.');
    }
  }

  #shown(facts: AlertFileFacts, isTold: boolean): AlertFileFacts {
    const { modifiedMs } = facts;
    return {
      ...facts,
      ...(isTold ? {} : { device: null, inode: null }),
      modifiedMs: this.#options.hasWholeSeconds ? Math.floor(modifiedMs / 1000) * 1000 : modifiedMs,
    };
  }
}
