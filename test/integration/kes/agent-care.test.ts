import { expect, test } from 'vitest';
import type { AgentAccess } from '../../../src-shared/ipc/scans.ts';
import { addressOf } from '../../../src-main/kes/desk/agent-address.ts';
import { PROFILE } from '../../builders/a-fleet-request.ts';
import { someScans } from '../../builders/some-scans.ts';

const ACCESS: AgentAccess = {
  isOn: true,
  host: '{ip}',
  port: 22,
  user: 'kes',
  methods: ['password'],
  keyPath: null,
  throughManager: false,
  elevation: 'sudo-password',
};
const given = new Map([
  ['password', 'the-password'],
  ['sudo-password', 'the-sudo-password'],
] as const);
const aWorld = () =>
  someScans({ manager: { ssh: null, api: { url: 'https://127.0.0.1:1', user: 'wazuh' } } });

test('secrets of agents are kept apart from those of their manager, and stay when its form is saved', async () => {
  const { care, tools, profileId } = await aWorld();
  await tools.secrets.keep(profileId, new Map([['api-password', 'of-the-api']]), { acceptsClearText: false });
  await care.setAccess(PROFILE, null, ACCESS, given);
  await care.setAccess(PROFILE, '001', { ...ACCESS, user: 'own' }, new Map([['password', 'own-password']]));

  await tools.secrets.forget(profileId, () => false);

  expect(await tools.secrets.get(profileId, 'api-password')).toBeNull();
  expect(await tools.secrets.get(profileId, 'agent-password')).toBe('the-password');
  expect(await tools.secrets.get(profileId, 'agent-001-password')).toBe('own-password');
  await tools.secrets.forget(profileId);
  expect(await tools.secrets.get(profileId, 'agent-password')).toBeNull();
});

test('a password goes to the account it was given for, and to no other', async () => {
  const { care, tools, profileId } = await aWorld();
  const kept = () =>
    Promise.all([
      tools.secrets.get(profileId, 'agent-password'),
      tools.secrets.get(profileId, 'agent-sudo-password'),
    ]);
  await care.setAccess(PROFILE, null, ACCESS, given);
  await care.setAccess(PROFILE, null, { ...ACCESS, isOn: false }, new Map());
  expect(await kept()).toEqual(['the-password', 'the-sudo-password']);
  await care.setAccess(PROFILE, null, { ...ACCESS, elevation: 'sudo' }, new Map());
  expect(await kept()).toEqual(['the-password', null]);
  await care.setAccess(PROFILE, null, { ...ACCESS, host: 'elsewhere' }, new Map());
  expect(await kept()).toEqual([null, null]);
});

test('an agent of its own mind, the template, and none at all', async () => {
  const { care, store } = await aWorld();
  const key = { profile: PROFILE, agentId: '001' };
  expect(care.kesOf(key).access).toMatchObject({ own: null, effective: null });
  await care.setAccess(PROFILE, null, ACCESS, new Map());
  expect(care.kesOf(key).access).toMatchObject({ own: null, effective: ACCESS });
  const off = { ...ACCESS, isOn: false };
  await care.setAccess(PROFILE, '001', off, new Map());
  expect(care.kesOf(key).access).toMatchObject({ own: off, effective: null });
  await care.setAccess(PROFILE, '001', null, new Map());
  expect(care.kesOf(key).access).toMatchObject({ own: null, effective: ACCESS });
  store.agentKes.remember(PROFILE, '001', { kesVersion: '12.1.0.1508' });
  const boot = care.kesOf(key).kinds.find(({ kind }) => kind === 'boot');
  expect(boot).toMatchObject({ state: 'replaced', basis: 'version' });
  await expect(care.setAccess('nobody', null, ACCESS, given)).rejects.toMatchObject({
    code: 'scans.no-connection',
  });
});

test('what an agent calls itself never becomes more than a name', () => {
  const agent = { agentId: '007', name: 'web-1', ip: '10.0.0.7' };
  const at = (host: string, change: object = {}) => addressOf({ host }, { ...agent, ...change });
  expect(at('{ip}')).toBe('10.0.0.7');
  expect(at('agent-{id}.{name}.example.net')).toBe('agent-007.web-1.example.net');
  expect(at('{name}', { name: '{ip}' })).toBe('');
  for (const name of ['', '-oProxyCommand=x', 'a b', 'a;b', 'a/b', 'a\nb'])
    expect(at('{name}', { name })).toBe('');
  expect(at('{ip}', { ip: null })).toBe('');
});

test('an agent that the manager does not list is said to be that, not to be without SSH', async () => {
  const { care } = await aWorld();
  await care.setAccess(PROFILE, null, ACCESS, given);
  const key = { profile: PROFILE, agentId: '999' };
  await expect(care.installScript(key)).rejects.toMatchObject({ code: 'kes.not-listed' });
});
