import { visibleText } from '../../src-shared/formats/visible-text.ts';
import { redactor } from '../log/redactor.ts';

/** The part of a terminal's input that is used. */
export interface PromptInput {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  setEncoding(encoding: 'utf8'): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: 'data', listener: (text: string) => void): unknown;
  off(event: 'data', listener: (text: string) => void): unknown;
}
export interface PromptOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Asks a person at a terminal. What is asked stands on stderr: stdout belongs to the result. */
export class Prompter {
  readonly #input: PromptInput;
  readonly #output: PromptOutput;
  readonly #interrupt: () => void;
  /** Typed ahead. */
  #rest = '';

  constructor(
    input: PromptInput = process.stdin,
    output: PromptOutput = process.stderr,
    interrupt: () => void = () => process.kill(process.pid, 'SIGINT'),
  ) {
    this.#input = input;
    this.#output = output;
    this.#interrupt = interrupt;
  }

  /** False where nobody could answer. */
  get isPossible(): boolean {
    return this.#input.isTTY === true && this.#output.isTTY === true && this.#input.setRawMode !== undefined;
  }

  /** One line; `isShown` false: nothing of it appears, here or in a log. Null after Ctrl-C, Ctrl-D, or when the signal takes it back. */
  ask(
    label: string,
    options: { readonly isShown: boolean; readonly signal: AbortSignal },
  ): Promise<string | null> {
    const { isShown, signal } = options;
    if (!this.isPossible || signal.aborted) return Promise.resolve(null);
    this.#output.write(`${visibleText(label)} `);
    return new Promise((resolve) => {
      const line = new Line(isShown ? (text) => this.#output.write(text) : () => undefined);
      const end = (answer: string | null) => {
        this.#input.off('data', take);
        this.#input.setRawMode?.(false);
        this.#input.pause();
        signal.removeEventListener('abort', giveUp);
        this.#output.write('\n');
        resolve(answer);
      };
      const giveUp = () => end(null);
      const take = (text: string) => {
        const typed = this.#rest + text;
        for (const [at, character] of Array.from(typed).entries()) {
          const outcome = line.take(character);
          if (outcome === 'more') continue;
          this.#rest = Array.from(typed)
            .slice(at + 1)
            .join('');
          if (outcome === 'done' && !isShown) redactor.register(line.text);
          end(outcome === 'done' ? line.text : null);
          if (outcome === 'interrupted') this.#interrupt();
          return;
        }
        this.#rest = '';
      };
      signal.addEventListener('abort', giveUp, { once: true });
      this.#input.setRawMode?.(true);
      this.#input.setEncoding('utf8');
      this.#input.on('data', take);
      this.#input.resume();
      if (this.#rest !== '') take('');
    });
  }

  /** `yes` in full, as OpenSSH asks for it: a key that is accepted by mistake is worth nothing. */
  async confirm(question: string, signal: AbortSignal): Promise<boolean> {
    const answer = await this.ask(`${question} (yes/no)`, { isShown: true, signal });
    return answer?.trim().toLowerCase() === 'yes';
  }
}

type Outcome = 'more' | 'done' | 'ended' | 'interrupted';

/** A line as it is typed. */
class Line {
  readonly #show: (text: string) => void;
  #characters: string[] = [];

  constructor(show: (text: string) => void) {
    this.#show = show;
  }

  get text(): string {
    return this.#characters.join('');
  }

  take(character: string): Outcome {
    switch (character) {
      case '\r':
      case '\n':
        return 'done';
      case '\u0003':
        return 'interrupted';
      case '\u0004':
        return this.#characters.length === 0 ? 'ended' : 'more';
      case '\u007F':
      case '\b':
        if (this.#characters.pop() !== undefined) this.#show('\b \b');
        return 'more';
      case '\u0015':
        this.#show('\b \b'.repeat(this.#characters.length));
        this.#characters = [];
        return 'more';
      default:
        if (character < ' ') return 'more';
        this.#characters.push(character);
        this.#show(visibleText(character));
        return 'more';
    }
  }
}
