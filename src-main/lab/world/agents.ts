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
  readonly isWindows: boolean;
  /** The digests its FIM configuration asks for. */
  readonly digests: readonly HashAlgorithm[];
  /** Agent labels, dotted as in the agent's configuration. */
  readonly labels: Readonly<Record<string, string>>;
}

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
  linux('007', 'mail-ams-2', '10.20.3.32', 'mail', DEBIAN),
  linux('008', 'build-01', '10.20.4.41', 'build', 'Rocky Linux 9'),
  linux('009', 'file-fra-1', '10.20.2.51', 'files', DEBIAN),
  windows('010', 'win-hr-03', null, 'desktop', 'Microsoft Windows 11 Pro'),
  windows('011', 'win-dc-01', '10.20.5.61', 'domain', 'Microsoft Windows Server 2022'),
  // An old machine whose FIM asks for MD5 only: lookups have nothing stronger to go by.
  { ...linux('012', 'legacy-erp-1', '10.20.6.71', 'legacy', 'CentOS Linux 7'), digests: ['md5'] },
];

export function agentById(id: string): LabAgent | null {
  if (id === MANAGER.id) return MANAGER;
  return AGENTS.find((agent) => agent.id === id) ?? null;
}

export function agentByName(name: string): LabAgent | null {
  return AGENTS.find((agent) => agent.name === name) ?? null;
}

function linux(id: string, name: string, ip: string | null, role: AgentRole | null, os: string): LabAgent {
  return { id, name, ip, role, os, isWindows: false, digests: ALL, labels: {} };
}

function windows(id: string, name: string, ip: string | null, role: AgentRole, os: string): LabAgent {
  return { ...linux(id, name, ip, role, os), isWindows: true };
}
