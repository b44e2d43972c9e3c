import {
  parseAgentControlInfo,
  type AgentControlInfo,
} from '../../../src-shared/formats/agent-control-info.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';
import type { Clock } from '../clock.ts';

export interface AgentControlPlace {
  readonly host: Pick<ManagerHost, 'run'>;
  /** Where Wazuh is installed on the manager. */
  readonly prefix: string;
}

interface Known {
  readonly info: AgentControlInfo;
  readonly askedMs: number;
}

const FRESH_MS = 10 * 60_000;
const AT_ONCE = 4;
/** For all of a call: a plan that knows less says so. */
const LONGEST_MS = 20_000;
const MOST_OUTPUT = 65_536;
const MOST_REMEMBERED = 2_000;

/** Versions and systems of agents where no API tells them: `agent_control` does, of one agent at a time. */
export class AgentDetails {
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Null when nobody was asked, or nothing was told. */
  of(profileId: number, agentId: string): AgentControlInfo | null {
    return this.#known.get(keyOf(profileId, agentId))?.info ?? null;
  }

  /** Asks about those that were not asked about lately, a few at a time. Never rejects. */
  async refresh(profileId: number, agentIds: readonly string[], place: AgentControlPlace): Promise<void> {
    const stale = agentIds.filter((agentId) => !this.#isFresh(profileId, agentId));
    const queue = stale.values();
    const signal = AbortSignal.timeout(LONGEST_MS);
    const work = async () => {
      for (const agentId of queue) {
        const info = signal.aborted ? null : await ask(agentId, place, signal);
        if (info) this.#remember(keyOf(profileId, agentId), info);
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, stale.length) }, work));
  }

  #isFresh(profileId: number, agentId: string): boolean {
    const known = this.#known.get(keyOf(profileId, agentId));
    return known !== undefined && this.#clock.now() - known.askedMs < FRESH_MS;
  }

  #remember(key: string, info: AgentControlInfo): void {
    this.#known.delete(key);
    this.#known.set(key, { info, askedMs: this.#clock.now() });
    for (const oldest of [...this.#known.keys()].slice(0, -MOST_REMEMBERED)) this.#known.delete(oldest);
  }
}

async function ask(
  agentId: string,
  { host, prefix }: AgentControlPlace,
  signal: AbortSignal,
): Promise<AgentControlInfo | null> {
  try {
    const { stdout } = await host.run({
      argv: [`${prefix}/bin/agent_control`, '-i', agentId, '-j'],
      asRoot: true,
      maxOutputBytes: MOST_OUTPUT,
      signal,
    });
    return parseAgentControlInfo(new TextDecoder().decode(stdout));
  } catch {
    // Not allowed, or the machine is away: the plan says that the version is not known.
    return null;
  }
}

function keyOf(profileId: number, agentId: string): string {
  return `${profileId}/${agentId}`;
}
