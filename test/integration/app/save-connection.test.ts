import { afterEach, expect, test, vi } from 'vitest';
import type { ProfileDraft, SshHop } from '../../../src-shared/domain/connection-profile.ts';
import { aDraft } from '../../builders/a-profile.ts';
import { aPromptingServer, type PromptingServer } from '../../builders/a-prompting-server.ts';
import { aSaveRequest, someConnections, statusOf } from '../../builders/some-connections.ts';

let server: PromptingServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 20 });

function aJump(host: string): SshHop {
  return { host, port: 22, user: 'verdict', methods: ['password'], keyPath: null };
}

/** Nobody answers at these names: nothing is sent anywhere. */
function throughJumps(...hosts: string[]): ProfileDraft {
  const manager = {
    ...aJump('manager.invalid'),
    methods: ['password', 'key'] as const,
    keyPath: '~/.ssh/id',
  };
  return aDraft({
    name: 'fra',
    ssh: { ...manager, jumps: hosts.map((host) => aJump(host)), allowsLegacyAlgorithms: false },
  });
}

test('a jump host keeps its own password wherever it moves, and never gets that of another machine', async () => {
  const { connections, tools } = someConnections();
  const request = aSaveRequest({
    draft: throughJumps('first.invalid', 'second.invalid'),
    secrets: {
      password: 'of-the-manager',
      jumps: [{ password: 'of-the-first' }, { password: 'of-the-second' }],
    },
  });
  const profileId = await connections.save(request);

  await connections.save(
    aSaveRequest({ profileId, draft: throughJumps('second.invalid', 'third.invalid', 'first.invalid') }),
  );

  const { secrets } = tools;
  expect(await secrets.get(profileId, 'password')).toBe('of-the-manager');
  expect(await secrets.get(profileId, 'jump-0-password')).toBe('of-the-second');
  expect(await secrets.get(profileId, 'jump-1-password')).toBeNull();
  expect(await secrets.get(profileId, 'jump-2-password')).toBe('of-the-first');
  await connections.save(aSaveRequest({ profileId, draft: throughJumps('third.invalid') }));
  expect(await secrets.kept(profileId)).toEqual(['password']);
});

test('a key that was accepted of a jump host is pinned for that one alone, whoever else showed it', async () => {
  const { connections, store, tools } = someConnections();
  const draft = throughJumps('first.invalid');
  const key = { keyType: 'ssh-ed25519', key: 'AAAA', fingerprint: 'SHA256:one', port: 22, acceptedMs: 0 };
  for (const host of ['manager.invalid', 'first.invalid']) tools.offered.remember({ ...key, host });

  const accepted = { hostKeys: ['SHA256:one'], certificate: null };
  await connections.save(aSaveRequest({ draft, accepted }));
  await connections.save(aSaveRequest({ draft: { ...draft, name: 'again' }, accepted }));

  expect(store.hostKeys.pinned('first.invalid', 22)).toHaveLength(1);
  expect(store.hostKeys.pinned('manager.invalid', 22)).toEqual([]);
  const named = { host: 'manager.invalid', port: 22, fingerprint: 'SHA256:one' };
  const both = { hostKeys: ['SHA256:one', named], certificate: null };
  await connections.save(aSaveRequest({ draft: { ...draft, name: 'both' }, accepted: both }));
  expect(store.hostKeys.pinned('manager.invalid', 22)).toHaveLength(1);
});

test('a secret that the profile has no use for any more is forgotten', async () => {
  const { connections, tools } = someConnections();
  const draft = { ...throughJumps(), elevation: 'sudo-password' as const };
  const profileId = await connections.save(
    aSaveRequest({
      draft,
      secrets: { password: 'pw', passphrase: 'pp', 'sudo-password': 'sp', 'api-password': 'ap' },
    }),
  );
  expect((await tools.secrets.kept(profileId)).toSorted()).toEqual([
    'passphrase',
    'password',
    'sudo-password',
  ]);

  await connections.save(aSaveRequest({ profileId, draft: { ...draft, elevation: 'sudo' } }));

  expect((await tools.secrets.kept(profileId)).toSorted()).toEqual(['passphrase', 'password']);
});

