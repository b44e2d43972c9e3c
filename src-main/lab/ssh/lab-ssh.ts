import type { Machine } from '../machine/machine.ts';
import { LabDoor } from './lab-door.ts';
import { replaceKey, type LabCredentials, type LabKey } from './lab-credentials.ts';
import { MachineSshd, type Forward } from './machine-sshd.ts';
import type { LabUser } from './sign-in.ts';

/** The machine's sshd. */
export interface LabSsh {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly hostKey: LabKey;
  readonly credentials: LabCredentials;
  readonly control: LabSshControl;
  close(): Promise<void>;
}

/** The levers of the network and the server; over HTTP under `/lab/ssh/`. */
export interface LabSshControl {
  /** Every connection breaks. */
  cut(): void;
  /** Connections stay up and nothing passes any more; new ones get no answer. */
  stall(): void;
  /** Nobody listens any more. */
  refuse(): Promise<void>;
  /** Each answer takes so much longer. */
  slow(delayMs: number): void;
  /** Undoes stalling, refusing and slowness. */
  recover(): Promise<void>;
  /** As after a reinstallation: connections break, the next ones see another key. Returns it. */
  changeHostKey(): LabKey;
  /** Command lines that came in, oldest first; the last 1,000. */
  commands(): readonly string[];
  connections(): number;
}

export interface LabSshOptions {
  readonly machine: Machine;
  readonly users: readonly LabUser[];
  readonly credentials: LabCredentials;
  /** 0: a free one. */
  readonly port: number;
  /** Where `direct-tcpip` leads; absent: nowhere. */
  readonly forward?: Forward;
}

const KEPT_COMMANDS = 1000;

/** Starts it on this machine's loopback. Errors: `lab.port-taken`. */
export async function startLabSsh(options: LabSshOptions): Promise<LabSsh> {
  const running = new RunningSsh(options);
  await running.start(options.port);
  return running;
}

class RunningSsh implements LabSsh, LabSshControl {
  readonly host = '127.0.0.1';
  readonly control: LabSshControl = this;
  readonly #options: LabSshOptions;
  readonly #commands: string[] = [];
  #credentials: LabCredentials;
  #sshd: MachineSshd | null = null;
  #door: LabDoor | null = null;

  constructor(options: LabSshOptions) {
    this.#options = options;
    this.#credentials = options.credentials;
  }

  async start(port: number): Promise<void> {
    const door = await LabDoor.open(port, (socket) => this.#sshd?.take(socket));
    this.#door = door;
    this.#sshd = this.#makeSshd(door);
  }

  get port(): number {
    return this.#live.port;
  }

  get hostKey(): LabKey {
    return this.#credentials.hostKey;
  }

  get credentials(): LabCredentials {
    return this.#credentials;
  }

  cut(): void {
    this.#live.cut();
  }

  stall(): void {
    this.#live.stall();
  }

  refuse(): Promise<void> {
    return this.#live.refuse();
  }

  slow(delayMs: number): void {
    this.#live.slow(delayMs);
  }

  recover(): Promise<void> {
    return this.#live.recover();
  }

  changeHostKey(): LabKey {
    this.#credentials = { ...this.#credentials, hostKey: replaceKey(this.#credentials.hostKey.path) };
    this.#sshd = this.#makeSshd(this.#live);
    this.#live.cut();
    return this.#credentials.hostKey;
  }

  commands(): readonly string[] {
    return [...this.#commands];
  }

  connections(): number {
    return this.#live.connections;
  }

  close(): Promise<void> {
    return this.#live.close();
  }

  get #live(): LabDoor {
    if (!this.#door) throw new Error('The SSH server of the lab was not started.');
    return this.#door;
  }

  #makeSshd(door: LabDoor): MachineSshd {
    const { machine, users, forward } = this.#options;
    return new MachineSshd({
      machine,
      users,
      door,
      credentials: this.#credentials,
      onCommand: (line) => this.#note(line),
      ...(forward ? { forward } : {}),
    });
  }

  #note(line: string): void {
    this.#commands.push(line);
    if (this.#commands.length > KEPT_COMMANDS) this.#commands.shift();
  }
}
