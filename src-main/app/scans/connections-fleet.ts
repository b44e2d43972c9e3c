import type { KnownAgent } from '../../../src-shared/domain/agent.ts';
import {
  agentSecret,
  DEFAULT_PREFIX,
  DEFAULT_SSH_PORT,
  type SshHop,
} from '../../../src-shared/domain/connection-profile.ts';
import type { PlanInput } from '../../../src-shared/domain/scan-plan-types.ts';
import { parseWazuhVersion } from '../../../src-shared/domain/wazuh-version.ts';
import type { AgentAccess } from '../../../src-shared/ipc/scans.ts';
import { addressOf } from '../../kes/desk/agent-address.ts';
import type { AgentHostLease, Fleet } from '../../kes/desk/fleet.ts';
import type { AgentKey } from '../../kes/desk/preflights.ts';
import type { AgentKesStore } from '../../kes/scan-store.ts';
import type { WazuhApi } from '../../manager/api/wazuh-api.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';
import type { LiveJump } from '../../manager/ssh/connect-through.ts';
import type { Store } from '../../store/open-store.ts';
import type { ConnectionTools } from '../connections/connection-tools.ts';
import type { Connections } from '../connections/connections.ts';
import type { ManagerConnection } from '../connections/manager-connection.ts';
import { AgentDetails } from './agent-details.ts';
import { AgentLinks } from './agent-links.ts';
import { noAddress } from './agent-link-errors.ts';
import { ResponseNames } from './response-names.ts';

export interface ConnectionsFleetParts {
  readonly connections: Connections;
  readonly tools: ConnectionTools;
  readonly agents: Store['managerAgents'];
  readonly kes: AgentKesStore;
}

/** Managers are not asked for their agents more often, whoever waits for one. */
const REFRESH_AGAIN_MS = 60_000;

/** The fleet behind the connections of a data folder. */
export class ConnectionsFleet implements Fleet {
  readonly #parts: ConnectionsFleetParts;
  readonly #names: ResponseNames;
  readonly #details: AgentDetails;
  readonly #links: AgentLinks;
  readonly #refreshedMs = new Map<number, number>();

  constructor(parts: ConnectionsFleetParts) {
    this.#parts = parts;
    this.#names = new ResponseNames(parts.tools.clock);
    this.#details = new AgentDetails(parts.tools.clock);
    this.#links = new AgentLinks(parts.tools);
  }

  agent(profile: string, agentId: string): KnownAgent | null {
    const connection = this.#connection(profile);
    const agent = connection && this.#parts.agents.get(connection.profile.id, agentId);
    if (!agent || agent.version !== null) return agent;
    const details = this.#details.of(connection.profile.id, agentId);
    return details ? { ...agent, version: details.version, osName: agent.osName ?? details.osName } : agent;
  }

  manager(profile: string): PlanInput['manager'] | null {
    const connection = this.#connection(profile);
    if (!connection) return null;
    const { capabilities, api, host, prefix } = connection.ways;
    const found = capabilities?.findings.find(({ capability }) => capability === 'dispatch-responses');
    const byFinding = found?.state === 'holds' ? found.via : null;
    const dispatch = capabilities?.dispatch ?? {
      byApi: byFinding === 'api' ? true : null,
      byHost: byFinding !== null && byFinding !== 'api',
    };
    return {
      version: parseWazuhVersion(capabilities?.manager.version ?? ''),
      api: api && { mayDispatch: dispatch.byApi },
      mayRunAgentControl: host !== null && dispatch.byHost === true,
      responseNames: this.#names.of(connection.profile.id),
      prefix: prefix ?? DEFAULT_PREFIX,
    };
  }

