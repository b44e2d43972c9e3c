import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ConnectionCheck, ConnectionNeed } from '../../../src-shared/ipc/connections.ts';
import { inputNameOf, variableOf } from '../environment-secrets.ts';
import type { Terminal } from '../terminal.ts';

export function isWorking(checks: readonly ConnectionCheck[]): boolean {
  return checks.every(({ outcome }) => outcome === 'ok' || outcome === 'skipped');
}

const OUTCOMES: Readonly<Record<ConnectionCheck['outcome'], string>> = {
  ok: 'ok',
  failed: 'failed',
  'needs-you': 'needs you',
  skipped: 'not tried',
};

/** One line each; below those that went wrong, what to do. */
export function printChecks(checks: readonly ConnectionCheck[], terminal: Terminal): void {
  for (const { outcome, step, hop, message, remedy, need } of checks) {
    const place = hop === null ? step : `${step} (jump host ${hop + 1})`;
    terminal.line(`${OUTCOMES[outcome].padEnd(9)}  ${place.padEnd(15)}  ${visibleText(message)}`);
    if (outcome === 'ok' || outcome === 'skipped') continue;
    const hint = need && wayOut(need);
    for (const words of [remedy, hint]) if (words) terminal.line(`${' '.repeat(28)}${visibleText(words)}`);
  }
}

/** What to add to the call so that it goes on without a person at a terminal; null when nothing helps. */
export function wayOut(need: ConnectionNeed): string | null {
  switch (need.kind) {
    case 'host-key-unknown':
      return `If it is the right one, add: --accept-host-key ${need.offered.fingerprint}`;
    case 'certificate-unknown':
      return `If it is the right one, add: --accept-certificate ${need.offered.fingerprint}`;
    case 'host-key-changed': {
      const known = need.known.map(({ keyType, fingerprint, place }) =>
        [keyType, fingerprint, place ?? 'accepted here'].join(' '),
      );
      return `It showed ${need.offered.keyType} ${need.offered.fingerprint}. Known: ${known.join('; ')}`;
    }
    case 'certificate-changed':
      return `It showed SHA-256 ${need.offered.fingerprint}. Accepted: ${need.knownFingerprint}`;
    case 'secret': {
      const variable = variableOf(need.secret);
      const name = inputNameOf(need.secret);
      return variable === null || name === null
        ? 'Run it on a terminal, or give it with --secrets-stdin ({"jumps": [{"password": "…"}]}).'
        : `Run it on a terminal, or give it with --secrets-stdin ({"${name}": "…"}) or in ${variable}.`;
    }
    case 'prompt':
      return 'Run it on a terminal: the server asks something that only a person can answer.';
  }
}
