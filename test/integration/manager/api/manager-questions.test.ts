import { afterEach, expect, test } from 'vitest';
import {
  agentSummary,
  apiInfo,
  managerInfo,
  managerStatus,
  mayDo,
  myPermissions,
} from '../../../../src-main/manager/api/manager-questions.ts';
import { Apis } from '../../../builders/an-api.ts';

const apis = new Apis();
afterEach(() => apis.clean());

test.each(['4.14.7', '4.1.5', '3.13.6'])(
  '%s tells who it is, what runs and how many agents it has',
  async (version) => {
    const api = await apis.start({ version, managerTime: () => Date.parse('2026-11-17T09:00:00Z') });
    const client = apis.client(api);
    // The old API counts the manager itself.
    const own = version.startsWith('3.') ? 1 : 0;

    expect(await agentSummary(client)).toEqual({
      active: 12 + own,
      disconnected: 1,
      neverConnected: 1,
      pending: 0,
      total: 14 + own,
    });
    expect(await apiInfo(client)).toEqual({
      apiVersion: version,
      hostName: 'lab-manager',
      timestamp: '2026-11-17T09:00:00.000Z',
    });
    expect(await managerInfo(client)).toMatchObject({ version, type: 'server', timeZone: '+0000' });
    const prefix = version === '4.14.7' ? 'wazuh' : 'ossec';
    expect(await managerStatus(client)).toContainEqual({ name: `${prefix}-analysisd`, status: 'running' });
  },
);

test('permissions say whether an action reaches everything, some of it or nothing', async () => {
  const api = await apis.start();
  const limited = {
    id: 7,
    name: 'limited',
    password: 'limited-password',
    role: 'web',
    policies: {
      'agent:read': { 'agent:group:web': 'allow' },
      'manager:read': { '*:*:*': 'allow' },
      'group:read': { 'group:id:*': 'allow', 'group:id:secret': 'deny' },
      'event:ingest': { '*:*:*': 'deny' },
    },
  } as const;
  api.control.setUsers([...api.users, limited]);

  const permissions = await myPermissions(apis.client(api, { user: 'limited' }));

  if (!permissions) throw new Error('4.x has roles.');
  expect(permissions.mode).toBe('white');
  expect(mayDo(permissions, 'agent:read')).toBe('some');
  expect(mayDo(permissions, 'manager:read')).toBe('all');
  expect(mayDo(permissions, 'group:read')).toBe('some');
  expect(mayDo(permissions, 'event:ingest')).toBe('none');
  expect(mayDo(permissions, 'manager:restart')).toBe('none');
});

test('in black mode what is not denied is allowed', () => {
  const actions = new Map([['agent:read', new Map([['agent:id:001', 'deny' as const]])]]);

  expect(mayDo({ mode: 'black', actions }, 'manager:read')).toBe('all');
  expect(mayDo({ mode: 'black', actions }, 'agent:read')).toBe('some');
});

test('3.x has no roles', async () => {
  const api = await apis.start({ version: '3.13.6' });

  expect(await myPermissions(apis.client(api))).toBeNull();
});
