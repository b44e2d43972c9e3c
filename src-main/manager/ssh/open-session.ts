import type { Duplex } from 'node:stream';
import type { Client, SFTPWrapper } from 'ssh2';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { Clock } from '../../app/clock.ts';
import { within } from './deadline.ts';
import { connectionLost } from './reach-failures.ts';
import { nameOf, nameWithin, type HopAt, type SshFailure } from './ssh-failure.ts';
import type { SshSession } from './ssh-link.ts';

/** How long a farewell may take before the connection is simply dropped. */
const FAREWELL_MS = 2_000;
const SFTP_MS = 20_000;

/** A live connection to the manager with the jump hosts it goes through. */
export class OpenSshSession implements SshSession {
  readonly client: Client;
  readonly closed: Promise<void>;
  readonly #at: HopAt;
  readonly #streams: readonly Duplex[];
  readonly #clock: Clock;
  #sftp: Promise<SFTPWrapper> | null = null;
  #isClosed = false;
  #trouble: unknown = null;

  /** `opened`: the jump hosts in order, then the manager; each with the stream it runs over. */
  constructor(
    at: HopAt,
    opened: readonly { readonly client: Client; readonly stream: Duplex }[],
    clock: Clock,
  ) {
    this.#at = at;
    this.#streams = opened.map(({ stream }) => stream);
    this.#clock = clock;
    const client = opened.at(-1)?.client;
    if (!client) throw new Error('A session needs a connection.');
    this.client = client;
    for (const one of opened) one.client.on('error', (error) => (this.#trouble ??= error));
    const closed = Promise.withResolvers<void>();
    this.closed = closed.promise;
    client.once('close', () => {
      this.#isClosed = true;
      this.drop();
      closed.resolve();
    });
  }

  /** Why it is gone, for whoever reconnects. */
  get loss(): SshFailure {
    return connectionLost(this.#at, this.#trouble);
  }

  sftp(): Promise<SFTPWrapper> {
    this.#sftp ??= this.#openSftp();
    return this.#sftp;
  }

  /** Asks the server for any answer; false when none came in time. */
  async answers(ms: number): Promise<boolean> {
    if (this.#isClosed) return false;
    const answer = new Promise<boolean>((resolve) => {
      try {
        // Taking back a forwarding that never was is refused by every server: an answer without any effect.
        this.client.unforwardIn('127.0.0.1', 1, () => resolve(!this.#isClosed));
      } catch {
        resolve(false);
      }
    });
    return (await within(this.#clock, ms, answer)) ?? false;
  }

  /** Politely; dropped when the server does not follow. */
  async close(): Promise<void> {
    this.client.end();
    await within(this.#clock, FAREWELL_MS, this.closed);
    this.drop();
    await this.closed;
  }

  /** At once, without a word: for connections that do not answer. ssh2's own `destroy` does nothing after a farewell. */
  drop(): void {
    for (const stream of this.#streams.toReversed()) stream.destroy();
  }

  async #openSftp(): Promise<SFTPWrapper> {
    try {
      const opened = await within(this.#clock, SFTP_MS, this.#startSftp());
      if (opened) return opened;
      throw new Error('The SFTP subsystem did not start in time.');
    } catch (error) {
      this.#sftp = null;
      throw this.#isClosed || isDisconnection(error) ? offline(this.#at, this.loss) : noSftp(this.#at, error);
    }
  }

  #startSftp(): Promise<SFTPWrapper> {
    return new Promise((resolve, reject) => {
      this.client.sftp((error, sftp) => {
        if (error) return reject(error);
        // Opened anew for the next who asks.
        sftp.once('close', () => (this.#sftp = null));
        sftp.on('error', () => sftp.end());
        resolve(sftp);
      });
    });
  }
}

const isDisconnection = (error: unknown): boolean =>
  error instanceof Error &&
  (error.message === 'Not connected' || error.message === 'No response from server');

function noSftp(at: HopAt, cause: unknown): DomainError {
  return new DomainError(
    'manager.no-sftp',
    `${nameOf(at)} does not offer SFTP to this account.`,
    'Add `Subsystem sftp internal-sftp` to sshd_config there, and see that the account’s shell prints nothing at login.',
    cause,
  );
}

/** The machine is not reached at the moment; `cause` says why. */
export function offline(at: HopAt, cause: unknown): DomainError {
  return new DomainError(
    'manager.offline',
    `There is no connection to ${nameWithin(at)}.`,
    cause instanceof DomainError
      ? `${cause.message} ${cause.remedy}`
      : 'Connect it, or give it what it asks for.',
    cause ?? undefined,
  );
}
