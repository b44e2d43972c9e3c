import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'ssh2';
import { listenTo, type ExecChannel } from './exec-channel.ts';
import { cancelled, tooFewSessions } from './host-errors.ts';
import type { SessionCalls } from './session-calls.ts';

/** A default sshd allows ten sessions on a connection (MaxSessions): one each is for SFTP, for stat, for ending a program. */
const MOST_AT_ONCE = 7;
/** A server counts a session until its program is gone. */
const RETRY_MS = 100;
const MOST_TRIES = 20;

class Waiting {
  readonly command: string;
  readonly resolve: (started: ExecChannel) => void;
  readonly reject: (error: unknown) => void;
  isGivenUp = false;
  tries = 0;

  constructor(command: string, resolve: Waiting['resolve'], reject: Waiting['reject']) {
    this.command = command;
    this.resolve = resolve;
    this.reject = reject;
  }

  giveUp(): void {
    this.isGivenUp = true;
    this.reject(cancelled());
  }
}

/**
 * The programs that run over one connection at a time. What is too much waits in order of arrival; a server that allows
 * fewer is found out by its refusal.
 */
export class SessionChannels {
  readonly #client: Client;
  readonly #calls: SessionCalls;
  readonly #host: string;
  /** Ends what could be done without. */
  readonly #makeRoom: () => void;
  readonly #waiting: Waiting[] = [];
  #limit = MOST_AT_ONCE;
  #open = 0;

  constructor(client: Client, calls: SessionCalls, host: string, makeRoom: () => void) {
    this.#client = client;
    this.#calls = calls;
    this.#host = host;
    this.#makeRoom = makeRoom;
  }

  /** Starts a command as soon as there is room. Errors: `manager.cancelled` while it waits, `manager.offline`. */
  async exec(command: string, signal?: AbortSignal): Promise<ExecChannel> {
    let waiting: Waiting | null = null;
    const giveUp = (): void => waiting?.giveUp();
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      return await this.#calls.wait(
        new Promise<ExecChannel>((resolve, reject) => {
          if (signal?.aborted) return reject(cancelled());
          waiting = new Waiting(command, resolve, reject);
          this.#waiting.push(waiting);
          this.#startWaiting();
        }),
      );
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** At once, whatever else runs and waits. */
  execUrgently(command: string): Promise<ExecChannel> {
    return this.#calls.wait(
      new Promise((resolve, reject) => {
        this.#client.exec(command, (error, channel) => (error ? reject(error) : resolve(listenTo(channel))));
      }),
    );
  }

  /** Whether a program that stays may take a place: it must leave enough for those that come and go. */
  get hasRoomToStay(): boolean {
    return this.#waiting.length === 0 && this.#open < this.#limit / 2;
  }

  #startWaiting(): void {
    while (this.#open < this.#limit && !this.#calls.isClosed) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      if (!next.isGivenUp) void this.#start(next);
    }
  }

  async #start(waiting: Waiting): Promise<void> {
    this.#open += 1;
    try {
      const started = await this.execUrgently(waiting.command);
      started.channel.once('close', this.#release);
      if (waiting.isGivenUp) started.channel.destroy();
      else waiting.resolve(started);
    } catch (error) {
      if (isRefusedForNumber(error)) await this.#tryLater(waiting);
      else waiting.reject(error);
      this.#release();
    }
  }

  async #tryLater(waiting: Waiting): Promise<void> {
    if (this.#open > 1) {
      // The next that ends makes room.
      this.#limit = this.#open - 1;
    } else {
      this.#makeRoom();
      waiting.tries += 1;
      if (waiting.tries > MOST_TRIES) return waiting.reject(tooFewSessions(this.#host));
      await pause(RETRY_MS);
    }
    this.#waiting.unshift(waiting);
  }

  readonly #release = (): void => {
    this.#open -= 1;
    this.#startWaiting();
  };
}

/** OpenSSH answers a session too many with reason 2 ("open failed"), others with 4 (resource shortage) or 1. */
export function isRefusedForNumber(error: unknown): boolean {
  return error instanceof Error && 'reason' in error && typeof error.reason === 'number';
}
