import { randomUUID } from 'node:crypto';
import type { KeyboardInteractiveAuthMethod, Prompt } from 'ssh2';
import { endpointName } from '../../../src-shared/domain/connection-profile.ts';
import { visibleLines, visibleText } from '../../../src-shared/formats/visible-text.ts';
import { within, type Deadline } from './deadline.ts';
import { answersRefused, passwordRefused, promptsSenseless, promptUnanswered } from './sign-in-failures.ts';
import type { HopAt, SshFailure } from './ssh-failure.ts';
import type { PromptNeed } from './ssh-link.ts';
import { timingsOf, type SshPorts } from './ssh-ports.ts';

/** What a server may put before a person; more of it is cut. */
const LONGEST = { title: 200, instructions: 2_000, label: 200, fields: 16 };

/**
 * The prompts of PAM and OpenSSH that ask for the account's password and nothing else. Second factors ("One-time
 * password", "Verification code", "New password") must never match.
 */
const PASSWORD_PROMPT = /^\s*(?:\S+@\S+'s )?password(?: for \S+)?\s*:\s*$/i;

export interface InteractiveOptions {
  readonly at: HopAt;
  readonly ports: SshPorts;
  readonly deadline: Deadline;
  /** Ends with the connection: takes the question back. */
  readonly signal: AbortSignal;
  /** No answer will come: the whole attempt is over. */
  readonly giveUp: (failure: SshFailure) => void;
}

/** One try of keyboard-interactive: the kept password answers a lone "Password:" once, the rest goes to a person. */
export class Interactive {
  readonly #options: InteractiveOptions;
  #keptPassword: string | null = null;
  #wasPersonAsked = false;
  #questions = 0;

  constructor(options: InteractiveOptions) {
    this.#options = options;
  }

  readonly prompt: KeyboardInteractiveAuthMethod['prompt'] = (
    title,
    instructions,
    _language,
    prompts,
    finish,
  ) => {
    void this.#respond(title, instructions, prompts, finish);
  };

  /** A person has a question before them. */
  get isAsking(): boolean {
    return this.#questions > 0;
  }

  /** What the refusal of this try means. */
  refused(): SshFailure {
    const { at, ports } = this.#options;
    if (this.#keptPassword !== null) ports.refused.add(at.place, this.#keptPassword);
    const wasPassword = this.#keptPassword !== null && !this.#wasPersonAsked;
    return wasPassword ? passwordRefused(at) : answersRefused(at);
  }

  async #respond(
    title: string,
    instructions: string,
    prompts: readonly Prompt[],
    finish: (answers: string[]) => void,
  ): Promise<void> {
    const answers = await this.#answer(title, instructions, prompts);
    if (answers) finish([...answers]);
  }

  async #answer(
    title: string,
    instructions: string,
    prompts: readonly Prompt[],
  ): Promise<readonly string[] | null> {
    const { at, deadline, giveUp } = this.#options;
    if (prompts.length > LONGEST.fields) {
      giveUp(promptsSenseless(at));
      return null;
    }
    const kept = await this.#keptAnswer(prompts);
    if (kept !== null) return [kept];
    this.#wasPersonAsked = true;
    this.#questions += 1;
    const answers = await deadline.during(this.#ask(promptNeed(at, title, instructions, prompts)));
    this.#questions -= 1;
    if (answers?.length === prompts.length) return answers;
    giveUp(promptUnanswered(at));
    return null;
  }

  async #keptAnswer(prompts: readonly Prompt[]): Promise<string | null> {
    const { at, ports } = this.#options;
    const [only] = prompts;
    if (!only || prompts.length > 1 || only.echo === true || !asksForPassword(only)) return null;
    if (this.#keptPassword !== null) {
      // Asked again within one try: it was the wrong one.
      ports.refused.add(at.place, this.#keptPassword);
      this.#keptPassword = null;
      return null;
    }
    const password = await ports.secretFor(at.place, 'password');
    if (!password || ports.refused.has(at.place, password)) return null;
    this.#keptPassword = password;
    return password;
  }

  async #ask(need: PromptNeed): Promise<readonly string[] | null> {
    const { ports, signal } = this.#options;
    const limit = new AbortController();
    const asking = ports.ask(need, AbortSignal.any([signal, limit.signal]));
    const answers = await within(ports.clock, timingsOf(ports).answerMs, asking);
    limit.abort();
    return answers;
  }
}

/** Nobody asks for a password in more words than are shown, and a pattern takes its time with more. */
const asksForPassword = ({ prompt }: Prompt): boolean =>
  prompt.length <= LONGEST.label && PASSWORD_PROMPT.test(prompt);

/** The server wrote all of it: nothing in it may hide or reorder what is seen. */
function promptNeed(at: HopAt, title: string, instructions: string, prompts: readonly Prompt[]): PromptNeed {
  return {
    kind: 'prompt',
    promptId: randomUUID(),
    asker: visibleText(endpointName(at.hop.host, at.hop.port)),
    title: cut(visibleText(title.trim()), LONGEST.title),
    instructions: cut(visibleLines(instructions.trim()), LONGEST.instructions),
    fields: prompts.map(({ prompt, echo }) => ({
      label: cut(visibleText(prompt.trim()), LONGEST.label),
      isShown: echo === true,
    })),
  };
}

const cut = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
