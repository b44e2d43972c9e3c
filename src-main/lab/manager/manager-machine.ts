import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabTime } from '../lab-time.ts';
import type { Account } from '../machine/accounts.ts';
import { MachineTree } from '../machine/machine-tree.ts';
import { Machine } from '../machine/machine.ts';
import type { OwnerRule } from '../machine/ownership.ts';
import type { Program } from '../machine/program.ts';
import { usualPrograms } from '../machine/programs/usual.ts';
import { MANAGER } from '../world/agents.ts';
import { agentControl } from './agent-control.ts';
import { dpkgQuery, queueWriter, wazuhControl, type ManagerFacts } from './wazuh-programs.ts';

/** Where the manager is installed, as its clients see it. */
export const LAB_PREFIX = '/var/ossec';
const QUEUE = `${LAB_PREFIX}/queue/sockets/queue`;

const account = (name: string, uid: number, more: Partial<Account>): Account => ({
  name,
  uid,
  groups: [name, 'wazuh'],
  home: `/home/${name}`,
  hasShell: true,
  maySudo: false,
  ...more,
});

/** Group member with `sudo -n`; the same with a second factor; one that may only transfer files. */
export const LAB_ACCOUNTS = {
  verdict: account('verdict', 1001, { maySudo: true }),
  secondFactor: account('verdict-2fa', 1002, {}),
  filesOnly: account('verdict-sftp', 1003, { hasShell: false }),
} as const;

/** wazuh.md 1.4, 4.3 and later; the first that matches counts. */
const OWNERS: readonly OwnerRule[] = [
  [/^\/var\/ossec\/bin\/[^/]+$/, 'root', 'root'],
  [/^\/var\/ossec\/etc(\/(rules|decoders)(\/.*)?)?$/, 'wazuh', 'wazuh'],
  [/^\/var\/ossec\/(logs|queue)(\/|$)/, 'wazuh', 'wazuh'],
  [/^\/var\/ossec(\/|$)/, 'root', 'wazuh'],
  ...Object.values(LAB_ACCOUNTS).map(({ name, home }): OwnerRule => [
    new RegExp(`^${home}(/|$)`),
    name,
    name,
  ]),
];

export interface ManagerMachineParts {
  /** The manager's prefix on this computer. */
  readonly root: string;
  /** Everything else of the machine; made when absent. */
  readonly machineFolder: string;
  readonly time: LabTime;
  readonly facts: ManagerFacts;
  readonly password: () => string;
}

/** The simulated manager's computer: `/var/ossec` is the lab's tree, the programs are those this product asks for. */
export function managerMachine({ root, machineFolder, time, facts, password }: ManagerMachineParts): Machine {
  layOutMachine(machineFolder);
  return new Machine({
    hostName: MANAGER.name,
    tree: new MachineTree([
      { at: '/', real: machineFolder },
      { at: LAB_PREFIX, real: root },
    ]),
    owners: OWNERS,
    accounts: Object.values(LAB_ACCOUNTS),
    sockets: new Set([QUEUE]),
    time,
    programs: new Map<string, Program>([
      ...usualPrograms(password),
      ['dpkg-query', dpkgQuery(facts)],
      ['python3', queueWriter(facts, QUEUE)],
      ['perl', queueWriter(facts, QUEUE)],
      [`${LAB_PREFIX}/framework/python/bin/python3`, queueWriter(facts, QUEUE)],
      [`${LAB_PREFIX}/bin/wazuh-control`, wazuhControl(facts)],
      [`${LAB_PREFIX}/bin/agent_control`, agentControl(facts)],
    ]),
  });
}

function layOutMachine(folder: string): void {
  const folders = ['etc', 'tmp', 'root', 'var/ossec', ...Object.values(LAB_ACCOUNTS).map(({ home }) => home)];
  for (const path of folders) mkdirSync(join(folder, path), { recursive: true, mode: 0o755 });
  const release = join(folder, 'etc/os-release');
  if (existsSync(release)) return;
  writeFileSync(release, 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n', {
    mode: 0o644,
  });
}
