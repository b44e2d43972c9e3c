import type { ProfileSecret } from '../../../src-shared/domain/connection-profile.ts';
import type { Clock } from '../../app/clock.ts';
import type { HostKeyTrust } from './host-key-trust.ts';
import type { RefusedSecrets } from './refused-secrets.ts';
import type { PromptNeed } from './ssh-link.ts';

export type SshSecretKind = 'password' | 'passphrase';

/** What an attempt needs of its surroundings. */
export interface SshPorts {
  readonly clock: Clock;
  readonly trust: HostKeyTrust;
  /** `hop`: the place in `SshAccess.jumps`; null: the manager. Null when none is kept. */
  secretFor(hop: number | null, kind: SshSecretKind): Promise<string | null>;
  /** Shows a prompt to a person: one answer for each field, or null when there was none. The signal takes it back. */
  ask(prompt: PromptNeed, signal: AbortSignal): Promise<readonly string[] | null>;
  readonly refused: RefusedSecrets;
  /**
   * Unix sockets, named pipes, or `pageant`, in the order they are tried; empty: no agent. Left out: `SSH_AUTH_SOCK`,
   * and on Windows the pipe of OpenSSH, then Pageant.
   */
  readonly agents?: readonly string[];
  /** Stands for `~`; default: the home folder of the account. */
  readonly home?: string;
  readonly timings?: Partial<SshTimings>;
}

export interface SshTimings {
  /** For the TCP connection. */
  readonly connectMs: number;
  /** From there until signed in; a person's time does not count. */
  readonly handshakeMs: number;
  /** How long a person may take; sshd itself waits 120 s (`LoginGraceTime`). */
  readonly answerMs: number;
  /** A connection is given up when the server does not answer this many of these in a row. */
  readonly keepaliveMs: number;
  readonly keepaliveCount: number;
}

export const DEFAULT_SSH_TIMINGS: SshTimings = {
  connectMs: 10_000,
  handshakeMs: 20_000,
  answerMs: 115_000,
  keepaliveMs: 10_000,
  keepaliveCount: 3,
};

export const timingsOf = (ports: Pick<SshPorts, 'timings'>): SshTimings => ({
  ...DEFAULT_SSH_TIMINGS,
  ...ports.timings,
});

/** Under which name of the profile a secret is kept. */
export function secretName(hop: number | null, kind: SshSecretKind): ProfileSecret {
  return hop === null ? kind : `jump-${hop}-${kind}`;
}
