import type { Duplex } from 'node:stream';
import ssh2 from 'ssh2';
import type { Connection, Server } from 'ssh2';
import type { Account } from '../machine/accounts.ts';
import type { Machine } from '../machine/machine.ts';
import type { LabCredentials } from './lab-credentials.ts';
import type { LabDoor } from './lab-door.ts';
import { serveCommands } from './serve-commands.ts';
import { serveSftp } from './serve-sftp.ts';
import { watchOverSignIn, type LabUser } from './sign-in.ts';

/** Where `direct-tcpip` to an address leads: who takes the connection there. Null: nobody listens. */
export type Forward = (host: string, port: number, door: LabDoor) => ((stream: Duplex) => void) | null;

export interface MachineSshdParts {
  readonly machine: Machine;
  readonly users: readonly LabUser[];
  readonly credentials: LabCredentials;
  /** The network in front of it: tells how slow it is. */
  readonly door: LabDoor;
  /** Told of each command line, for tests. */
  readonly onCommand: (line: string) => void;
  /** Absent: forwarding is refused. */
  readonly forward?: Forward;
}

/** Clients use large packets only with a server that calls itself OpenSSH. */
const IDENT = 'OpenSSH_9.2p1 lab';

/** The sshd of one simulated machine: it takes connections and listens nowhere by itself. */
export class MachineSshd {
  readonly #parts: MachineSshdParts;
  readonly #server: Server;

  constructor(parts: MachineSshdParts) {
    this.#parts = parts;
    const hostKeys = [parts.credentials.hostKey.privateKey];
    this.#server = new ssh2.Server({ hostKeys, ident: IDENT }, (connection) => this.#serve(connection));
  }

  /** A socket, or a channel of another connection: nothing but the stream of bytes is used of it. */
  take(stream: Duplex): void {
    const server: { injectSocket(stream: Duplex): void } = this.#server;
    server.injectSocket(stream);
  }

  #serve(connection: Connection): void {
    // A client that breaks off in the middle is no trouble of the lab's.
    connection.on('error', () => connection.end());
    const { users, credentials } = this.#parts;
    watchOverSignIn(
      connection,
      users,
      () => credentials,
      (account) => this.#serveSessions(connection, account),
    );
  }

  #serveSessions(connection: Connection, account: Account): void {
    const { machine, door, onCommand, forward } = this.#parts;
    connection.on('session', (accept) => {
      const session = accept();
      serveCommands(session, { machine, account, door, onCommand });
      session.on('sftp', (acceptSftp) => serveSftp(acceptSftp(), machine, account, door));
    });
    if (!forward) return;
    connection.on('tcpip', (accept, reject, { destIP, destPort }) => {
      const take = forward(destIP, destPort, door);
      if (!take) return reject();
      const channel = accept();
      channel.on('error', () => channel.destroy());
      take(channel);
    });
  }
}
