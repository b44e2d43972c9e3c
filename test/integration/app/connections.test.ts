import { appendFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ProfileDraft } from '../../../src-shared/domain/connection-profile.ts';
import { aFimJsonLine } from '../../builders/alert-lines.ts';
import { aDraft } from '../../builders/a-profile.ts';
import { WITHOUT_STARTUP_FILES } from '../../builders/an-ssh-host.ts';
import { anSshd, sshdMissing, type Sshd } from '../../builders/an-sshd.ts';
import { aManagerTree, aSaveRequest, someConnections, statusOf } from '../../builders/some-connections.ts';
import { accessTo } from '../../builders/ssh-ports.ts';

const until = (check: () => void | Promise<void>, timeout = 15_000) =>
  vi.waitFor(check, { timeout, interval: 20 });

describe.skipIf(sshdMissing)(`a connection over a real sshd ${sshdMissing ?? ''}`, () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await anSshd({ lines: [WITHOUT_STARTUP_FILES] });
  });
  afterAll(() => sshd.stop());

  function overSsh(changes: Partial<ProfileDraft> = {}): ProfileDraft {
    return aDraft({
      name: 'fra',
      ssh: accessTo(sshd),
      ...changes,
    });
  }
  const hostKey = () => sshd.hostKeys[0]?.fingerprint ?? '';
  const acceptedKey = () => ({ hostKeys: [hostKey()], certificate: null });

  test('an unknown host key waits for a person; once accepted the alerts are followed', async () => {
    const { prefix, alerts } = aManagerTree(`${aFimJsonLine(1)}\n`);
    const { connections, sources, store } = someConnections();
    const id = await connections.save(aSaveRequest({ draft: overSsh({ prefix }) }));
    await until(() =>
      expect(statusOf(connections, id).host).toMatchObject({ state: 'needs-you', kind: 'ssh' }),
    );
    expect(statusOf(connections, id).host?.need).toMatchObject({
      kind: 'host-key-unknown',
      offered: { fingerprint: hostKey(), port: sshd.port },
    });
    expect(sources.status()).toMatchObject([{ profile: 'fra', state: 'offline' }]);

    connections.acceptHostKey(sshd.host, sshd.port, hostKey());

    await until(() => expect(statusOf(connections, id).host?.state).toBe('connected'));
    await until(() => expect(store.tallies().fim_events).toBe(1));
    appendFileSync(alerts, `${aFimJsonLine(2)}\n`);
    await until(() => expect(store.tallies().fim_events).toBe(2));
    const { sourceId } = statusOf(connections, id);
    expect(sources.status()).toMatchObject([{ id: sourceId, path: alerts, state: 'following' }]);
    expect((await connections.list())[0]?.hostKeys).toMatchObject([{ fingerprint: hostKey() }]);
  });

  test('a test of a draft tries everything and keeps nothing; what it accepted is pinned when the profile is saved', async () => {
    const { prefix } = aManagerTree();
    const { connections, store } = someConnections();
    const draft = overSsh({ prefix });
    const refused = await connections.test({ ...aSaveRequest({ draft }) }, new AbortController().signal);
    expect(refused.find(({ outcome }) => outcome === 'needs-you')).toMatchObject({
      step: 'host-key',
      need: { kind: 'host-key-unknown', offered: { fingerprint: hostKey() } },
    });
    expect(refused.at(-1)).toMatchObject({ step: 'alerts', outcome: 'skipped' });

    const request = aSaveRequest({ draft, accepted: acceptedKey() });
    const checks = await connections.test(request, new AbortController().signal);

    expect(checks.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'reach ok',
      'host-key ok',
      'sign-in ok',
      'files ok',
      'shell ok',
      'prefix ok',
      'alerts ok',
      expect.stringMatching(/^elevation (ok|skipped)$/),
    ]);
    expect(store.hostKeys.pinned(sshd.host, sshd.port)).toEqual([]);
    expect(await connections.list()).toEqual([]);
    const id = await connections.save(request);
    await until(() => expect(statusOf(connections, id).host?.state).toBe('connected'));
  });

  test('an account without SFTP is told why nothing is followed', async () => {
    const own = await anSshd({ lines: [WITHOUT_STARTUP_FILES, 'Subsystem sftp /bin/false'] });
    onTestFinished(() => own.stop());
    const { connections, store } = someConnections();
    for (const key of own.hostKeys)
      store.hostKeys.pin({ host: own.host, port: own.port, ...key, acceptedMs: 0 });
    const draft = overSsh();
    if (draft.ssh) Object.assign(draft.ssh, { port: own.port, keyPath: own.clientKey.path });
    const id = await connections.save(aSaveRequest({ draft }));
    await until(() =>
      expect(statusOf(connections, id).host).toMatchObject({
        state: 'connected',
        error: { code: 'manager.no-sftp', remedy: expect.stringContaining('Subsystem sftp') },
      }),
    );
  });

  test('each failure of a test stands beside its field, with what to do', async () => {
    const { prefix } = aManagerTree();
    const { connections } = someConnections();
    const tryDraft = async (changes: Partial<ProfileDraft>, ssh: object = {}) => {
      const draft = overSsh({ prefix, ...changes });
      if (draft.ssh) Object.assign(draft.ssh, ssh);
      const checks = await connections.test(
        aSaveRequest({ draft, accepted: acceptedKey() }),
        new AbortController().signal,
      );
      return checks.find(({ outcome }) => outcome === 'failed' || outcome === 'needs-you');
    };

    expect(await tryDraft({ prefix: '/no/such/folder' })).toMatchObject({ step: 'prefix', field: 'prefix' });
    expect(await tryDraft({ alertFormat: 'log' })).toMatchObject({
      step: 'alerts',
      message: `${prefix}/logs/alerts/alerts.log does not exist.`,
    });
    expect(await tryDraft({}, { port: 1 })).toMatchObject({ step: 'reach', field: 'port' });
    expect(await tryDraft({}, { keyPath: '/no/such/key' })).toMatchObject({ step: 'sign-in', field: 'key' });
    expect(await tryDraft({ api: { url: 'https://127.0.0.1:1', user: 'wazuh' } })).toMatchObject({
      step: 'api-sign-in',
      field: 'api-password',
    });
  });

  test('after the connection broke it comes back, and what was written meanwhile is read', async () => {
    const own = await anSshd({ lines: [WITHOUT_STARTUP_FILES] });
    onTestFinished(() => own.stop());
    const { prefix, alerts } = aManagerTree(`${aFimJsonLine(1)}\n`);
    const { connections, store } = someConnections();
    const draft = overSsh({ prefix });
    if (draft.ssh) Object.assign(draft.ssh, { port: own.port, keyPath: own.clientKey.path });
    for (const key of own.hostKeys)
      store.hostKeys.pin({ host: own.host, port: own.port, ...key, acceptedMs: 0 });
    const id = await connections.save(aSaveRequest({ draft }));
    await until(() => expect(store.tallies().fim_events).toBe(1));

    await own.kill();
    await until(() => expect(statusOf(connections, id).host?.state).not.toBe('connected'));
    appendFileSync(alerts, `${aFimJsonLine(2)}\n`);
    await own.restart();
    await connections.reconnect(id);

    await until(() => expect(store.tallies().fim_events).toBe(2));
    expect(statusOf(connections, id).host?.state).toBe('connected');
  });

  test('a name and publishing change while connected; what the way stands on connects anew', async () => {
    const { prefix } = aManagerTree(`${aFimJsonLine(1)}\n`);
    const { connections, sources, store } = someConnections();
    const request = aSaveRequest({ draft: overSsh({ prefix }), accepted: acceptedKey() });
    await connections.test(request, new AbortController().signal);
    const id = await connections.save(request);
    await until(() => expect(sources.status()).toMatchObject([{ state: 'following' }]));
    const since = statusOf(connections, id).host?.since;

    await connections.save({ ...request, profileId: id, draft: overSsh({ prefix, name: 'frankfurt' }) });

    expect(statusOf(connections, id)).toMatchObject({
      name: 'frankfurt',
      host: { state: 'connected', since },
    });
    expect(sources.status()).toMatchObject([{ profile: 'frankfurt', state: 'following' }]);
    const other = aManagerTree(`${aFimJsonLine(7)}\n`);
    await connections.save({
      ...request,
      profileId: id,
      draft: overSsh({ name: 'frankfurt', prefix: other.prefix }),
    });
    await until(() => expect(store.tallies().fim_events).toBe(2));
    expect(sources.status()).toMatchObject([{ profile: 'frankfurt', path: other.alerts }]);
  });

  test('a disconnected profile stays so over a restart, until it is connected again', async () => {
    const { prefix } = aManagerTree(`${aFimJsonLine(1)}\n`);
    const first = someConnections();
    const request = aSaveRequest({ draft: overSsh({ prefix }), accepted: acceptedKey() });
    await first.connections.test(request, new AbortController().signal);
    const id = await first.connections.save(request);
    await until(() => expect(first.store.tallies().fim_events).toBe(1));
    await first.connections.disconnect(id);
    expect(statusOf(first.connections, id)).toMatchObject({ host: { state: 'off' } });
    expect(first.sources.status()).toMatchObject([{ state: 'stopped' }]);
    await first.connections.close();

    const second = someConnections({ store: first.store });
    await second.connections.start();

    expect(statusOf(second.connections, id)).toMatchObject({ host: { state: 'off' } });
    await second.connections.reconnect(id);
    await until(() => expect(statusOf(second.connections, id).host?.state).toBe('connected'));
  });

  test('ten profiles at once: nine work while one is dead, and all end at once', async () => {
    const trees = Array.from({ length: 9 }, (_, index) => aManagerTree(`${aFimJsonLine(index + 1)}\n`));
    const { connections, store } = someConnections();
    for (const key of sshd.hostKeys) {
      store.hostKeys.pin({ host: sshd.host, port: sshd.port, ...key, acceptedMs: 0 });
    }
    // 192.0.2.0/24 is nobody's: packets to it vanish.
    const dead = overSsh({ name: 'dead' });
    if (dead.ssh) Object.assign(dead.ssh, { host: '192.0.2.1' });
    store.profiles.add(dead);
    for (const [index, { prefix }] of trees.entries())
      store.profiles.add(overSsh({ name: `m${index}`, prefix }));
    const startedMs = performance.now();

    await connections.start();

    expect(performance.now() - startedMs).toBeLessThan(2_000);
    await until(() => expect(store.tallies().fim_events).toBe(9), 30_000);
    const states = connections.status().map(({ host }) => host?.state);
    expect(states.filter((state) => state === 'connected')).toHaveLength(9);
    expect(['connecting', 'waiting']).toContain(states[0]);
    const closingMs = performance.now();
    await connections.close();
    expect(performance.now() - closingMs).toBeLessThan(5_000);
  });

  test('a secret that is missing is asked for; given for this run only it is not kept', async () => {
    const { prefix } = aManagerTree();
    const { connections, secretStore } = someConnections();
    const draft = overSsh({ prefix });
    if (draft.ssh) Object.assign(draft.ssh, { keyPath: sshd.encryptedKey.path });
    const request = aSaveRequest({ draft, accepted: acceptedKey() });
    await connections.test(request, new AbortController().signal);
    const id = await connections.save(request);
    await until(() =>
      expect(statusOf(connections, id).host).toMatchObject({
        state: 'needs-you',
        need: { kind: 'secret', secret: 'passphrase', wasRefused: false },
      }),
    );

    await connections.giveSecret(id, 'passphrase', sshd.encryptedKey.passphrase, false);

    await until(() => expect(statusOf(connections, id).host?.state).toBe('connected'));
    expect(await secretStore.names()).toEqual([]);
  });

  test('removing a connection ends it and forgets secrets and pins that no other one uses', async () => {
    const { prefix } = aManagerTree(`${aFimJsonLine(1)}\n`);
    const { connections, store, secretStore, sources } = someConnections();
    const request = aSaveRequest({
      draft: overSsh({ prefix, elevation: 'sudo-password' }),
      secrets: { 'sudo-password': 'swordfish' },
      accepted: acceptedKey(),
    });
    await connections.test(request, new AbortController().signal);
    const first = await connections.save(request);
    const second = await connections.save({ ...request, draft: overSsh({ name: 'ams', prefix }) });
    await until(() => expect(store.tallies().fim_events).toBe(1));

    await connections.remove(first);

    expect(await secretStore.names()).toEqual([]);
    expect(store.hostKeys.pinned(sshd.host, sshd.port)).toHaveLength(1);
    expect(connections.status().map(({ id }) => id)).toEqual([second]);
    await connections.remove(second);
    expect(store.hostKeys.pinned(sshd.host, sshd.port)).toEqual([]);
    expect(sources.status()).toEqual([]);
    expect(store.tallies().fim_events).toBe(1);
  });
});

