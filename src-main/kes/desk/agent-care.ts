/** What is known of KES on one agent, how it is reached, and our script on it. */
import { availabilityOf } from '../../../src-shared/domain/scan-kinds.ts';
import { SCAN_KINDS } from '../../../src-shared/domain/scan.ts';
import { parseKesVersion } from '../../../src-shared/domain/kes-version.ts';
import { AGENT_SECRET_KINDS, type AgentSecretKind } from '../../../src-shared/domain/connection-profile.ts';
import type { AgentAccess, AgentKes } from '../../../src-shared/ipc/scans.ts';
import type { Clock } from '../../app/clock.ts';
import { installScript, lookAtScript, removeScript, scriptPlace } from '../agent-script/agent-script.ts';
import type { AgentKesStore, AuditTrail } from '../scan-store.ts';
import { noAccess, noPrefix, notListed } from './desk-errors.ts';
import type { AgentHostLease, Fleet } from './fleet.ts';
import { effectiveAccess } from './plan-request.ts';
import type { AgentKey } from './preflights.ts';

export interface AgentCarePorts {
  readonly fleet: Fleet;
  readonly kes: AgentKesStore;
  readonly audit: AuditTrail;
  readonly secrets: AgentSecrets;
  readonly clock: Clock;
  readonly who: string;
  readonly onChange: () => void;
}

export type AgentSecretValues = ReadonlyMap<AgentSecretKind, string>;

/** Where the secrets of agents are kept, apart from those of their managers. */
export interface AgentSecrets {
  /** Those that are left out stay. Errors: those of keeping secrets. */
  keep(profile: string, agentId: string | null, secrets: AgentSecretValues): Promise<void>;
  forget(profile: string, agentId: string | null, kinds: readonly AgentSecretKind[]): Promise<void>;
  /** What was turned down is tried once more. */
  retry(profile: string, agentId: string | null): void;
}

const LONGEST_MS = 90_000;

export class AgentCare {
  readonly #ports: AgentCarePorts;

  constructor(ports: AgentCarePorts) {
    this.#ports = ports;
  }

  kesOf({ profile, agentId }: AgentKey): AgentKes {
    const { kes } = this.#ports;
    const { kesVersion, taskNames, script, seenMs } = kes.memory(profile, agentId);
    const known = { version: parseKesVersion(kesVersion ?? ''), taskNames };
    return {
      access: {
        own: kes.access(profile, agentId),
        template: kes.access(profile, null),
        effective: effectiveAccess(kes, profile, agentId),
      },
      kesVersion,
      script,
      kinds: SCAN_KINDS.map((kind) => availabilityOf(kind, known)),
      seenAt: seenMs === null ? null : new Date(seenMs).toISOString(),
    };
  }

  /** `agentId` null: the template of the profile. Errors: `scans.no-connection`, those of keeping secrets. */
  async setAccess(
    profile: string,
    agentId: string | null,
    access: AgentAccess | null,
    secrets: AgentSecretValues,
  ): Promise<void> {
    const { kes, secrets: kept, onChange } = this.#ports;
    const whose = agentId === null ? `all agents of ${profile}` : `${profile}/${agentId}`;
    this.#note(
      'agent access',
      access === null
        ? `${whose}: none of its own`
        : `${whose}: ${access.isOn ? `${access.user}@${access.host}:${access.port}` : 'off'}`,
    );
    const lapsed = lapsedSecrets(kes.access(profile, agentId), access);
    await kept.forget(profile, agentId, lapsed);
    await kept.keep(profile, agentId, secrets);
    kes.setAccess(profile, agentId, access);
    kept.retry(profile, agentId);
    onChange();
  }

  /** Errors: `kes.not-listed`, `kes.no-access`, `kes.no-agent`, `kes.script-not-kept`, those of SSH and of the host. */
  async installScript(key: AgentKey): Promise<void> {
    this.#note('script install', `${key.profile}/${key.agentId}`);
    await this.#onScript(key, async (lease, prefix) => installScript(lease.host, prefix));
  }

  /** Harmless where it is not. Errors: as `installScript`. */
  async removeScript(key: AgentKey): Promise<void> {
    this.#note('script remove', `${key.profile}/${key.agentId}`);
    await this.#onScript(key, async (lease, prefix) => removeScript(lease.host, prefix));
  }

  async #onScript(
    { profile, agentId }: AgentKey,
    work: (lease: AgentHostLease, prefix: string) => Promise<void>,
  ): Promise<void> {
    const { fleet, kes, clock, onChange } = this.#ports;
    const agent = fleet.agent(profile, agentId);
    const access = effectiveAccess(kes, profile, agentId);
    if (!agent) throw notListed(agentId);
    if (!access) throw noAccess();
    const lease = await fleet.openAgent(profile, agent, access, AbortSignal.timeout(LONGEST_MS));
    try {
      const prefix = await lease.prefix();
      if (prefix === null) throw noPrefix(lease.name);
      await work(lease, prefix);
      const script = await lookAtScript(lease.host, prefix);
      kes.remember(profile, agentId, { script, seenMs: clock.now() });
      this.#note('script seen', `${profile}/${agentId}: ${scriptPlace(prefix)} is ${script}`);
    } finally {
      await lease.close();
      onChange();
    }
  }

  #note(deed: string, detail: string): void {
    const { audit, who, clock } = this.#ports;
    audit.append({ who, deed, detail }, clock.now());
  }
}

/** Secrets that the new access has no use for, or that were given for another machine, account or key. */
function lapsedSecrets(before: AgentAccess | null, access: AgentAccess | null): readonly AgentSecretKind[] {
  if (access === null) return AGENT_SECRET_KINDS;
  const isSamePlace =
    before !== null &&
    before.host === access.host &&
    before.port === access.port &&
    before.user === access.user &&
    before.throughManager === access.throughManager;
  const uses = {
    password: isSamePlace && access.methods.includes('password'),
    passphrase: before?.keyPath === access.keyPath && access.methods.includes('key'),
    'sudo-password': isSamePlace && access.elevation === 'sudo-password',
  };
  return AGENT_SECRET_KINDS.filter((kind) => !uses[kind]);
}
