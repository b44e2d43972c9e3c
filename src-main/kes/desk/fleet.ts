import type { KnownAgent } from '../../../src-shared/domain/agent.ts';
import type { PlanInput } from '../../../src-shared/domain/scan-plan-types.ts';
import type { AgentAccess } from '../../../src-shared/ipc/scans.ts';
import type { WazuhApi } from '../../manager/api/wazuh-api.ts';
import type { ManagerHost } from '../../manager/host/manager-host.ts';

/** The agents and their managers as the connections know them; `app/` supplies it. */
export interface Fleet {
  /** Null when the manager's list does not hold it (any more). */
  agent(profile: string, agentId: string): KnownAgent | null;
  /** What a plan needs to know of the manager; null without such a connection. */
  manager(profile: string): PlanInput['manager'] | null;
  api(profile: string): WazuhApi | null;
  host(profile: string): ManagerHost | null;
  /** Asks the manager for its agents soon: somebody waits for one of them. */
  refreshAgents(profile: string): void;
  /**
   * The agent's own machine over SSH. Errors: `kes.no-access`, those of SSH (a host key that a person must accept
   * among them).
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
  close(): Promise<void>;
}
