import type { HashAlgorithm } from '../../../src-shared/domain/file-hash.ts';

/** What a machine is for; decides which files live on it. */
export type AgentRole = 'web' | 'database' | 'mail' | 'build' | 'files' | 'desktop' | 'domain' | 'legacy';

/** A machine with an agent, as the manager knows it. */
export interface LabAgent {
  /** `001` and up; `000` is the manager itself. */
  readonly id: string;
  readonly name: string;
  /** Null when it is registered with IP `any`, and for the manager. */
  readonly ip: string | null;
  readonly role: AgentRole | null;
  readonly os: string;
  /** Of its Wazuh agent: `4.14.7`. */
  readonly version: string;
  readonly isWindows: boolean;
  /** The digests its FIM configuration asks for. */
  readonly digests: readonly HashAlgorithm[];
  /** Agent labels, dotted as in the agent's configuration. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Of the manager, and of most of its agents. */
export const LAB_VERSION = '4.14.7';

const ALL: readonly HashAlgorithm[] = ['md5', 'sha1', 'sha256'];
const DEBIAN = 'Debian GNU/Linux 12';
const AMSTERDAM = { role: 'web front', 'site.name': 'amsterdam' };

export const MANAGER: LabAgent = linux('000', 'lab-manager', null, null, DEBIAN);

export const AGENTS: readonly LabAgent[] = [
  { ...linux('001', 'web-ams-1', '10.20.1.11', 'web', DEBIAN), labels: AMSTERDAM },
  { ...linux('002', 'web-ams-2', '10.20.1.12', 'web', DEBIAN), labels: AMSTERDAM },
  { ...linux('003', 'web-ams-3', '10.20.1.13', 'web', DEBIAN), labels: AMSTERDAM },
  linux('004', 'db-fra-1', '10.20.2.21', 'database', 'Ubuntu 24.04 LTS'),
  linux('005', 'db-fra-2', 'fd00:20:2::22', 'database', 'Ubuntu 24.04 LTS'),
  linux('006', 'mail-ams-1', '10.20.3.31', 'mail', DEBIAN),
  // One fleet, several ages: responses work differently before 4.2, and again before that.
  { ...linux('007', 'mail-ams-2', '10.20.3.32', 'mail', DEBIAN), version: '4.3.11' },
  { ...linux('008', 'build-01', '10.20.4.41', 'build', 'Rocky Linux 9'), version: '4.1.5' },
  linux('009', 'file-fra-1', '10.20.2.51', 'files', DEBIAN),
  windows('010', 'win-hr-03', null, 'desktop', 'Microsoft Windows 11 Pro'),
  windows('011', 'win-dc-01', '10.20.5.61', 'domain', 'Microsoft Windows Server 2022'),
  // An old machine whose FIM asks for MD5 only: lookups have nothing stronger to go by.
  {
    ...linux('012', 'legacy-erp-1', '10.20.6.71', 'legacy', 'CentOS Linux 7'),
    digests: ['md5'],
    version: '3.13.6',
  },
];

export function agentById(id: string): LabAgent | null {
  if (id === MANAGER.id) return MANAGER;
  return AGENTS.find((agent) => agent.id === id) ?? null;
}

export function agentByName(name: string): LabAgent | null {
  return AGENTS.find((agent) => agent.name === name) ?? null;
}

/** Of the ages of a large fleet; healthy ones with nothing on them that anybody watches. */
const AGES = [LAB_VERSION, LAB_VERSION, LAB_VERSION, '4.9.2', LAB_VERSION, '4.3.11', '3.13.6', '4.1.5'];
const FIRST_OF_MANY = 15;

/** As many more as make `total` enrolled agents, 014 being the last of the others. They take no part in scenes. */
export function moreAgents(total: number): readonly LabAgent[] {
  return Array.from({ length: Math.max(0, total - FIRST_OF_MANY + 1) }, (_, place) => {
    const number = FIRST_OF_MANY + place;
    const id = String(number).padStart(3, '0');
    const agent = linux(id, `node-${id}`, `10.30.${number >> 8}.${number & 255}`, null, DEBIAN);
    return { ...agent, version: AGES[place % AGES.length] ?? LAB_VERSION };
  });
}

function linux(id: string, name: string, ip: string | null, role: AgentRole | null, os: string): LabAgent {
  return { id, name, ip, role, os, version: LAB_VERSION, isWindows: false, digests: ALL, labels: {} };
}

function windows(id: string, name: string, ip: string | null, role: AgentRole, os: string): LabAgent {
  return { ...linux(id, name, ip, role, os), isWindows: true };
}
