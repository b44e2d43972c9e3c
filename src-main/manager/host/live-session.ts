import type { ClientChannel } from 'ssh2';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { END_SCRIPT, STAT_SCRIPT } from '../../../src-shared/formats/remote-scripts.ts';
import type { SshSession } from '../ssh/ssh-link.ts';
import { runOnChannel, type ChannelResult } from './channel-program.ts';
import { noShell } from './host-errors.ts';
import { commandLine, scriptArgv, specOf, textOf, type EndProgram, type ProgramSpec } from './program.ts';
import { SessionCalls } from './session-calls.ts';
import { SessionChannels } from './session-channels.ts';
import { SftpChannel } from './sftp-channel.ts';
import { StatHelper } from './stat-helper.ts';

const FIRST_ANSWER_TIMEOUT_MS = 15_000;
const ENDING_TIMEOUT_MS = 5_000;

/** What the account is on the machine. */
export interface Account {
  readonly hasShell: boolean;
  readonly isRoot: boolean;
  /** What its shell said instead of starting a program. */
  readonly words: string;
}

/** All that belongs to one connection and goes with it. */
export class LiveSession {
  readonly session: SshSession;
  /** Whether the machine has a `stat` that tells devices and inodes; true until it turned out otherwise. */
  hasStat = true;
  readonly #host: string;
  readonly #calls: SessionCalls;
  readonly #channels: SessionChannels;
  #account: Promise<Account> | null = null;
  #sftp: SftpChannel | null = null;
  #statHelper: Promise<StatHelper> | null = null;

  constructor(session: SshSession, host: string) {
    this.session = session;
    this.#host = host;
    this.#calls = new SessionCalls(session, host);
    this.#channels = new SessionChannels(session.client, this.#calls);
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
    const { hasShell, words } = await this.account();
    if (!hasShell) throw noShell(this.#host, words);
  }

  /** A program that stays; null when there is no room for one. */
  async startToStay(argv: readonly string[]): Promise<ClientChannel | null> {
    await this.requireShell();
    return this.#channels.hasRoomToStay ? this.#channels.exec(commandLine(argv)) : null;
  }

  /** The one helper for stat, started when it is first needed and again after it ended. */
  statHelper(): Promise<StatHelper> {
    this.#statHelper ??= this.#channels
      .exec(commandLine(scriptArgv(STAT_SCRIPT)))
      .then((channel) => new StatHelper(channel, () => (this.#statHelper = null)))
      .catch((error: unknown) => {
        this.#statHelper = null;
        throw error;
      });
    return this.#statHelper;
  }

  async #findAccount(): Promise<Account> {
    try {
      const spec = specOf({ argv: ['id', '-u'], timeoutMs: FIRST_ANSWER_TIMEOUT_MS });
      const { hasStarted, greeting, stdout } = await this.#execute(spec);
      const words = greeting.split('\n', 1)[0]?.slice(0, 200) ?? '';
      return { hasShell: hasStarted, isRoot: textOf(stdout).trim() === '0', words };
    } catch (error) {
      if (error instanceof DomainError || this.isClosed) throw error;
      // The server turned the request down.
      return { hasShell: false, isRoot: false, words: '' };
    }
  }

  async #execute(spec: ProgramSpec): Promise<ChannelResult> {
    const channel = await this.#channels.exec(commandLine(spec.argv), spec.signal);
    return runOnChannel(channel, this.#calls, spec, spec.end ?? this.#end);
  }

  readonly #end: EndProgram = async (signal, processId) => {
    const argv = scriptArgv(END_SCRIPT, signal, String(processId));
    const channel = await this.#channels.execUrgently(commandLine(argv));
    const spec = specOf({ argv, timeoutMs: ENDING_TIMEOUT_MS });
    await runOnChannel(channel, this.#calls, spec, () => Promise.resolve());
  };
}
