import type { JsonObject } from '../alerts/alert-draft.ts';
import type { AgentComputer } from './agent-computer.ts';
import { OUR_SCRIPT } from './agent-tree.ts';
import type { Errands } from './errands.ts';
import { runKaspersky } from './programs/kaspersky.ts';
import { restartAgent } from './programs/restart-agent.ts';
import { runOurScript } from './programs/our-script.ts';
import type { WireMessage } from './wire-message.ts';

/** One start of a program of `active-response/bin`. */
export type ProgramCall =
  | {
      readonly form: 'json';
      readonly program: string;
      /** The line on its standard input. */
      readonly document: JsonObject;
      readonly extraArgs: readonly string[];
    }
  | {
      readonly form: 'words';
      readonly program: string;
      /** `add` and what follows, split at every blank. */
      readonly argv: readonly string[];
    };

/** Resolves when execd may go on to the next one. */
export type ResponseProgram = (computer: AgentComputer, call: ProgramCall) => Promise<void>;

const PROGRAMS: Readonly<Record<string, ResponseProgram>> = {
  kaspersky: runKaspersky,
  'kaspersky.sh': runKaspersky,
  [OUR_SCRIPT]: runOurScript,
  'restart-wazuh': restartAgent,
  'restart-ossec.sh': restartAgent,
};

/** A line of ar.conf. */
export interface DeclaredResponse {
  readonly name: string;
  readonly executable: string;
}

/** A program has room for so many arguments. */
const MOST_WORDS = 30;

/**
 * The daemon that starts active responses on an agent (wazuh.md 6.2): from 4.2 on one after the other, before that any
 * number at once. What it does not know or find is ignored, and nobody hears of it.
 */
export class Execd {
  readonly #computer: AgentComputer;
  readonly #errands: Errands;
  readonly #declared: () => readonly DeclaredResponse[];
  readonly #waiting: ProgramCall[] = [];
  #isBusy = false;

  constructor(computer: AgentComputer, errands: Errands, declared: () => readonly DeclaredResponse[]) {
    this.#computer = computer;
    this.#errands = errands;
    this.#declared = declared;
  }

  receive(message: WireMessage): void {
    const { silentSinceMs, takesResponses } = this.#computer.state;
    if (silentSinceMs !== null || !takesResponses) return;
    if (message.form === 'json') {
      const program = this.#programOf(message.command);
      if (program === null) return;
      this.#waiting.push(jsonCall(program, message));
      if (!this.#isBusy) this.#errands.run(() => this.#work());
    } else {
      const [name = '', ...words] = message.text.split(' ');
      const program = words.length === 0 ? null : this.#programOf(name);
      if (program === null) return;
      const argv = ['add', ...words.slice(0, MOST_WORDS)];
      this.#errands.run(() => this.#start({ form: 'words', program, argv }));
    }
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let call = this.#waiting.shift(); call; call = this.#waiting.shift()) {
      if (!this.#errands.isClosing) await this.#start(call);
    }
    this.#isBusy = false;
  }

  async #start(call: ProgramCall): Promise<void> {
    await PROGRAMS[call.program]?.(this.#computer, call);
  }

  /** The first executable of that name in ar.conf that is there; null: none is. */
  #programOf(command: string): string | null {
    const { tree } = this.#computer;
    const names = command.startsWith('!')
      ? [command.slice(1)]
      : this.#declared().flatMap(({ name, executable }) => (name === command ? [executable] : []));
    return names.find((name) => tree.hasProgram(name)) ?? null;
  }
}

function jsonCall(program: string, message: Extract<WireMessage, { form: 'json' }>): ProgramCall {
  const { originName, extraArgs, alert } = message;
  const document = {
    version: 1,
    origin: { name: originName, module: 'wazuh-execd' },
    command: 'add',
    parameters: { extra_args: extraArgs, alert, program: `active-response/bin/${program}` },
  };
  return { form: 'json', program, document, extraArgs };
}