test.each([
  ['another machine', { host: 'elsewhere.invalid' }],
  ['another port', { port: 2222 }],
  ['another account', { user: 'somebody' }],
])('the passwords of a manager are not for %s, in a test neither', async (_what, change) => {
  const { connections, tools } = someConnections();
  const draft = { ...throughJumps(), elevation: 'sudo-password' as const };
  const secrets = { password: 'pw', passphrase: 'pp', 'sudo-password': 'sp' };
  const profileId = await connections.save(aSaveRequest({ draft, secrets }));
  const get = vi.spyOn(tools.secrets, 'get');
  const moved = aSaveRequest({
    profileId,
    draft: { ...draft, ssh: draft.ssh && { ...draft.ssh, ...change } },
  });

  await connections.test(moved, new AbortController().signal);
  await connections.save(moved);

  expect(get.mock.calls.map(([, name]) => name)).not.toContain('password');
  expect(await tools.secrets.kept(profileId)).toEqual(['passphrase']);
});

const apiAt = (url: string, user = 'wazuh') => aDraft({ ssh: null, alertFormat: null, api: { url, user } });

test('the password of the API is for its address and its user alone', async () => {
  const { connections, tools } = someConnections();
  const save = (draft: ProfileDraft, password?: string) =>
    connections.save(
      aSaveRequest({ profileId, draft, secrets: password === undefined ? {} : { 'api-password': password } }),
    );
  let profileId: number | null = null;
  profileId = await save(apiAt('https://one.invalid:55000'), 'ap');

  await save(apiAt('https://ONE.invalid:55000/'));
  expect(await tools.secrets.kept(profileId)).toEqual(['api-password']);
  await save(apiAt('https://one.invalid:55000', 'admin'));
  expect(await tools.secrets.kept(profileId)).toEqual([]);
  await save(apiAt('https://one.invalid:55000', 'admin'), 'ap');
  await save(apiAt('https://two.invalid:55000', 'admin'));
  expect(await tools.secrets.kept(profileId)).toEqual([]);
});

test('a secret that is to be forgotten goes, also that of a jump host that moved; one given anew is kept', async () => {
  const { connections, tools } = someConnections();
  const draft = throughJumps('first.invalid', 'second.invalid');
  const secrets = { password: 'pw', passphrase: 'pp', jumps: [{ password: 'of-1' }, { password: 'of-2' }] };
  const profileId = await connections.save(aSaveRequest({ draft, secrets }));

  await connections.save(
    aSaveRequest({
      profileId,
      draft: throughJumps('second.invalid', 'first.invalid'),
      secrets: { passphrase: 'new' },
      forgets: ['password', 'passphrase', 'jump-0-password'],
    }),
  );

  expect(await tools.secrets.get(profileId, 'password')).toBeNull();
  expect(await tools.secrets.get(profileId, 'passphrase')).toBe('new');
  expect(await tools.secrets.get(profileId, 'jump-0-password')).toBeNull();
  expect(await tools.secrets.get(profileId, 'jump-1-password')).toBe('of-1');
});

test('secrets that cannot be kept leave everything as it was', async () => {
  const { connections, tools } = someConnections();
  const kept = aSaveRequest({ draft: throughJumps(), secrets: { password: 'pw' } });
  const profileId = await connections.save(kept);
  vi.spyOn(tools.secrets, 'keep').mockRejectedValue(new Error('The vault is locked.'));

  await expect(connections.save({ ...kept, draft: { ...kept.draft, name: 'ams' } })).rejects.toThrow(
    'locked',
  );
  const edited = { ...throughJumps(), name: 'renamed' };
  await expect(
    connections.save(aSaveRequest({ profileId, draft: edited, secrets: { password: 'x' } })),
  ).rejects.toThrow('locked');

  expect((await connections.list()).map(({ profile }) => profile.name)).toEqual(['fra']);
});

