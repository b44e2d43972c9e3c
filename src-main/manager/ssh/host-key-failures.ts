import type { HostKeyJudgement } from './host-key-trust.ts';
import { nameOf, SshFailure, type HopAt } from './ssh-failure.ts';

type Refusal = Exclude<HostKeyJudgement, { kind: 'accepted' }>;

/** Nothing was sent yet when one of these is thrown. */
export function hostKeyFailure(at: HopAt, judgement: Refusal): SshFailure {
  switch (judgement.kind) {
    case 'unknown':
      return judgement.authority === null
        ? unknownKey(at, judgement)
        : authorityOnly(at, judgement, judgement.authority);
    case 'changed':
      return changedKey(at, judgement);
    case 'revoked':
      return new SshFailure(at, {
        code: 'host-key-revoked',
        step: 'host-key',
        field: 'host',
        healing: 'change',
        message: `${nameOf(at)} shows a host key that ${judgement.place} marks as revoked. Nothing was sent.`,
        remedy:
          'The key is known to be in wrong hands. Give the server a new one; until then, do not connect.',
      });
  }
}

function unknownKey(at: HopAt, { offered }: Extract<Refusal, { kind: 'unknown' }>): SshFailure {
  return new SshFailure(at, {
    code: 'host-key-unknown',
    step: 'host-key',
    field: 'host',
    healing: 'person',
    message: `${nameOf(at)} is not known yet. It shows the ${offered.keyType} key ${offered.fingerprint}.`,
    remedy:
      'Compare the fingerprint with the server’s console (`ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub`), then accept it.',
    need: { kind: 'host-key-unknown', offered },
  });
}

/** ssh2 knows no host certificates, so the server showed its plain key. */
function authorityOnly(
  at: HopAt,
  { offered }: Extract<Refusal, { kind: 'unknown' }>,
  place: string,
): SshFailure {
  return new SshFailure(at, {
    code: 'host-key-authority',
    step: 'host-key',
    field: 'host',
    healing: 'person',
    message: `${nameOf(at)} is known through a certificate authority only (${place}), and Verdict Desk does not read host certificates. Nothing was sent.`,
    remedy: `Compare its own ${offered.keyType} key ${offered.fingerprint} with the server’s console, then accept it, or add it to known_hosts.`,
    need: { kind: 'host-key-unknown', offered },
  });
}

function changedKey(at: HopAt, { offered, known }: Extract<Refusal, { kind: 'changed' }>): SshFailure {
  const [expected] = known;
  const place = expected?.place ? ` (${expected.place})` : '';
  const was = expected ? ` instead of ${expected.keyType} ${expected.fingerprint}${place}` : '';
  return new SshFailure(at, {
    code: 'host-key-changed',
    step: 'host-key',
    field: 'host',
    healing: 'change',
    message: `${nameOf(at)} shows a different host key: ${offered.keyType} ${offered.fingerprint}${was}. Nothing was sent.`,
    remedy:
      expected?.from === 'known-hosts'
        ? 'If the server was reinstalled, compare the new fingerprint on its console and remove the old line; if not, someone may be in between.'
        : 'If the server was reinstalled, compare the new fingerprint on its console and forget the old one; if not, someone may be in between.',
    need: { kind: 'host-key-changed', offered, known },
  });
}
