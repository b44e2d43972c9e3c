import type { SshAccess } from '../../../src-shared/domain/connection-profile.ts';
import type { ConnectionCheck } from '../../../src-shared/ipc/connections.ts';
import { connectSsh, hopsOf } from './connect-ssh.ts';
import type { OpenSshSession } from './open-session.ts';
import { RefusedSecrets } from './refused-secrets.ts';
import { accountOf, nameOf, nameWithin, SshFailure, type HopAt, type SshStep } from './ssh-failure.ts';
import type { SshPorts } from './ssh-ports.ts';

export interface TrySshResult {
  /** For each machine on the way: `reach`, `host-key`, `sign-in`; several `sign-in` when several ways were tried. */
  readonly checks: readonly ConnectionCheck[];
  /** To be closed by the caller; null when a check failed. */
  readonly session: OpenSshSession | null;
}

const STEPS: readonly SshStep[] = ['reach', 'host-key', 'sign-in'];

/**
 * Tries once what a form says, on the same path as the connections that are kept, and keeps nothing. Fingerprints that a
 * person accepted in the form go into `ports.trust` (`createHostKeyTrust({ accepted })`).
 * Rejects only with `manager.cancelled`, or with what nobody foresaw.
 */
export async function trySsh(
  access: SshAccess,
  ports: Omit<SshPorts, 'refused'>,
  signal: AbortSignal,
): Promise<TrySshResult> {
  const done: ConnectionCheck[] = [];
  try {
    const whole = { ...ports, refused: new RefusedSecrets() };
    const session = await connectSsh(access, whole, signal, (at, step) => done.push(passed(at, step)));
    return { checks: done, session };
  } catch (error) {
    if (!(error instanceof SshFailure)) throw error;
    return { checks: [...done, ...failed(error), ...skipped(access, done.length + 1)], session: null };
  }
}

function passed(at: HopAt, step: SshStep): ConnectionCheck {
  const words: Readonly<Record<SshStep, string>> = {
    reach: `${nameOf(at)} answers.`,
    'host-key': `The host key of ${nameWithin(at)} is known.`,
    'sign-in': `Signed in at ${nameWithin(at)} as ${accountOf(at)}.`,
  };
  return {
    step,
    outcome: 'ok',
    field: null,
    hop: at.place,
    message: words[step],
    remedy: '',
    need: null,
  };
}

function failed(failure: SshFailure): ConnectionCheck[] {
  return [failure, ...failure.others].map((one) => ({
    step: one.step,
    outcome: one.healing === 'person' ? ('needs-you' as const) : ('failed' as const),
    field: one.field,
    hop: one.at.place,
    message: one.message,
    remedy: one.remedy,
    need: one.need,
  }));
}

/** What was not tried any more; `from` counts all steps of all machines. */
function skipped(access: SshAccess, from: number): ConnectionCheck[] {
  const all = hopsOf(access).flatMap((at) => STEPS.map((step) => ({ at, step })));
  return all.slice(from).map(({ at, step }) => ({
    step,
    outcome: 'skipped',
    field: null,
    hop: at.place,
    message: 'Not tried.',
    remedy: '',
    need: null,
  }));
}
