import type { LabApiAgent } from '../../src-main/lab/api/api-agents.ts';

/** An agent that is there, as `GET /agents` of a lab's API lists it. */
export function aListedAgent(change: Pick<LabApiAgent, 'id' | 'name'> & Partial<LabApiAgent>): LabApiAgent {
  return {
    ip: '192.0.2.10',
    registerIP: 'any',
    status: 'active',
    status_code: 0,
    dateAdd: '2026-01-01T00:00:00+00:00',
    node_name: 'node01',
    version: 'Wazuh v4.14.7',
    group_config_status: 'synced',
    ...change,
  };
}
