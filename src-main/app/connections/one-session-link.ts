import type { WayStatus } from '../../../src-shared/ipc/connections.ts';
import type { SshLink, SshSession } from '../../manager/ssh/ssh-link.ts';

/** A single session as a link that never comes back: for the time of a test. */
export class OneSessionLink implements SshLink {
  readonly status: WayStatus;
  readonly #session: SshSession;

  constructor(session: SshSession) {
    this.#session = session;
    this.status = {
      state: 'connected',
      since: new Date().toISOString(),
      retryAt: null,
      error: null,
      need: null,
    };
  }

  session(): Promise<SshSession> {
    return Promise.resolve(this.#session);
  }
  onStatus(): () => void {
    return () => undefined;
  }
  onConnected(): () => void {
    return () => undefined;
  }
  answerPrompt(): boolean {
    return false;
  }
  start(): void {
    // It is up already.
  }
  retry(): void {
    // There is only this one session.
  }
  stop(): Promise<void> {
    return Promise.resolve();
  }
}
