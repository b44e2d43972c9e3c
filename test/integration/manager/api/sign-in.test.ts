import { afterEach, expect, test } from 'vitest';
import { SharedApiLimits } from '../../../../src-main/manager/api/shared-limits.ts';
import { Apis } from '../../../builders/an-api.ts';
import { ManualClock } from '../../../builders/manual-clock.ts';
import type { LabApi } from '../../../../src-main/lab/api/lab-api.ts';

const apis = new Apis();
afterEach(() => apis.clean());

const HELLO = { method: 'GET', path: '/' } as const;

function signIns(api: LabApi): readonly string[] {
  return api.control
    .requests()
    .filter(({ path }) => path === '/security/user/authenticate')
    .map(({ method, status }) => `${method} ${status}`);
}

test('any number of requests at once sign in once', async () => {
  const api = await apis.start();
  const client = apis.client(api);

  const answers = await Promise.all(Array.from({ length: 60 }, () => client.request(HELLO)));

  expect(answers.every(({ status }) => status === 200)).toBe(true);
  expect(signIns(api)).toEqual(['POST 200']);
  expect(client.generation).toBe('4');
});

test('the token is used again, and renewed once for all when it is not taken any more', async () => {
  const api = await apis.start();
  const client = apis.client(api);
  await client.request(HELLO);
  api.control.revokeTokens();

  await Promise.all(Array.from({ length: 20 }, () => client.request(HELLO)));

  expect(signIns(api)).toEqual(['POST 200', 'POST 200']);
});

test('a token that has expired by the clock is renewed', async () => {
  const clock = new ManualClock();
  const api = await apis.start({ clock });
  const client = apis.client(api);
  await client.request(HELLO);

  await clock.advance(901_000);
  await client.request(HELLO);

  expect(signIns(api)).toEqual(['POST 200', 'POST 200']);
});

test('an API that turns down each token it gives out is not asked for ever', async () => {
  const api = await apis.start();
  api.control.misbehave({ kind: 'expired' });

  await expect(apis.client(api).request(HELLO)).rejects.toMatchObject({ code: 'api.refused' });

  expect(signIns(api)).toEqual(['POST 200', 'POST 200']);
});

test('a wrong password is tried once, however often and by how many it is asked: the lock-out is never near', async () => {
  const api = await apis.start();
  const client = apis.client(api, { password: 'a-wrong-password' });

  const outcomes = await Promise.allSettled(Array.from({ length: 500 }, () => client.request(HELLO)));
  for (let call = 0; call < 500; call += 1) {
    outcomes.push(...(await Promise.allSettled([client.request(HELLO)])));
  }

  const codes = new Set(
    outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'ok')),
  );
  expect([...codes]).toEqual(['api.sign-in-refused']);
  expect(signIns(api)).toEqual(['POST 401']);
  expect(client.status).toMatchObject({
    state: 'needs-you',
    need: { kind: 'secret', secret: 'api-password', wasRefused: true },
  });
});

test('another password is tried as soon as it is there', async () => {
  const api = await apis.start();
  let password = 'a-wrong-password';
  const client = apis.client(api, { password: () => Promise.resolve(password) });
  await expect(client.request(HELLO)).rejects.toThrow('does not accept the password');

  password = 'lab-administrator-1';

  await expect(client.request(HELLO)).resolves.toMatchObject({ status: 200 });
  expect(client.status.state).toBe('connected');
});

test('even resets without end do not come near the lock-out, whichever client asks', async () => {
  const api = await apis.start();
  const limits = new SharedApiLimits(new ManualClock());
  const codes = new Set<string>();
  for (let round = 0; round < 40; round += 1) {
    const client = apis.client(api, { password: `guess-${round}`, limits });
    client.reset();
    await client.request(HELLO).catch((error: { code: string }) => codes.add(error.code));
  }

  expect(signIns(api)).toHaveLength(10);
  expect([...codes]).toEqual(['api.sign-in-refused', 'api.locked-out']);
});

test('a machine that the API has locked out waits for five minutes and then goes on', async () => {
  const clock = new ManualClock();
  const api = await apis.start({ clock, limits: { loginAttempts: 1 } });
  const stranger = apis.client(api, { user: 'somebody', password: 'a-wrong-password', clock });
  await expect(stranger.request(HELLO)).rejects.toMatchObject({ code: 'api.sign-in-refused' });
  const client = apis.client(api, { clock });

  await expect(client.request(HELLO)).rejects.toMatchObject({ code: 'api.locked-out' });
  await expect(client.request(HELLO)).rejects.toMatchObject({ code: 'api.locked-out' });

  expect(signIns(api)).toEqual(['POST 401', 'POST 403']);
  expect(client.status).toMatchObject({ state: 'waiting', retryAt: '2026-11-17T09:05:00.000Z' });
  await clock.advance(300_000);
  await expect(client.request(HELLO)).resolves.toMatchObject({ status: 200 });
});

