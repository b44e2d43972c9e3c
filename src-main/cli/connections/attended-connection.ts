import { once } from 'node:events';
import type { ConnectionNeed, WayStatus } from '../../../src-shared/ipc/connections.ts';
import type { ManagerConnection } from '../../app/connections/manager-connection.ts';
import type { CommandContext } from '../context.ts';
import type { Changes } from './changes.ts';
import type { Person } from './person.ts';
import { troubleOf } from './reach-manager.ts';
import type { WritingTools } from './writing-tools.ts';

interface Surroundings {
  readonly opened: WritingTools;
  readonly person: Person;
  readonly changes: Changes;
  readonly context: CommandContext;
}

/** An open connection with somebody who reads what happens to it, and who may be there to answer. */
export class AttendedConnection {
  readonly #connection: ManagerConnection;
  readonly #surroundings: Surroundings;
  readonly #told = new Map<string, string>();

  constructor(connection: ManagerConnection, surroundings: Surroundings) {
    this.#connection = connection;
    this.#surroundings = surroundings;
  }

  /** Errors: what keeps the connection from its machine when nobody is there to help. */
  async untilInterrupted(): Promise<void> {
    const { changes, context } = this.#surroundings;
    const { signal } = context;
    const interrupted = signal.aborted ? Promise.resolve() : once(signal, 'abort');
    while (!signal.aborted) {
      const next = changes.next();
      await this.#look();
      await Promise.race([next, interrupted]);
    }
  }

  async #look(): Promise<void> {
    const { host, api, name, sourceId } = this.#connection.status;
    if (host) {
      this.#tell(name, host.state, host.error);
      if (isHopeless(host)) {
        if (!(await this.#isHelped(host.need))) throw troubleOf(host);
      }
    }
    if (api?.error) this.#tell(`${name}, API`, api.state, api.error);
    const source = this.#surroundings.opened.sources.status().find(({ id }) => id === sourceId);
    // Before its machine is reached there is nothing to tell.
    if (source && source.state !== 'stopped') this.#tell(source.path, source.state, source.error);
  }

  /** Each thing once, until it is another. */
  #tell(what: string, state: string, error: WayStatus['error']): void {
    const words = error ? `${error.message} ${error.remedy}` : state;
    if (this.#told.get(what) === words) return;
    this.#told.set(what, words);
    this.#surroundings.context.terminal.note(`${what}: ${words}`);
  }

  async #isHelped(need: ConnectionNeed | null): Promise<boolean> {
    const { person, opened, context } = this.#surroundings;
    if (context.signal.aborted) return true;
    if (need?.kind === 'prompt') {
      const answers = await person.answer(need);
      return answers !== null && this.#connection.answerPrompt(need.promptId, answers);
    }
    if (need?.kind !== 'secret') return false;
    const value = await person.secret(need.secret, need.wasRefused);
    if (value === null) return false;
    opened.tools.secrets.useForThisRun(this.#connection.profile.id, need.secret, value);
    this.#connection.retry();
    return true;
  }
}

/** It does not mend by itself. */
function isHopeless({ state, error }: WayStatus): boolean {
  return (
    state === 'needs-you' || state === 'stopped' || (state === 'connected' && error?.code === NOT_INSTALLED)
  );
}
const NOT_INSTALLED = 'connections.not-installed';