describe('a manager on this machine', () => {
  test('is followed without asking anybody; its source is stopped by its connection only', async () => {
    const { prefix, alerts } = aManagerTree(`${aFimJsonLine(1)}\n`);
    const { connections, sources, store } = someConnections();
    const draft = aDraft({ name: 'here', ssh: null, isLocal: true, prefix });

    const checks = await connections.test(aSaveRequest({ draft }), new AbortController().signal);
    expect(checks.slice(0, 4).map(({ step, outcome }) => [step, outcome])).toEqual([
      ['files', 'ok'],
      ['shell', 'ok'],
      ['prefix', 'ok'],
      ['alerts', 'ok'],
    ]);
    const id = await connections.save(aSaveRequest({ draft }));

    await until(() => expect(store.tallies().fim_events).toBe(1));
    expect(statusOf(connections, id)).toMatchObject({
      host: { kind: 'local', state: 'connected' },
      api: null,
    });
    const { sourceId } = statusOf(connections, id);
    await expect(sources.stop(sourceId ?? 0)).rejects.toMatchObject({
      code: 'sources.of-connection',
      message: `${alerts} is followed by the connection here.`,
    });
    await connections.disconnect(id);
    expect(sources.status()).toMatchObject([{ state: 'stopped' }]);
  });

  test('that is not there is said so', async () => {
    const { connections } = someConnections({ abilities: { detectPrefix: () => Promise.resolve(null) } });
    const id = await connections.save(
      aSaveRequest({ draft: aDraft({ name: 'here', ssh: null, isLocal: true }) }),
    );

    await until(() =>
      expect(statusOf(connections, id).host?.error).toMatchObject({
        code: 'connections.not-installed',
        message: `No Wazuh manager was found on ${hostname()}.`,
      }),
    );
    expect(statusOf(connections, id).sourceId).toBeNull();
  });

  test('the account is looked at when the connection is new, and again when a person asks', async () => {
    const { prefix } = aManagerTree();
    let looks = 0;
    const { connections, store } = someConnections({
      abilities: {
        probe: async ({ clock, profile }) => {
          looks += 1;
          expect(profile.name).toBe('here');
          return {
            probedAt: new Date(clock.now()).toISOString(),
            tookMs: 1,
            manager: {
              hostName: null,
              version: '4.14.7',
              prefix,
              account: null,
              daemons: [],
              clusterNode: null,
            },
            clockDifferenceMs: 0,
            findings: [],
          };
        },
      },
    });
    const draft = aDraft({ name: 'here', ssh: null, isLocal: true, prefix });
    const id = await connections.save(aSaveRequest({ draft }));
    await until(() => expect(store.profiles.get(id)?.capabilities?.manager.version).toBe('4.14.7'));
    await connections.reconnect(id);
    expect(looks).toBe(1);

    await connections.probe(id);

    expect(looks).toBe(2);
    await connections.disconnect(id);
    expect(() => connections.probe(id)).toThrow(expect.objectContaining({ code: 'connections.off' }));
  });
});
