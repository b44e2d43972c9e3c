import type { ClientChannel } from 'ssh2';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { END_SCRIPT, STAT_SCRIPT } from '../../../src-shared/formats/remote-scripts.ts';
import type { SshSession } from '../ssh/ssh-link.ts';
import { runOnChannel, type ChannelResult } from './channel-program.ts';
import { noShell, shellTooSlow } from './host-errors.ts';
import {
  commandLine,
  scriptArgv,
  specOf,
  textOf,
  type EndProgram,
  type EndSignal,
  type ProgramSpec,
} from './program.ts';
import { ProgramEnder } from './program-ender.ts';
import { SessionCalls } from './session-calls.ts';
import { isRefusedForNumber, SessionChannels } from './session-channels.ts';
import { SftpChannel } from './sftp-channel.ts';
import { StatHelper } from './stat-helper.ts';

/** Login shells may read a lot before they start anything. */
export const FIRST_ANSWER_MS = 15_000;
const ENDING_TIMEOUT_MS = 5_000;

/** What the account is on the machine. */
export interface Account {
  readonly hasShell: boolean;
  readonly isRoot: boolean;
  /** What its shell said instead of starting a program. */
  readonly words: string;
  /** Its shell was still busy with something else. */
  readonly isTooSlow: boolean;
}

/** All that belongs to one connection and goes with it. */
export class LiveSession {
  readonly session: SshSession;
  /** Whether devices and inodes can be asked for: there is a `stat`, and room for it. True until it turned out otherwise. */
  hasStat = true;
  readonly #host: string;
  readonly #firstAnswerMs: number;
  readonly #calls: SessionCalls;
  readonly #channels: SessionChannels;
  readonly #ender = new ProgramEnder(
    (signal, processIds) => this.#sendSignal(signal, processIds),
    () => this.isClosed,
  );
  readonly #end: EndProgram = (signal, processId) => this.#ender.end(signal, processId);
  #account: Promise<Account> | null = null;
  #sftp: SftpChannel | null = null;
  #statHelper: Promise<StatHelper | null> | null = null;

  constructor(session: SshSession, host: string, firstAnswerMs: number) {
    this.session = session;
    this.#host = host;
    this.#firstAnswerMs = firstAnswerMs;
    this.#calls = new SessionCalls(session, host);
    this.#channels = new SessionChannels(session.client, this.#calls, host, () => this.#doWithoutHelper());
  }

  get isClosed(): boolean {
    return this.#calls.isClosed;
  }

  /** Asked once: the answer stays for as long as the connection. */
  account(): Promise<Account> {
    this.#account ??= this.#findAccount().catch((error: unknown) => {
      this.#account = null;
      throw error;
    });
    return this.#account;
  }

  async sftp(): Promise<SftpChannel> {
    const wrapper = await this.#calls.wait(this.session.sftp());
    if (this.#sftp?.wrapper !== wrapper) this.#sftp = new SftpChannel(wrapper, this.#calls);
    return this.#sftp;
  }

  async execute(spec: ProgramSpec): Promise<ChannelResult> {
    await this.requireShell();
    return this.#execute(spec);
  }

  /** Errors: `manager.no-shell`. */
  async requireShell(): Promise<void> {
    const { hasShell, words, isTooSlow } = await this.account();
    if (hasShell) return;
    throw isTooSlow ? shellTooSlow(this.#host, this.#firstAnswerMs / 1_000) : noShell(this.#host, words);
  }

  /** A program that stays; null when there is no room for one. */
  async startToStay(argv: readonly string[]): Promise<ClientChannel | null> {
    await this.requireShell();
    return this.#channels.hasRoomToStay ? (await this.#channels.exec(commandLine(argv))).channel : null;
  }

  /** The one helper for stat, started when it is first needed and again after it ended; null where there is no room. */
  statHelper(): Promise<StatHelper | null> {
    this.#statHelper ??= this.#startStatHelper().catch((error: unknown) => {
      this.#statHelper = null;
      if (!isRefusedForNumber(error)) throw error;
      this.hasStat = false;
      return null;
    });
    return this.#statHelper;
  }

  async #startStatHelper(): Promise<StatHelper> {
    const { channel } = await this.#channels.execUrgently(commandLine(scriptArgv(STAT_SCRIPT)));
    return new StatHelper(channel, () => (this.#statHelper = null));
  }

  #doWithoutHelper(): void {
    this.hasStat = false;
    void this.#statHelper?.then((helper) => helper?.close());
  }

  async #findAccount(): Promise<Account> {
    try {
      const spec = specOf({ argv: ['id', '-u'], timeoutMs: this.#firstAnswerMs });
      const { hasStarted, greeting, stdout, timedOut } = await this.#execute(spec);
      const words = greeting.split('\n', 1)[0]?.slice(0, 200) ?? '';
      const isRoot = textOf(stdout).trim() === '0';
      return { hasShell: hasStarted, isRoot, words, isTooSlow: timedOut && !hasStarted };
    } catch (error) {
      if (error instanceof DomainError || this.isClosed) throw error;
      // The server turned the request down.
      return { hasShell: false, isRoot: false, words: '', isTooSlow: false };
    }
  }

  async #execute(spec: ProgramSpec): Promise<ChannelResult> {
    const started = await this.#channels.exec(commandLine(spec.argv), spec.signal);
    return runOnChannel(started, this.#calls, spec, spec.end ?? this.#end);
  }

  async #sendSignal(signal: EndSignal, processIds: readonly number[]): Promise<void> {
    const argv = scriptArgv(END_SCRIPT, signal, ...processIds.map(String));
    const started = await this.#channels.execUrgently(commandLine(argv));
    await runOnChannel(started, this.#calls, specOf({ argv, timeoutMs: ENDING_TIMEOUT_MS }), () => undefined);
  }
}
