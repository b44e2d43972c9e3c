import type { CheckStep, ConnectionCheck } from '../../../../src-shared/ipc/connections.ts';
import type { MarkName } from '../../../ui/mark.tsx';

export const STEP_NAMES: Readonly<Record<CheckStep, string>> = {
  reach: 'Reach the machine',
  'host-key': 'Host key',
  'sign-in': 'Sign in',
  files: 'Files over SFTP',
  shell: 'Commands',
  prefix: 'Wazuh is installed',
  alerts: 'Alerts can be read',
  elevation: 'Root, where it is needed',
  'api-reach': 'Reach the API',
  'api-certificate': 'Certificate of the API',
  'api-sign-in': 'Sign in to the API',
};

/** Tick: seen. Square: it is broken. Clock: waits for a person. Dashed ring: was not tried. */
export const OUTCOME_MARKS: Readonly<Record<ConnectionCheck['outcome'], MarkName>> = {
  ok: 'clean',
  failed: 'failed',
  'needs-you': 'queued',
  skipped: 'waits',
};

/** For screen readers, which do not see the mark. */
export const OUTCOME_WORDS: Readonly<Record<ConnectionCheck['outcome'], string>> = {
  ok: 'seen',
  failed: 'failed',
  'needs-you': 'needs you',
  skipped: 'not tried',
};

/** `Sign in, jump host 2`. */
export function stepName({ step, hop }: Pick<ConnectionCheck, 'step' | 'hop'>): string {
  return hop === null ? STEP_NAMES[step] : `${STEP_NAMES[step]}, jump host ${hop + 1}`;
}

/** A check as it is shown; steps that were not tried for the same reason stand together. */
export interface ShownCheck {
  readonly check: ConnectionCheck;
  readonly name: string;
}

export function shownChecks(checks: readonly ConnectionCheck[]): readonly ShownCheck[] {
  const shown: ShownCheck[] = [];
  for (const check of checks) {
    const before = shown.at(-1);
    const isSame =
      before?.check.outcome === 'skipped' &&
      check.outcome === 'skipped' &&
      before.check.message === check.message;
    if (before && isSame) shown[shown.length - 1] = { check, name: `${before.name} · ${stepName(check)}` };
    else shown.push({ check, name: stepName(check) });
  }
  return shown;
}