  async refreshManagers(agents: readonly AgentKey[]): Promise<void> {
    const ofProfiles = Map.groupBy(agents, ({ profile }) => profile);
    await Promise.all([...ofProfiles].map(([profile, asked]) => this.#refreshManager(profile, asked)));
  }

  api(profile: string): WazuhApi | null {
    return this.#connection(profile)?.ways.api ?? null;
  }

  host(profile: string): ManagerHost | null {
    return this.#connection(profile)?.ways.host ?? null;
  }

  /** A way that the profile does not have counts as one: trying it says what is missing. */
  isReachable(profile: string, route: 'api' | 'agent-control'): boolean {
    const ways = this.#connection(profile)?.ways;
    if (!ways) return false;
    if (route === 'agent-control') return ways.isHostUp;
    const state = ways.api?.status.state ?? 'off';
    return state === 'off' || state === 'connecting' || state === 'connected';
  }

  refreshAgents(profile: string): void {
    const { connections, tools } = this.#parts;
    const id = this.#connection(profile)?.profile.id;
    const nowMs = tools.clock.now();
    if (id === undefined || nowMs - (this.#refreshedMs.get(id) ?? -Infinity) < REFRESH_AGAIN_MS) return;
    this.#refreshedMs.set(id, nowMs);
    connections
      .refreshAgents(id)
      .catch((error: unknown) => tools.log.warn('scans.agents-not-asked', { profile, error }));
  }

  jumpsTo(profile: string): readonly string[] {
    const ssh = this.#connection(profile)?.profile.ssh;
    return ssh ? [...ssh.jumps, ssh].map(hopName) : [];
  }

  async openAgent(
    profile: string,
    agent: KnownAgent,
    access: AgentAccess,
    signal: AbortSignal,
  ): Promise<AgentHostLease> {
    const connection = this.#connection(profile);
    const host = addressOf(access, agent);
    if (!connection || host === '') throw noAddress(agent.name, access.host);
    const { tools, kes } = this.#parts;
    const { id } = connection.profile;
    const owner = kes.access(profile, agent.agentId) ? agent.agentId : null;
    const address = {
      key: keyOf(id, agent.agentId),
      host,
      access,
      jump: access.throughManager ? jumpThrough(connection, signal) : null,
      secretOf: (kind: Parameters<typeof agentSecret>[1]) => tools.secrets.get(id, agentSecret(owner, kind)),
    };
    return this.#links.open(address, signal);
  }

  /** Secrets that agents turned down are tried once more; `agentId` null: by all agents of the profile. */
  retryAgents(profileId: number, agentId: string | null): void {
    const own = agentId === null ? null : keyOf(profileId, agentId);
    this.#links.retry((key) => (own === null ? key.startsWith(`${profileId}/`) : key === own));
  }

  #connection(profile: string): ManagerConnection | null {
    return this.#parts.connections.named(profile);
  }

  async #refreshManager(profile: string, asked: readonly AgentKey[]): Promise<void> {
    const connection = this.#connection(profile);
    if (!connection) return;
    const { host, prefix, isHostUp, capabilities } = connection.ways;
    if (!host || prefix === null || !isHostUp) return;
    const { id } = connection.profile;
    const probedAt = capabilities?.probedAt ?? null;
    const isUnknown = ({ agentId }: AgentKey) => this.#parts.agents.get(id, agentId)?.version === null;
    const unknown = capabilities?.dispatch?.byHost === true ? asked.filter(isUnknown) : [];
    await Promise.all([
      this.#names.refresh(id, { host, prefix, probedAt }),
      this.#details.refresh(
        id,
        unknown.map(({ agentId }) => agentId),
        { host, prefix },
      ),
    ]);
  }
}

function hopName({ user, host, port }: SshHop): string {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  return `${user}@${bracketed}${port === DEFAULT_SSH_PORT ? '' : `:${port}`}`;
}

function keyOf(profileId: number, agentId: string): string {
  return `${profileId}/${agentId}`;
}

/** Null where the manager is this very machine: its agents are reached directly. */
function jumpThrough(connection: ManagerConnection, signal: AbortSignal): (() => Promise<LiveJump>) | null {
  const { ssh } = connection.profile;
  const { link } = connection.ways;
  if (!ssh || !link) return null;
  return async () => ({ session: await link.session(signal), hop: ssh });
}
