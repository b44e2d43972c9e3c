/** What was found on agents before a launch, looked at a few at a time and remembered for some minutes. */
import type { ScanAction, ScanKind } from '../../../src-shared/domain/scan.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { AgentPreflight } from '../../../src-shared/ipc/scans.ts';
import type { Clock } from '../../app/clock.ts';
import { SshFailure } from '../../manager/ssh/ssh-failure.ts';
import { KeslControl } from '../agent/kesl-control.ts';
import { lookAtAgent, type PreflightFindings } from '../agent/preflight.ts';
import { lookAtScript } from '../agent-script/agent-script.ts';
import type { AgentKesStore, KesMemory } from '../scan-store.ts';
import { noAccess } from './desk-errors.ts';
import type { AgentHostLease, Fleet } from './fleet.ts';
import { effectiveAccess } from './plan-request.ts';

export interface AgentKey {
  readonly profile: string;
  readonly agentId: string;
}

/** What the agents are looked at for. */
export interface PreflightPurpose {
  readonly kind: ScanKind;
  readonly path: string | null;
  readonly action: ScanAction;
}

export interface PreflightsPorts {
  readonly fleet: Fleet;
  readonly kes: AgentKesStore;
  readonly clock: Clock;
  readonly onTrouble: (error: unknown) => void;
  /** Of a KES in an unusual place; tests. */
  readonly program?: string;
}

const AT_ONCE = 4;
const LONGEST_LOOK_MS = 60_000;
/** For so long what was found counts when a scan is launched. */
const COUNTS_MS = 10 * 60_000;
const MOST_REMEMBERED = 2_000;

export class Preflights {
  readonly #ports: PreflightsPorts;
  readonly #found = new Map<string, AgentPreflight>();

  constructor(ports: PreflightsPorts) {
    this.#ports = ports;
  }

  /** In the order of `agents`; changes nothing on them. Never rejects: why one was not looked at is its `problem`. */
  async look(
    agents: readonly AgentKey[],
    purpose: PreflightPurpose,
    signal: AbortSignal,
  ): Promise<readonly AgentPreflight[]> {
    const found = new Map<AgentKey, AgentPreflight>();
    const queue = agents.values();
    const work = async () => {
      for (const agent of queue) found.set(agent, await this.#look(agent, purpose, signal));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return agents.flatMap((agent) => found.get(agent) ?? []);
  }

  /** Why all of these agents are known to be unfit for it; null when one of them may be sent the scan. */
  whyForbidden(agents: readonly AgentKey[], kind: ScanKind): string | null {
    const reasons = agents.map((agent) => this.#reasonAgainst(agent, kind));
    return reasons.every((reason) => reason !== null) ? (reasons[0] ?? null) : null;
  }

  #reasonAgainst({ profile, agentId }: AgentKey, kind: ScanKind): string | null {
    const found = this.#found.get(nameOf(profile, agentId, kind));
    if (!found || this.#ports.clock.now() - Date.parse(found.checkedAt) > COUNTS_MS) return null;
    return found.facts.find(({ state }) => state === 'forbids')?.found ?? null;
  }

  async #look(
    { profile, agentId }: AgentKey,
    purpose: PreflightPurpose,
    outer: AbortSignal,
  ): Promise<AgentPreflight> {
    const { fleet, clock } = this.#ports;
    const agent = fleet.agent(profile, agentId);
    const about = { profile, agentId, agentName: agent?.name ?? agentId };
    const checkedAt = new Date(clock.now()).toISOString();
    const signal = AbortSignal.any([outer, AbortSignal.timeout(LONGEST_LOOK_MS)]);
    try {
      const { facts } = await this.#onAgent({ profile, agentId }, purpose, signal);
      const found: AgentPreflight = { ...about, facts, checkedAt, problem: null };
      this.#remember(nameOf(profile, agentId, purpose.kind), found);
      return found;
    } catch (error) {
      const hasTime = !signal.aborted || outer.aborted;
      return { ...about, facts: [], checkedAt, problem: hasTime ? this.#problemOf(error) : TOO_SLOW };
    }
  }

  async #onAgent(
    { profile, agentId }: AgentKey,
    purpose: PreflightPurpose,
    signal: AbortSignal,
  ): Promise<PreflightFindings> {
    const { fleet, kes, clock, program } = this.#ports;
    const agent = fleet.agent(profile, agentId);
    const access = effectiveAccess(kes, profile, agentId);
    if (!agent || !access) throw noAccess();
    const lease = await fleet.openAgent(profile, agent, access, signal);
    try {
      const kesl = new KeslControl(lease.host, { ...(program === undefined ? {} : { program }), signal });
      const findings = await lookAtAgent({ host: lease.host, kesl, ...purpose, nowMs: clock.now() });
      const { kesVersion, taskNames } = findings;
      const script = await scriptOn(lease);
      kes.remember(profile, agentId, { kesVersion, taskNames, seenMs: clock.now(), ...script });
      return findings;
    } finally {
      await lease.close();
    }
  }

  #problemOf(error: unknown): AgentPreflight['problem'] {
    if (!(error instanceof DomainError)) {
      this.#ports.onTrouble(error);
      return {
        message: 'It could not be looked at for a reason that was not foreseen.',
        remedy: 'The log has it.',
      };
    }
    const need = error instanceof SshFailure ? hostKeyNeed(error) : null;
    return { message: error.message, remedy: error.remedy, ...(need && { need }) };
  }

  #remember(name: string, found: AgentPreflight): void {
    this.#found.delete(name);
    this.#found.set(name, found);
    for (const oldest of [...this.#found.keys()].slice(0, -MOST_REMEMBERED)) this.#found.delete(oldest);
  }
}

const TOO_SLOW = {
  message: 'It did not answer within a minute.',
  remedy: 'Look at the load of the agent, and at its network.',
};

/** Other needs are about the secrets of a manager. */
function hostKeyNeed({ need }: SshFailure) {
  return need?.kind === 'host-key-unknown' || need?.kind === 'host-key-changed' ? need : null;
}

function nameOf(profile: string, agentId: string, kind: ScanKind): string {
  return JSON.stringify([profile, agentId, kind]);
}

/** What cannot be seen of it stays as it was known. */
async function scriptOn(lease: AgentHostLease): Promise<Partial<Pick<KesMemory, 'script'>>> {
  try {
    const prefix = await lease.prefix();
    return prefix === null ? {} : { script: await lookAtScript(lease.host, prefix) };
  } catch {
    return {};
  }
}
