import type { KnownAgent } from '../../../src-shared/domain/agent.ts';
import type { PlanInput } from '../../../src-shared/domain/scan-plan-types.ts';
import type { AgentAccess } from '../../../src-shared/ipc/scans.ts';
import type { WazuhApi } from '../../manager/api/wazuh-api.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';
import type { AgentKey } from './preflights.ts';

/** The agents and their managers as the connections know them; `app/` supplies it. */
export interface Fleet {
  /** Null when the manager's list does not hold it (any more). */
  agent(profile: string, agentId: string): KnownAgent | null;
  /** What a plan needs to know of the manager; null without such a connection. */
  manager(profile: string): PlanInput['manager'] | null;
  /**
   * Looks up what `manager` tells and may be old, and of agents whose version nobody told what it takes to ask them.
   * Seconds at most, and never an error.
   */
  refreshManagers(agents: readonly AgentKey[]): Promise<void>;
  api(profile: string): Pick<WazuhApi, 'request'> | null;
  host(profile: string): Pick<ManagerHost, 'run'> | null;
  /** Whether a request to that manager could leave at the moment. */
  isReachable(profile: string, route: 'api' | 'agent-control'): boolean;
  /** Asks the manager for its agents soon: somebody waits for one of them. */
  refreshAgents(profile: string): void;
  /** `user@host[:port]` of what leads to agents through the manager, itself last; empty where it is this machine. */
  jumpsTo(profile: string): readonly string[];
  /**
   * The agent's own machine over SSH. Errors: `kes.no-access`, `kes.no-address`, those of SSH (a host key that a person
   * must accept among them).
   */
  openAgent(
    profile: string,
    agent: KnownAgent,
    access: AgentAccess,
    signal: AbortSignal,
  ): Promise<AgentHostLease>;
}

export interface AgentHostLease {
  readonly host: ManagerHost;
  /** The address it was reached at, for the record. */
  readonly name: string;
  /** Where Wazuh is installed there; null when it is not found. Errors: those of the host. */
  prefix(): Promise<string | null>;
  close(): Promise<void>;
}
