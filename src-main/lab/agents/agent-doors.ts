import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { LabTime } from '../lab-time.ts';
import type { LabCredentials, LabKey } from '../ssh/lab-credentials.ts';
import { keyFrom, makeReadableKey } from '../ssh/lab-credentials.ts';
import type { LabDoor } from '../ssh/lab-door.ts';
import { MachineSshd, type Forward } from '../ssh/machine-sshd.ts';
import type { LabAgent } from '../world/agents.ts';
import { AGENT_ACCOUNT, agentMachine } from './agent-machine.ts';
import type { Fleet } from './fleet.ts';

/** How one agent's machine is reached through the manager. */
export interface AgentSshAccess {
  readonly agentId: string;
  readonly name: string;
  readonly host: string;
  readonly port: 22;
  readonly keyType: string;
  /** As SSH sends it, base64. */
  readonly hostKey: string;
  readonly fingerprint: string;
}

const SSH_PORT = 22;
const keys = z.record(z.string(), z.string());

export interface AgentDoorsParts {
  readonly fleet: Fleet;
  readonly time: LabTime;
  /** The manager's: the same password and client key open the agents, whose host keys are their own. */
  readonly credentials: LabCredentials;
  /** Where the agents' host keys are kept. */
  readonly keysPath: string;
}

/** The agents' SSH servers: nobody listens on a port of this computer, the manager forwards to them by address. */
export class AgentDoors {
  readonly #parts: AgentDoorsParts;
  readonly #keys: Map<string, string>;
  readonly #sshds = new Map<string, MachineSshd>();
  readonly #commands: { readonly agentId: string; readonly line: string }[] = [];

  constructor(parts: AgentDoorsParts) {
    this.#parts = parts;
    this.#keys = new Map(readKeys(parts.keysPath));
  }

  /** For the manager's own SSH server. */
  readonly forward: Forward = (host, port, door) => {
    const agent = port === SSH_PORT ? this.#parts.fleet.find(host) : null;
    const sshd = agent && this.#sshdOf(agent, door);
    return sshd ? (stream) => sshd.take(stream) : null;
  };

  /** Every Linux agent with an address. Keys that are missing are made. */
  accesses(): readonly AgentSshAccess[] {
    const reachable = this.#parts.fleet.agents.filter(({ isWindows, ip }) => !isWindows && ip !== null);
    const accesses = reachable.map((agent) => accessTo(agent, this.#keyOf(agent)));
    this.#keep();
    return accesses;
  }

  /** Command lines that came in over SSH, oldest first. */
  commands(): readonly { readonly agentId: string; readonly line: string }[] {
    return [...this.#commands];
  }

  #sshdOf(agent: LabAgent, door: LabDoor): MachineSshd | null {
    const known = this.#sshds.get(agent.id);
    if (known) return known;
    const { fleet, time, credentials } = this.#parts;
    const computer = fleet.computer(agent);
    if (!computer) return null;
    const hostKey = this.#keyOf(agent);
    this.#keep();
    const sshd = new MachineSshd({
      machine: agentMachine(computer, time, () => credentials.password),
      users: [{ account: AGENT_ACCOUNT, ways: ['publickey', 'password'] }],
      credentials: { ...credentials, hostKey },
      door,
      onCommand: (line) => this.#note(agent.id, line),
    });
    this.#sshds.set(agent.id, sshd);
    return sshd;
  }

  #note(agentId: string, line: string): void {
    this.#commands.push({ agentId, line });
    if (this.#commands.length > KEPT_COMMANDS) this.#commands.shift();
  }

  #keyOf({ id }: LabAgent): LabKey {
    const known = this.#keys.get(id);
    const text = known ?? makeReadableKey();
    if (known === undefined) this.#keys.set(id, text);
    return keyFrom(this.#parts.keysPath, text);
  }

  #keep(): void {
    const { keysPath } = this.#parts;
    if (readKeys(keysPath).length === this.#keys.size) return;
    writeFileSync(`${keysPath}.new`, JSON.stringify(Object.fromEntries(this.#keys)), { mode: 0o600 });
    renameSync(`${keysPath}.new`, keysPath);
  }
}

const KEPT_COMMANDS = 1000;

function readKeys(path: string): readonly (readonly [string, string])[] {
  return existsSync(path) ? Object.entries(keys.parse(JSON.parse(readFileSync(path, 'utf8')))) : [];
}

function accessTo({ id, name, ip }: LabAgent, { keyType, publicKey, fingerprint }: LabKey): AgentSshAccess {
  return { agentId: id, name, host: ip ?? '', port: SSH_PORT, keyType, hostKey: publicKey, fingerprint };
}
