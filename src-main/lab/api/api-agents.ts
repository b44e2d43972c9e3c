import { AGENTS, MANAGER, type LabAgent } from '../world/agents.ts';

/** An agent as the API lists it (wazuh.md 7.4); what a manager does not know of it is absent. */
export interface LabApiAgent {
  readonly id: string;
  readonly name: string;
  readonly ip: string;
  readonly registerIP: string;
  readonly status: 'active' | 'pending' | 'never_connected' | 'disconnected';
  readonly status_code: number;
  readonly dateAdd: string;
  readonly node_name: string;
  readonly version?: string;
  readonly os?: Readonly<Record<string, string>>;
  readonly group?: readonly string[];
  readonly manager?: string;
  readonly lastKeepAlive?: string;
  readonly disconnection_time?: string;
  readonly group_config_status: string;
}

/** The world's agents, one that is away and one that was registered and never came. */
export function labApiAgents(nowMs: number, version = '4.14.7'): readonly LabApiAgent[] {
  const registered = apiTime(nowMs - 90 * 86_400_000);
  const present = AGENTS.map((agent) => presentAgent(agent, { nowMs, version, registered }));
  return [
    {
      ...presentAgent(MANAGER, { nowMs, version, registered }),
      ip: '127.0.0.1',
      registerIP: '127.0.0.1',
      lastKeepAlive: '9999-12-31T23:59:59+00:00',
    },
    ...present,
    {
      ...presentAgent({ ...AGENT_TEMPLATE, id: '013', name: 'build-02' }, { nowMs, version, registered }),
      status: 'disconnected',
      status_code: 4,
      lastKeepAlive: apiTime(nowMs - 3 * 3_600_000),
      disconnection_time: apiTime(nowMs - 3 * 3_600_000 + 900_000),
    },
    {
      id: '014',
      name: 'laptop-07',
      ip: 'any',
      registerIP: 'any',
      status: 'never_connected',
      status_code: 5,
      dateAdd: registered,
      node_name: 'unknown',
      group_config_status: 'not synced',
    },
  ];
}

const AGENT_TEMPLATE: LabAgent = AGENTS.find(({ role }) => role === 'build') ?? MANAGER;

interface Circumstances {
  readonly nowMs: number;
  readonly version: string;
  readonly registered: string;
}

function presentAgent(agent: LabAgent, { nowMs, version, registered }: Circumstances): LabApiAgent {
  return {
    id: agent.id,
    name: agent.name,
    ip: agent.ip ?? '10.20.9.9',
    registerIP: agent.ip ?? 'any',
    status: 'active',
    status_code: 0,
    dateAdd: registered,
    node_name: 'node01',
    version: `Wazuh v${version}`,
    os: systemOf(agent),
    ...(agent.id === MANAGER.id
      ? {}
      : { group: agent.role === null ? ['default'] : ['default', agent.role] }),
    manager: MANAGER.name,
    lastKeepAlive: apiTime(nowMs - (Number(agent.id) % 10) * 1000),
    group_config_status: 'synced',
  };
}

/** `Debian GNU/Linux 12` as the agent reports it in parts. */
function systemOf({ os, isWindows }: LabAgent): Readonly<Record<string, string>> {
  if (isWindows) return { name: os, platform: 'windows', version: '10.0.22631', major: '10', minor: '0' };
  const [, name = os, version = ''] = /^(.*?) (\d[\d.]*)/.exec(os) ?? [];
  const [major = '', minor = ''] = version.split('.');
  return {
    arch: 'x86_64',
    name,
    version,
    major,
    minor,
    platform: name.split(' ')[0]?.toLowerCase() ?? 'linux',
  };
}

export function apiTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+00:00`;
}
