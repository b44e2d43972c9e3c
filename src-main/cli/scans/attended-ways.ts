import type { ConnectionStatus, WayStatus } from '../../../src-shared/ipc/connections.ts';
import type { Person } from '../connections/person.ts';
import { troubleOf } from '../connections/reach-manager.ts';
import type { CommandContext } from '../context.ts';
import type { OpenedScans } from './open-scans.ts';

/** A connection whose API nobody answers for so long is gone on without. */
const LONGEST_REACH_MS = 30_000;

/** The ways to the managers with somebody who reads what happens to them, and who may be there to answer. */
export class AttendedWays {
  readonly #opened: OpenedScans;
  readonly #person: Person;
  readonly #context: CommandContext;
  readonly #told = new Map<string, string>();

  constructor(opened: OpenedScans, person: Person, context: CommandContext) {
    this.#opened = opened;
    this.#person = person;
    this.#context = context;
  }

  /** Until each way is open, or why it is not was told; then agents and rights are known as they are now. */
  async reach(): Promise<void> {
    const { changes, connections, profiles } = this.#opened;
    const stop = AbortSignal.any([this.#context.signal, AbortSignal.timeout(LONGEST_REACH_MS)]);
    const stopped = new Promise<void>((resolve) =>
      stop.addEventListener('abort', () => resolve(), { once: true }),
    );
    for (;;) {
      const next = changes.next();
      await this.look();
      if (stop.aborted || !this.#isAnyPending()) break;
      await Promise.race([next, stopped]);
    }
    if (this.#context.signal.aborted) return;
    await Promise.race([
      Promise.all(
        profiles.map(async ({ profile }) => {
          await connections.refreshAgents(profile.id);
          if (connections.named(profile.name)?.ways.capabilities === null)
            await connections.probe(profile.id);
        }),
      ).catch((error: unknown) => this.#context.terminal.failure(error)),
      stopped,
    ]);
  }

  /** Tells each trouble once, and lets the person help. */
  async look(): Promise<void> {
    for (const status of this.#statuses()) {
      for (const [name, way] of waysOf(status)) {
        this.#tell(name, way);
        await this.#help(status.id, way);
      }
    }
  }

  #statuses(): readonly ConnectionStatus[] {
    const ids = new Set(this.#opened.profiles.map(({ profile }) => profile.id));
    return this.#opened.connections.status().filter(({ id }) => ids.has(id));
  }

  #isAnyPending(): boolean {
    return this.#statuses().some((status) => {
      const isMoving = waysOf(status).some(([, { state }]) => state === 'connecting' || state === 'off');
      const ways = this.#opened.connections.named(status.name)?.ways;
      const isFinding =
        status.host?.state === 'connected' && status.host.error === null && ways?.prefix === null;
      return isMoving || isFinding;
    });
  }

  #tell(name: string, way: WayStatus): void {
    const trouble = way.error && way.need?.kind !== 'prompt' ? troubleOf(way) : null;
    const words = trouble ? `${trouble.message} ${trouble.remedy}` : '';
    if ((this.#told.get(name) ?? '') === words) return;
    this.#told.set(name, words);
    this.#context.terminal.note(`${name}: ${words === '' ? way.state : words}`);
  }

  async #help(profileId: number, { need }: WayStatus): Promise<void> {
    const { connections } = this.#opened;
    if (need?.kind === 'prompt') {
      const answers = await this.#person.answer(need);
      if (answers !== null) connections.answerPrompt(need.promptId, answers);
    } else if (need?.kind === 'secret') {
      const value = await this.#person.secret(need.secret, need.wasRefused);
      if (value !== null) await connections.giveSecret(profileId, need.secret, value, false);
    }
  }
}

function waysOf({ name, host, api }: ConnectionStatus): readonly (readonly [string, WayStatus])[] {
  return [...(host ? [[name, host] as const] : []), ...(api ? [[`${name}, API`, api] as const] : [])];
}
