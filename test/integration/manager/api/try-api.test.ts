import { afterEach, expect, test } from 'vitest';
import { tryApi } from '../../../../src-main/manager/api/try-api.ts';
import { Apis, type ClientOptions } from '../../../builders/an-api.ts';

const apis = new Apis();
afterEach(() => apis.clean());

async function tried(url: string, { user = 'wazuh', ...options }: ClientOptions = {}) {
  const { checks } = await tryApi({ url, user }, apis.ports(options), new AbortController().signal);
  return checks;
}

function outcomes(checks: Awaited<ReturnType<typeof tried>>): readonly string[] {
  return checks.map(({ step, outcome, field }) => `${step} ${outcome} ${field}`);
}

test('a draft that works passes all steps and names the version', async () => {
  const api = await apis.start();
  apis.certificates.accept('127.0.0.1', api.port, api.fingerprint ?? '', 0);

  const checks = await tried(api.url);

  expect(outcomes(checks)).toEqual([
    'api-reach ok api-url',
    'api-certificate ok api-url',
    'api-sign-in ok api-user',
  ]);
  expect(checks.at(-1)?.message).toBe('Signed in as wazuh, Wazuh 4.14.7.');
  expect(checks[1]?.message).toMatch(
    /^It is the certificate you accepted; it is valid until \d{4}-\d\d-\d\d\.$/,
  );
});

test('a 3.x API without TLS on this machine passes as well', async () => {
  const api = await apis.start({ version: '3.13.6', isTls: false });

  expect((await tried(api.url)).map(({ message }) => message)).toEqual([
    'The API is reached.',
    'Not encrypted: the address is this machine itself.',
    'Signed in as wazuh, Wazuh 3.13.6.',
  ]);
});

test('an unknown certificate asks the person and keeps the password at home', async () => {
  const api = await apis.start();

  const checks = await tried(api.url);

  expect(outcomes(checks)).toEqual([
    'api-reach ok api-url',
    'api-certificate needs-you api-url',
    'api-sign-in skipped null',
  ]);
  expect(checks[1]?.need).toMatchObject({
    kind: 'certificate-unknown',
    offered: { fingerprint: api.fingerprint },
  });
  expect(api.control.requests()).toEqual([]);
});

test('a wrong password is told beside the password, after one try', async () => {
  const api = await apis.start();
  apis.certificates.accept('127.0.0.1', api.port, api.fingerprint ?? '', 0);

  const checks = await tried(api.url, { password: 'a-wrong-password' });

  expect(outcomes(checks).at(-1)).toBe('api-sign-in failed api-password');
  expect(api.control.requests()).toHaveLength(1);
});

test('a password that is not there is asked for', async () => {
  const api = await apis.start();
  apis.certificates.accept('127.0.0.1', api.port, api.fingerprint ?? '', 0);

  expect(outcomes(await tried(api.url, { password: null })).at(-1)).toBe(
    'api-sign-in needs-you api-password',
  );
});

test.each([
  ['http://mgr.example:55000', 'not encrypted'],
  ['https://127.0.0.1:1', 'Nothing listens there'],
])('%s fails beside the address', async (url, words) => {
  const checks = await tried(url);

  expect(outcomes(checks)).toEqual([
    'api-reach failed api-url',
    'api-certificate skipped null',
    'api-sign-in skipped null',
  ]);
  expect(checks[0]?.message).toContain(words);
  expect(checks[0]?.remedy).not.toBe('');
});

test('an expired certificate that was accepted is told as expired', async () => {
  const api = await apis.start();
  const fingerprint = await api.control.changeCertificate({ notAfter: new Date('2024-02-03T00:00:00Z') });
  apis.certificates.accept('127.0.0.1', api.port, fingerprint, 0);

  expect((await tried(api.url))[1]?.message).toBe(
    'It is the certificate you accepted; it expired on 2024-02-03.',
  );
});

test('a test that is given up ends', async () => {
  const api = await apis.start();
  apis.certificates.accept('127.0.0.1', api.port, api.fingerprint ?? '', 0);
  api.control.misbehave({ kind: 'silent' }, { scope: 'everything' });
  const giveUp = new AbortController();

  const trying = tryApi({ url: api.url, user: 'wazuh' }, apis.ports(), giveUp.signal);
  await expect.poll(() => api.control.requests().length).toBe(1);
  giveUp.abort();

  await expect(trying).rejects.toMatchObject({ code: 'api.cancelled' });
});
