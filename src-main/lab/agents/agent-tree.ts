import { appendFileSync, chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabAgent } from '../world/agents.ts';

/** Where the agent is installed, as its machine names it. */
export const AGENT_PREFIX = '/var/ossec';
export const RESPONSES_LOG = `${AGENT_PREFIX}/logs/active-responses.log`;
export const OUR_SCRIPT = 'verdict-desk-kes';
export const KESL_CONTROL = '/opt/kaspersky/kesl/bin/kesl-control';

/** What the agent's package puts into `active-response/bin`, of what this product meets (kesl.md section 9). */
const SHIPPED = {
  new: ['kaspersky', 'kaspersky.py', 'restart-wazuh', 'restart.sh', 'firewall-drop'],
  old: ['kaspersky.sh', 'kaspersky.py', 'restart-ossec.sh', 'restart.sh', 'firewall-drop.sh'],
} as const;

const PROGRAM_TEXT = 'A program of the simulated machine: the lab itself answers for it.\n';
const FOLDERS = [
  'etc',
  'home/verdict',
  'opt',
  'proc',
  'root',
  'tmp',
  'var/log',
  'var/opt',
  'var/ossec/active-response/bin',
  'var/ossec/etc',
  'var/ossec/logs',
];

/** JSON on standard input since 4.2, words as arguments before. */
export function takesJson({ version }: Pick<LabAgent, 'version'>): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 4 || (major === 4 && minor >= 2);
}

/** The group of the agent's files: `ossec` until 4.2, `wazuh` since 4.3. */
export function groupOf({ version }: Pick<LabAgent, 'version'>): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 4 || (major === 4 && minor >= 3) ? 'wazuh' : 'ossec';
}

export interface AgentTreeParts {
  readonly agent: LabAgent;
  /** On this computer; made when it is needed first: a fleet of hundreds costs nothing until it is used. */
  readonly folder: string;
  readonly hasKes: boolean;
  /** The text of our script, where it was installed before the lab began. */
  readonly script: string | null;
}

/** The disk of one machine with an agent. */
export class AgentTree {
  readonly folder: string;
  readonly #parts: AgentTreeParts;
  #hasKes: boolean;

  constructor(parts: AgentTreeParts) {
    this.folder = parts.folder;
    this.#parts = parts;
    this.#hasKes = parts.hasKes;
  }

  /** Whether `active-response/bin` holds a program of that name. */
  hasProgram(name: string): boolean {
    if (name.includes('/')) return false;
    if (this.#isLaidOut) return existsSync(join(this.folder, AGENT_PREFIX, 'active-response/bin', name));
    return this.#programs().some(([known]) => known === name);
  }

  holds(path: string): boolean {
    return existsSync(join(this.folder, path));
  }

  /** Appends a line to the agent's active-responses.log. */
  log(line: string): void {
    mkdirSync(join(this.folder, AGENT_PREFIX, 'logs'), { recursive: true });
    appendFileSync(join(this.folder, RESPONSES_LOG), `${line}\n`, { mode: 0o660 });
  }

  /** Puts everything in its place; what is there already stays as it is. */
  layOut(): void {
    if (this.#isLaidOut) return;
    const { agent } = this.#parts;
    for (const path of FOLDERS) mkdirSync(join(this.folder, path), { recursive: true, mode: 0o755 });
    for (const [name, text] of this.#programs()) {
      this.#write(`${AGENT_PREFIX}/active-response/bin/${name}`, text, 0o750);
    }
    this.#placeKes();
    this.#write('/proc/loadavg', '0.42 0.31 0.28 1/312 20417\n', 0o444);
    this.#write('/proc/cpuinfo', 'processor\t: 0\nprocessor\t: 1\n', 0o444);
    this.#write('/etc/os-release', `PRETTY_NAME="${agent.os}"\n`, 0o644);
    if (!takesJson(agent)) {
      this.#write(
        '/etc/ossec-init.conf',
        `DIRECTORY="${AGENT_PREFIX}"\nNAME="Wazuh"\nVERSION="v${agent.version}"\nTYPE="agent"\n`,
        0o644,
      );
    }
    // Last: it says that all the rest is there.
    this.#write(`${AGENT_PREFIX}/etc/ossec.conf`, '<ossec_config>\n</ossec_config>\n', 0o660);
  }

  /** KES was installed or removed. */
  setKes(isThere: boolean): void {
    this.#hasKes = isThere;
    if (this.#isLaidOut) this.#placeKes();
  }

  #placeKes(): void {
    if (!this.#hasKes) return rmSync(join(this.folder, 'opt/kaspersky'), { recursive: true, force: true });
    mkdirSync(join(this.folder, 'opt/kaspersky/kesl/bin'), { recursive: true });
    this.#write(KESL_CONTROL, PROGRAM_TEXT, 0o755);
  }

  get #isLaidOut(): boolean {
    return existsSync(join(this.folder, AGENT_PREFIX, 'etc/ossec.conf'));
  }

  #programs(): readonly (readonly [name: string, text: string])[] {
    const { agent, script } = this.#parts;
    const shipped = takesJson(agent) ? SHIPPED.new : SHIPPED.old;
    return [
      ...shipped.map((name) => [name, PROGRAM_TEXT] as const),
      ...(script === null ? [] : [[OUR_SCRIPT, script] as const]),
    ];
  }

  #write(path: string, text: string, mode: number): void {
    const place = join(this.folder, path);
    if (existsSync(place)) return;
    writeFileSync(place, text);
    chmodSync(place, mode);
  }
}
