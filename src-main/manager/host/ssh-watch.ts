import type { ClientChannel } from 'ssh2';
import { WATCH_SCRIPT } from '../../../src-shared/formats/remote-scripts.ts';
import type { HostWatch } from './manager-host.ts';
import { scriptArgv } from './program.ts';
import { StartMark } from './start-mark.ts';

/** Starts a program that stays; null when it may not be started now. */
export type StartToStay = (argv: readonly string[]) => Promise<ClientChannel | null>;

/**
 * Hears of a file through a small program on the other side (`WATCH_SCRIPT`). It follows the name itself; `rearm` only
 * starts it again where it ended or could not be started: after a reconnection, or while there was no room for it.
 */
export class SshWatch implements HostWatch {
  readonly #path: string;
  readonly #onEvent: () => void;
  readonly #startToStay: StartToStay;
  readonly #onClosed: (watch: SshWatch) => void;
  #channel: ClientChannel | null = null;
  #isStarting = false;
  #isClosed = false;

  constructor(
    path: string,
    onEvent: () => void,
    startToStay: StartToStay,
    onClosed: (watch: SshWatch) => void,
  ) {
    this.#path = path;
    this.#onEvent = onEvent;
    this.#startToStay = startToStay;
    this.#onClosed = onClosed;
    this.rearm();
  }

  rearm(): void {
    if (this.#isClosed || this.#isStarting || this.#channel) return;
    this.#isStarting = true;
    this.#startToStay(scriptArgv(WATCH_SCRIPT, this.#path))
      .then((channel) => channel && this.#follow(channel))
      .catch(() => {
        // No shell, or no connection: the file is polled, and the next `rearm` tries again.
      })
      .finally(() => {
        this.#isStarting = false;
      });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#onClosed(this);
    this.#channel?.destroy();
  }

  #follow(channel: ClientChannel): void {
    if (this.#isClosed) return void channel.destroy();
    this.#channel = channel;
    const start = new StartMark();
    channel.on('data', (piece: Buffer) => {
      const hadStarted = start.hasStarted;
      // What came before the watch stood is told by its standing.
      const isNews = start.take(piece).length > 0 || (!hadStarted && start.hasStarted);
      if (isNews && !this.#isClosed) this.#onEvent();
    });
    channel.stderr.resume();
    channel.once('close', () => {
      this.#channel = null;
    });
  }
}
