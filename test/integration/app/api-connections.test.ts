import { afterEach, expect, test, vi } from 'vitest';
import type { ProfileDraft } from '../../../src-shared/domain/connection-profile.ts';
import { DirectReader } from '../../../src-main/store/reader.ts';
import { Apis, passwordOf } from '../../builders/an-api.ts';
import { aDraft } from '../../builders/a-profile.ts';
import { aSaveRequest, someConnections, statusOf } from '../../builders/some-connections.ts';

const apis = new Apis();
afterEach(() => apis.clean());

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

function overApi(url: string, changes: Partial<ProfileDraft> = {}): ProfileDraft {
  return aDraft({ name: 'fra', ssh: null, alertFormat: null, api: { url, user: 'wazuh' }, ...changes });
}

test('an API alone: its certificate and its password are asked for, then its agents are listed', async () => {
  const api = await apis.start();
  const { connections, store } = someConnections();
  const id = await connections.save(aSaveRequest({ draft: overApi(api.url) }));
  const wayOf = () => statusOf(connections, id).api;
  expect(statusOf(connections, id).host).toBeNull();
  await until(() => expect(wayOf()?.need).toMatchObject({ kind: 'secret', secret: 'api-password' }));

  await connections.giveSecret(id, 'api-password', passwordOf(api, 'wazuh'), true);
  await until(() => expect(wayOf()?.need).toMatchObject({ kind: 'certificate-unknown' }));
  const wrong = 'ab'.repeat(32);
  expect(() => connections.acceptCertificate(id, wrong)).toThrow(
    expect.objectContaining({ code: 'connections.certificate-not-offered' }),
  );
  connections.acceptCertificate(id, api.fingerprint ?? '');

  await until(() => expect(wayOf()?.state).toBe('connected'));
  const reader = new DirectReader(store.folder);
  await until(async () => {
    const { total } = await reader.ask('agentPage', {
      filter: { profile: null, text: '', statuses: [], group: null },
      cursor: null,
      limit: 10,
    });
    expect(total).toBeGreaterThan(1);
  });
  expect(await reader.ask('agentListings', null)).toMatchObject([
    { profileId: id, source: 'api', note: null },
  ]);
  await reader.close();
  expect((await connections.list())[0]).toMatchObject({
    secrets: ['api-password'],
    certificate: { fingerprint: api.fingerprint },
  });
});

test('what a test of a draft accepted is trusted when it is saved; a changed certificate is a hard stop', async () => {
  const api = await apis.start();
  const { connections, store } = someConnections();
  const request = aSaveRequest({
    draft: overApi(api.url),
    secrets: { 'api-password': passwordOf(api, 'wazuh') },
    accepted: { hostKeys: [], certificate: api.fingerprint },
  });

  const checks = await connections.test(request, new AbortController().signal);
  expect(checks.map(({ step, outcome }) => [step, outcome])).toEqual([
    ['api-reach', 'ok'],
    ['api-certificate', 'ok'],
    ['api-sign-in', 'ok'],
  ]);
  expect(store.certificates.accepted('127.0.0.1', api.port)).toBeNull();
  const id = await connections.save(request);
  await until(() => expect(statusOf(connections, id).api?.state).toBe('connected'));

  await connections.disconnect(id);
  store.certificates.accept('127.0.0.1', api.port, 'ab'.repeat(32), 1);
  await connections.reconnect(id);

  await until(() =>
    expect(statusOf(connections, id).api).toMatchObject({
      state: 'needs-you',
      need: { kind: 'certificate-changed', knownFingerprint: 'ab'.repeat(32) },
    }),
  );
  connections.forgetCertificate(id);
  await until(() =>
    expect(statusOf(connections, id).api?.need).toMatchObject({ kind: 'certificate-unknown' }),
  );
});

test('an address that is refused stops the API and nothing else', async () => {
  const { connections } = someConnections();
  const id = await connections.save(aSaveRequest({ draft: overApi('http://mgr.example.net:55000') }));

  expect(statusOf(connections, id).api).toMatchObject({
    state: 'stopped',
    error: { code: 'api.address-refused' },
  });
});

test('asking for agents again resolves when each manager was asked, a dead one included', async () => {
  const api = await apis.start();
  const { connections } = someConnections();
  const request = aSaveRequest({
    draft: overApi(api.url),
    secrets: { 'api-password': passwordOf(api, 'wazuh') },
    accepted: { hostKeys: [], certificate: api.fingerprint },
  });
  const alive = await connections.save(request);
  const dead = await connections.save(
    aSaveRequest({
      draft: overApi('https://127.0.0.1:1', { name: 'dead' }),
      secrets: { 'api-password': 'whatever-it-is' },
    }),
  );
  await until(() => expect(statusOf(connections, alive).api?.state).toBe('connected'));

  await connections.refreshAgents(null);

  expect(statusOf(connections, dead).api).toMatchObject({
    state: 'waiting',
    error: { code: 'api.unreachable' },
  });
  await connections.disconnect(dead);
  await expect(connections.refreshAgents(dead)).rejects.toMatchObject({ code: 'connections.off' });
});
