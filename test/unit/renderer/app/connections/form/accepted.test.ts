import { describe, expect, it } from 'vitest';
import {
  acceptedInput,
  NOTHING_ACCEPTED,
  withApiAddress,
  withCertificate,
  withHostKey,
} from '../../../../../../src-renderer/app/connections/form/accepted.ts';
import { draftInput } from '../../../../../../src-renderer/app/connections/form/draft-input.ts';
import {
  EMPTY_DRAFT,
  withHost,
  withNewJump,
} from '../../../../../../src-renderer/app/connections/form/draft.ts';

const API = 'https://mgr-fra-1:55000';
const offeredKey = (host: string, fingerprint: string) => ({
  host,
  port: 22,
  keyType: 'ssh-ed25519',
  fingerprint,
});
const offeredCertificate = {
  host: 'mgr-fra-1',
  port: 55_000,
  fingerprint: 'ab'.repeat(32),
  subject: 'CN=wazuh',
  issuer: 'CN=wazuh',
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2027-01-01T00:00:00Z',
  reason: 'It is signed by itself.',
};

/** A manager behind a jump host, with its API. */
function aForm(jumpHost = 'jump-1') {
  const form = withNewJump(withHost(EMPTY_DRAFT, 'mgr-fra-1'));
  const jumps = form.jumps.map((jump) => ({ ...jump, host: jumpHost }));
  return draftInput({ ...form, jumps, usesApi: true, apiUrl: API, apiUser: 'wazuh' }).draft;
}

describe('an accepted host key', () => {
  it('is that of the machine that showed it, also when another has the same', () => {
    const one = withHostKey(NOTHING_ACCEPTED, offeredKey('jump-1', 'SHA256:one'));
    const two = withHostKey(one, offeredKey('mgr-fra-1', 'SHA256:one'));
    expect(acceptedInput(two, aForm()).hostKeys).toEqual([
      { host: 'jump-1', port: 22, fingerprint: 'SHA256:one' },
      { host: 'mgr-fra-1', port: 22, fingerprint: 'SHA256:one' },
    ]);
  });

  it('is not sent for a machine that the form names no more, and replaces an earlier one of its machine', () => {
    const before = withHostKey(NOTHING_ACCEPTED, offeredKey('jump-1', 'SHA256:one'));
    expect(acceptedInput(before, aForm('jump-2')).hostKeys).toEqual([]);
    const after = withHostKey(before, offeredKey('jump-1', 'SHA256:two'));
    expect(acceptedInput(after, aForm()).hostKeys).toMatchObject([{ fingerprint: 'SHA256:two' }]);
  });
});

describe('an accepted certificate', () => {
  const accepted = withCertificate(NOTHING_ACCEPTED, offeredCertificate);

  it('goes with its address', () => {
    expect(acceptedInput(accepted, aForm()).certificate).toBe(offeredCertificate.fingerprint);
    expect(withApiAddress(accepted, 'https://MGR-FRA-1/')).toBe(accepted);
  });

  it.each(['https://mgr-fra-2:55000', 'https://mgr-fra-1:443', 'https://mgr-fra-1:5500', ''])(
    'is dropped when the address becomes "%s"',
    (apiUrl) => {
      expect(withApiAddress(accepted, apiUrl).certificate).toBeNull();
      const draft = { ...aForm(), api: { url: apiUrl, user: 'wazuh' } };
      expect(acceptedInput(accepted, draft).certificate).toBeNull();
    },
  );

  it('is not sent when the API is not used', () => {
    expect(acceptedInput(accepted, { ...aForm(), api: null }).certificate).toBeNull();
  });
});