test('without a password nothing is sent at all', async () => {
  const api = await apis.start();
  const client = apis.client(api, { password: null });

  await expect(client.request(HELLO)).rejects.toMatchObject({
    code: 'api.no-password',
    need: { kind: 'secret', secret: 'api-password', wasRefused: false },
  });
  expect(api.control.requests()).toEqual([]);
});

test('4.0 to 4.3 sign in with GET, which is remembered', async () => {
  const api = await apis.start({ version: '4.2.7' });
  const client = apis.client(api);
  await client.request(HELLO);
  api.control.revokeTokens();
  await client.request(HELLO);

  expect(signIns(api)).toEqual(['POST 405', 'GET 200', 'GET 200']);
});

test('a wrong password is no reason to try the other way of signing in', async () => {
  const api = await apis.start();

  await expect(apis.client(api, { password: 'a-wrong-password' }).request(HELLO)).rejects.toThrow(
    'does not accept',
  );

  expect(signIns(api)).toEqual(['POST 401']);
});

test.each([true, false])(
  '3.x is known by its answer and asked with basic authentication (TLS: %s)',
  async (isTls) => {
    const api = await apis.start({ version: '3.13.6', isTls });
    const client = apis.client(api);

    const info = await client.request({ method: 'GET', path: '/manager/info' });
    await client.request(HELLO);

    expect(client.generation).toBe('3');
    expect(info.data).toMatchObject({ version: 'v3.13.6' });
    expect(api.control.requests().map(({ path, scheme, status }) => `${path} ${scheme} ${status}`)).toEqual([
      '/security/user/authenticate basic 400',
      '/manager/info basic 200',
      '/ basic 200',
    ]);
  },
);

test('a wrong password of 3.x is tried once as well, also when it was right before', async () => {
  const api = await apis.start({ version: '3.13.6' });
  const client = apis.client(api);
  await client.request(HELLO);
  api.control.setUsers(api.users.map((user) => ({ ...user, password: 'changed-on-the-manager' })));
  api.control.clearRequests();

  for (let call = 0; call < 20; call += 1) {
    await expect(client.request(HELLO)).rejects.toMatchObject({ code: 'api.sign-in-refused' });
  }

  expect(api.control.requests().map(({ path }) => path)).toEqual(['/', '/security/user/authenticate']);
});

test('password and token are handed to the redactor and are in no error and no address', async () => {
  const api = await apis.start();
  const client = apis.client(api);
  await client.request(HELLO);

  const basic = Buffer.from('wazuh:lab-administrator-1').toString('base64');
  expect(apis.secrets).toContain('lab-administrator-1');
  expect(apis.secrets).toContain(basic);
  const token = apis.secrets.find((secret) => secret.split('.').length === 3) ?? '';
  expect(token).not.toBe('');

  api.control.misbehave({ kind: 'html', status: 200 });
  const error: Error = await client.request(HELLO).then(
    () => new Error('It was answered.'),
    (reason: Error) => reason,
  );
  const told = JSON.stringify([error, error.message, error.stack, client.status, api.control.requests()]);
  for (const secret of ['lab-administrator-1', basic, token]) expect(told).not.toContain(secret);
});

test('a sign-in goes on for the others when the one that began it gives up', async () => {
  const api = await apis.start();
  api.control.misbehave({ kind: 'slow', delayMs: 50 }, { scope: 'sign-in', times: 1 });
  const client = apis.client(api);
  const giveUp = new AbortController();

  const first = client.request({ ...HELLO, signal: giveUp.signal });
  const second = client.request(HELLO);
  giveUp.abort();

  await expect(first).rejects.toMatchObject({ code: 'api.cancelled' });
  await expect(second).resolves.toMatchObject({ status: 200 });
  expect(signIns(api)).toEqual(['POST 200']);
});

test('signing in waits for the minute to end when others have used it up', async () => {
  const clock = new ManualClock();
  const api = await apis.start({ clock });
  api.control.misbehave({ kind: 'rate-limit' }, { scope: 'sign-in', times: 1 });
  const client = apis.client(api, { clock });

  const answer = client.request({ ...HELLO, urgency: 'background' });
  await expect.poll(() => clock.sleepers).toBeGreaterThan(0);
  await clock.advance(61_000);

  await expect(answer).resolves.toMatchObject({ status: 200 });
});
