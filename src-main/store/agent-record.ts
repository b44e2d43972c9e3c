import { z } from 'zod';
import { AGENT_STATUSES, type KnownAgent } from '../../src-shared/domain/agent.ts';

/** What a row of `manager_agent` says of the agent. */
export interface AgentRecord {
  readonly agent_id: string;
  readonly name: string;
  readonly ip: string | null;
  readonly status: string;
  readonly version: string | null;
  readonly os_name: string | null;
  readonly os_platform: string | null;
  readonly agent_groups: string;
  readonly last_keep_alive: string | null;
  readonly node_name: string | null;
}

const storedStatus = z.enum(AGENT_STATUSES).catch('unknown');
const storedGroups = z.array(z.string()).catch([]);

export function agentFromRecord(row: AgentRecord): KnownAgent {
  return {
    agentId: row.agent_id,
    name: row.name,
    ip: row.ip,
    status: storedStatus.parse(row.status),
    version: row.version,
    osName: row.os_name,
    osPlatform: row.os_platform,
    groups: storedGroups.parse(JSON.parse(row.agent_groups)),
    lastKeepAlive: row.last_keep_alive,
    nodeName: row.node_name,
  };
}