test('what is entered for another machine is kept only once the connection to the old one has ended', async () => {
  const { connections, tools } = someConnections();
  const profileId = await connections.save(aSaveRequest({ draft: throughJumps() }));
  const states: (string | undefined)[] = [];
  const keep = vi.spyOn(tools.secrets, 'keep').mockImplementation(async () => {
    states.push(statusOf(connections, profileId).host?.state);
  });
  const draft = throughJumps();
  const moved = { ...draft, ssh: draft.ssh && { ...draft.ssh, host: 'elsewhere.invalid' } };
  const request = aSaveRequest({ profileId, draft: moved, secrets: { password: 'pw' } });

  await connections.save(request);
  keep.mockRejectedValue(new Error('The vault is locked.'));
  await expect(connections.save({ ...request, draft })).rejects.toThrow('locked');

  expect(states).toEqual(['off']);
  // What could not be saved leaves the connection as it was.
  expect(statusOf(connections, profileId).host?.state).not.toBe('off');
});

test('a name that is taken is refused before anything is kept', async () => {
  const { connections, secretStore } = someConnections();
  await connections.save(aSaveRequest({ draft: throughJumps() }));

  await expect(
    connections.save(aSaveRequest({ draft: throughJumps(), secrets: { password: 'pw' } })),
  ).rejects.toMatchObject({ code: 'connections.name-taken' });

  expect(await secretStore.names()).toEqual([]);
});

test('a machine that asks during a test is answered through the window; giving the test up takes the question back', async () => {
  server = await aPromptingServer([
    { title: 'Second factor', prompts: [{ prompt: 'Code: ', echo: true }], answers: ['123456'] },
  ]);
  const { connections, events } = someConnections();
  const { host, port, user, hostKeys } = server;
  const ssh = { host, port, user, methods: ['keyboard-interactive'] as const, keyPath: null };
  const request = aSaveRequest({
    draft: aDraft({ ssh: { ...ssh, jumps: [], allowsLegacyAlgorithms: false } }),
    accepted: { hostKeys: hostKeys.map(({ fingerprint }) => fingerprint), certificate: null },
  });
  const testing = connections.test(request, new AbortController().signal);
  await until(() => expect(connections.prompts.needs).toHaveLength(1));
  expect(connections.prompts.needs[0]).toMatchObject({
    title: 'Second factor',
    fields: [{ label: 'Code:' }],
  });
  expect(events.changed).toBeGreaterThan(0);
  expect(() => connections.answerPrompt('another', ['1'])).toThrow(
    expect.objectContaining({ code: 'connections.prompt-gone' }),
  );

  connections.answerPrompt(connections.prompts.needs[0]?.promptId ?? '', ['123456']);

  const checks = await testing;
  expect(checks.find(({ step }) => step === 'sign-in')).toMatchObject({ outcome: 'ok' });
  expect(connections.prompts.needs).toEqual([]);

  const leaving = new AbortController();
  const givenUp = connections.test(request, leaving.signal);
  await until(() => expect(connections.prompts.needs).toHaveLength(1));
  leaving.abort();
  await expect(givenUp).rejects.toMatchObject({ code: 'manager.cancelled' });
  expect(connections.prompts.needs).toEqual([]);
});

test('a machine that asks while it is connected to is answered the same way', async () => {
  server = await aPromptingServer([{ prompts: [{ prompt: 'Code: ', echo: false }], answers: ['42'] }]);
  const { connections, store } = someConnections();
  const { host, port, user, hostKeys } = server;
  for (const key of hostKeys) store.hostKeys.pin({ host, port, ...key, acceptedMs: 0 });
  const ssh = { host, port, user, methods: ['keyboard-interactive'] as const, keyPath: null };
  const id = await connections.save(
    aSaveRequest({
      draft: aDraft({ alertFormat: null, ssh: { ...ssh, jumps: [], allowsLegacyAlgorithms: false } }),
    }),
  );
  await until(() => expect(statusOf(connections, id).host?.need).toMatchObject({ kind: 'prompt' }));
  const need = statusOf(connections, id).host?.need;

  connections.answerPrompt(need?.kind === 'prompt' ? need.promptId : '', ['42']);

  await until(() => expect(statusOf(connections, id).host?.state).toBe('connected'));
});
