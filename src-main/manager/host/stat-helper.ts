import type { ClientChannel } from 'ssh2';
import { factsOfStat } from './file-facts.ts';
import { hasCode, HostFileError } from './host-errors.ts';
import type { HostFileFacts } from './manager-host.ts';
import { textOf } from './program.ts';
import { fileErrorFrom } from './shell-messages.ts';
import { StartMark } from './start-mark.ts';

/** A file system that hangs must not hold everybody else's questions. */
const ANSWER_TIMEOUT_MS = 20_000;
/** An answer takes less than a hundred; what never ends is none. */
const LONGEST_ANSWER = 65_536;
/** `stat` itself is missing or knows no `-c`. */
const NOT_FOUND = 127;

interface Question {
  readonly path: string;
  readonly resolve: (facts: HostFileFacts | null) => void;
  readonly reject: (error: unknown) => void;
  readonly timer: NodeJS.Timeout;
}

export class StatHelperEnded extends Error {}
export class StatMissing extends Error {}

/** One small program on the other side that answers stat after stat (`STAT_SCRIPT`): a follower asks often. */
export class StatHelper {
  readonly #channel: ClientChannel;
  readonly #onOver: () => void;
  readonly #start = new StartMark();
  readonly #questions = new Map<number, Question>();
  #last = 0;
  #rest = '';
  #isOver = false;

  constructor(channel: ClientChannel, onOver: () => void) {
    this.#channel = channel;
    this.#onOver = onOver;
    channel.on('data', (piece: Buffer) => this.#read(this.#start.take(piece)));
    channel.stderr.resume();
    channel.once('close', () => this.close());
  }

  /** Null when nothing is there. Errors: those of files, `StatHelperEnded`, `StatMissing`. */
  ask(path: string): Promise<HostFileFacts | null> {
    return new Promise((resolve, reject) => {
      if (this.#isOver) return reject(new StatHelperEnded('The helper for stat has ended.'));
      const timer = setTimeout(() => {
        reject(new HostFileError('ETIMEDOUT', path));
        this.close();
      }, ANSWER_TIMEOUT_MS);
      this.#last += 1;
      this.#questions.set(this.#last, { path, resolve, reject, timer });
      this.#channel.write(`${this.#last}\n${path}\n`);
    });
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onOver();
    this.#channel.destroy();
    for (const question of this.#questions.values()) {
      clearTimeout(question.timer);
      question.reject(new StatHelperEnded('The helper for stat has ended.'));
    }
    this.#questions.clear();
  }

  #read(piece: Uint8Array): void {
    const lines = (this.#rest + Buffer.from(piece).toString('latin1')).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#answer(line);
    if (this.#rest.length > LONGEST_ANSWER) this.close();
  }

  #answer(line: string): void {
    const [, number = '', exitCode = '', said = ''] = /^(\d+) (\d+) (.*)$/.exec(line) ?? [];
    const question = this.#questions.get(Number(number));
    if (!question) return;
    this.#questions.delete(Number(number));
    clearTimeout(question.timer);
    if (Number(exitCode) === NOT_FOUND) return question.reject(new StatMissing(said));
    const facts = Number(exitCode) === 0 ? factsOfStat(said) : null;
    if (facts) return question.resolve(facts);
    const error = fileErrorFrom(textOf(Buffer.from(said, 'latin1')), question.path);
    if (hasCode(error, 'ENOENT')) question.resolve(null);
    else question.reject(error);
  }
}
