import type { LabApiAgent } from '../api/api-agents.ts';
import type { LabAgentRecord } from '../world/agent-records.ts';

/** A record in the API's words; what the manager does not know is absent. */
export function apiAgent(record: LabAgentRecord): LabApiAgent {
  const { id, name, ip, registerIP, status, dateAdd, nodeName, manager } = record;
  const isKnown = record.version !== null;
  return {
    id,
    name,
    ip,
    registerIP,
    status,
    status_code: STATUS_CODES[status],
    dateAdd,
    node_name: isKnown ? nodeName : 'unknown',
    group_config_status: isKnown ? 'synced' : 'not synced',
    ...(isKnown ? { manager } : {}),
    ...(record.version === null ? {} : { version: record.version }),
    ...(record.os === null ? {} : { os: { ...record.os } }),
    ...(record.groups.length === 0 ? {} : { group: record.groups }),
    ...(record.lastKeepAlive === null ? {} : { lastKeepAlive: record.lastKeepAlive }),
    ...(record.disconnectionTime === null ? {} : { disconnection_time: record.disconnectionTime }),
  };
}

const STATUS_CODES = { active: 0, disconnected: 4, never_connected: 5 } as const;
