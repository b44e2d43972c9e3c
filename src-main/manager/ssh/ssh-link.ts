import type { Client, SFTPWrapper } from 'ssh2';
import type { ConnectionNeed, WayStatus } from '../../../src-shared/ipc/connections.ts';

/** One live SSH connection to the manager, jump hosts included. */
export interface SshSession {
  readonly client: Client;
  /** One SFTP channel, shared by all who ask. Errors: `manager.no-sftp`, `manager.offline`. */
  sftp(): Promise<SFTPWrapper>;
  /** Resolves, never rejects, when the connection is gone for whatever reason. */
  readonly closed: Promise<void>;
}

/** A connection that is kept up: it comes back after every loss, and says what only a person can give. */
export interface SshLink {
  readonly status: WayStatus;
  onStatus(listener: (status: WayStatus) => void): () => void;
  /** Told at each (re)connection, before anybody waiting in `session` goes on. */
  onConnected(listener: (session: SshSession) => void): () => void;
  start(): void;
  /**
   * The live session. Waits while a connection is being made; rejects at once with `manager.offline` (its cause says why)
   * while the link waits, needs a person, or is stopped.
   */
  session(signal?: AbortSignal): Promise<SshSession>;
  /** Tries now, whatever it waited for: after a person gave what was needed, or the laptop woke up. */
  retry(): void;
  answerPrompt(promptId: string, answers: readonly string[]): boolean;
  /** Ends it; it may be started again. */
  stop(): Promise<void>;
}

/** What is needed of a person right now. */
export type PromptNeed = Extract<ConnectionNeed, { kind: 'prompt' }>;
