import { AGENTS, LAB_VERSION, MANAGER, type LabAgent } from './agents.ts';

export { LAB_VERSION } from './agents.ts';

/** An agent as the manager's database has it: what the API and `agent_control` tell of it. */
export interface LabAgentRecord {
  readonly id: string;
  readonly name: string;
  /** `any` when it is registered without an address. */
  readonly ip: string;
  readonly registerIP: string;
  readonly status: 'active' | 'disconnected' | 'never_connected';
  /** `Wazuh v4.14.7`; null before it ever connected. */
  readonly version: string | null;
  readonly os: LabOs | null;
  readonly groups: readonly string[];
  /** ISO 8601 with `+00:00`, as the API prints times. */
  readonly dateAdd: string;
  readonly lastKeepAlive: string | null;
  readonly disconnectionTime: string | null;
  readonly nodeName: string;
  readonly manager: string;
}

export interface LabOs {
  readonly name: string;
  readonly platform: string;
  readonly version: string;
  readonly major: string;
  readonly arch: string;
  readonly uname: string;
}

/** Enrolled like the rest, but silent: no alert comes from them. */
interface SilentAgent {
  readonly id: string;
  readonly name: string;
  readonly ip: string;
  readonly os: LabOs | null;
  readonly groups: readonly string[];
  /** Minutes since its last word; null: it never connected. */
  readonly silentForMinutes: number | null;
}

const NODE = 'node01';
/** The manager's own record is alive until the end of time. */
const FOR_EVER = '9999-12-31T23:59:59+00:00';

const DEBIAN = linuxOs('Debian GNU/Linux', 'debian', '12', '6.1.0-37-amd64');
const UBUNTU = linuxOs('Ubuntu', 'ubuntu', '24.04', '6.8.0-51-generic');
const ROCKY = linuxOs('Rocky Linux', 'rocky', '9', '5.14.0-503.el9');
const CENTOS = linuxOs('CentOS Linux', 'centos', '7', '3.10.0-1160.el7');
const BY_NAME: Readonly<Record<string, LabOs>> = {
  'Debian GNU/Linux 12': DEBIAN,
  'Ubuntu 24.04 LTS': UBUNTU,
  'Rocky Linux 9': ROCKY,
  'CentOS Linux 7': CENTOS,
  'Microsoft Windows 11 Pro': windowsOs('Microsoft Windows 11 Pro', '10.0.22631', '11'),
  'Microsoft Windows Server 2022': windowsOs('Microsoft Windows Server 2022 Standard', '10.0.20348', '2022'),
};

const SILENT: readonly SilentAgent[] = [
  {
    id: '013',
    name: 'laptop-sales-7',
    ip: 'any',
    os: UBUNTU,
    groups: ['default', 'desktops'],
    silentForMinutes: 3 * 24 * 60 + 41,
  },
  { id: '014', name: 'kiosk-ber-2', ip: '10.20.7.82', os: null, groups: ['default'], silentForMinutes: null },
];

/** What may change about the fleet while the lab runs. */
export interface FleetFacts {
  readonly more: readonly LabAgent[];
  /** Epoch milliseconds of its last word; null while it is connected. */
  readonly silentSince: (agent: LabAgent) => number | null;
}
const ALL_CONNECTED: FleetFacts = { more: [], silentSince: () => null };

/** Every enrolled agent, the manager first. `nowMs` is the lab's time, epoch milliseconds. */
export function agentRecords(
  nowMs: number,
  { more, silentSince }: FleetFacts = ALL_CONNECTED,
): readonly LabAgentRecord[] {
  const record = (agent: LabAgent, place: number) =>
    connectedOrNot(liveRecord(agent, nowMs, place), silentSince(agent));
  return [
    managerRecord(nowMs),
    ...AGENTS.map(record),
    ...SILENT.map((agent) => silentRecord(agent, nowMs)),
    ...more.map(record),
  ];
}

function connectedOrNot(record: LabAgentRecord, silentSince: number | null): LabAgentRecord {
  if (silentSince === null) return record;
  const lastKeepAlive = apiTime(silentSince);
  return { ...record, status: 'disconnected', lastKeepAlive, disconnectionTime: lastKeepAlive };
}

function managerRecord(nowMs: number): LabAgentRecord {
  return {
    ...common(nowMs),
    id: MANAGER.id,
    name: MANAGER.name,
    ip: '127.0.0.1',
    registerIP: '127.0.0.1',
    status: 'active',
    version: `Wazuh v${LAB_VERSION}`,
    os: DEBIAN,
    groups: [],
    lastKeepAlive: FOR_EVER,
  };
}

function liveRecord(agent: LabAgent, nowMs: number, place: number): LabAgentRecord {
  return {
    ...common(nowMs),
    id: agent.id,
    name: agent.name,
    ip: agent.ip ?? 'any',
    registerIP: agent.ip ?? 'any',
    status: 'active',
    version: `Wazuh v${agent.version}`,
    os: BY_NAME[agent.os] ?? null,
    groups: ['default', ...groupsOf(agent)],
    // Agents speak every ten seconds, each in its own second.
    lastKeepAlive: apiTime(nowMs - ((place * 3) % 10) * 1000),
  };
}

function silentRecord(agent: SilentAgent, nowMs: number): LabAgentRecord {
  const { id, name, ip, os, groups, silentForMinutes } = agent;
  const enrolled = { ...common(nowMs), id, name, ip, registerIP: ip, os, groups };
  if (silentForMinutes === null) return { ...enrolled, status: 'never_connected', version: null };
  const lastMs = nowMs - silentForMinutes * 60_000;
  return {
    ...enrolled,
    status: 'disconnected',
    version: 'Wazuh v4.9.2',
    lastKeepAlive: apiTime(lastMs),
    disconnectionTime: apiTime(lastMs + 15 * 60_000),
  };
}

function common(nowMs: number) {
  return {
    dateAdd: apiTime(nowMs - 400 * 86_400_000),
    lastKeepAlive: null,
    disconnectionTime: null,
    nodeName: NODE,
    manager: MANAGER.name,
  };
}

function groupsOf({ role, isWindows }: LabAgent): readonly string[] {
  if (isWindows) return ['windows'];
  return role === 'web' || role === 'database' ? ['servers', role] : ['servers'];
}

/** `2026-11-21T09:00:00+00:00`: whole seconds. */
function apiTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+00:00`;
}

function linuxOs(name: string, platform: string, version: string, kernel: string): LabOs {
  const [major = version] = version.split('.');
  return { name, platform, version, major, arch: 'x86_64', uname: `Linux |host |${kernel} |x86_64` };
}

function windowsOs(name: string, version: string, major: string): LabOs {
  return { name, platform: 'windows', version, major, arch: 'x86_64', uname: name };
}
