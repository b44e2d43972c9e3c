import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { LabApi, LabApiOptions } from '../../../../src-main/lab/api/lab-api.ts';
import { keptCertificate } from '../../../../src-main/lab/api/certificate.ts';
import { Apis, passwordOf } from '../../../builders/an-api.ts';
import { ManualClock } from '../../../builders/manual-clock.ts';

const apis = new Apis();
afterEach(() => apis.clean());

/** The API without TLS, so that any client can look at its answers. */
const plain = (options: Partial<LabApiOptions> = {}) => apis.start({ isTls: false, ...options });

function basic(api: LabApi, user: string, password = passwordOf(api, user)): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

async function signIn(api: LabApi, user = 'wazuh'): Promise<string> {
  const answer = await fetch(`${api.url}/security/user/authenticate?raw=true`, {
    method: 'POST',
    headers: { authorization: basic(api, user) },
  });
  return `Bearer ${await answer.text()}`;
}

/** Status and body of a call by a signed-in user. */
async function call(
  api: LabApi,
  authorization: string,
  path: string,
  init: { method?: string; json?: unknown } = {},
) {
  const answer = await fetch(api.url + path, {
    method: init.method ?? 'GET',
    headers: { authorization, 'content-type': 'application/json' },
    ...(init.json === undefined ? {} : { body: JSON.stringify(init.json) }),
  });
  const text = await answer.text();
  const type = answer.headers.get('content-type') ?? '';
  return { status: answer.status, type, body: type.includes('json') ? JSON.parse(text) : text };
}

test('a token comes raw or in the envelope, by POST and GET', async () => {
  const api = await plain();
  const headers = { authorization: basic(api, 'wazuh') };

  const raw = await fetch(`${api.url}/security/user/authenticate?raw=true`, { method: 'POST', headers });
  const wrapped = await fetch(`${api.url}/security/user/authenticate`, { headers });

  expect(raw.headers.get('content-type')).toContain('text/plain');
  expect((await raw.text()).split('.')).toHaveLength(3);
  expect(await wrapped.json()).toEqual({
    data: { token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) },
    error: 0,
  });
});

test('who may do what follows the roles: all, looking, nothing', async () => {
  const api = await plain();
  const status = async (user: string, path: string, init?: { method?: string; json?: unknown }) =>
    (await call(api, await signIn(api, user), path, init)).status;
  const event = { method: 'POST', json: { events: ['x'] } };

  expect(await status('wazuh', '/events', event)).toBe(200);
  expect(await status('auditor', '/agents')).toBe(200);
  expect(await status('auditor', '/events', event)).toBe(403);
  expect(await status('newcomer', '/agents')).toBe(403);
  expect(await status('newcomer', '/')).toBe(200);
  const refused = await call(api, await signIn(api, 'newcomer'), '/manager/info');
  expect(refused).toMatchObject({
    type: 'application/problem+json; charset=utf-8',
    body: { title: 'Permission Denied', detail: 'Permission denied: Resource type: *:*', error: 4000 },
  });
  const mine = await call(api, await signIn(api, 'auditor'), '/security/users/me/policies');
  expect(mine.body.data).toMatchObject({ 'agent:read': { 'agent:id:*': 'allow' }, rbac_mode: 'white' });
  const me = await call(api, await signIn(api, 'auditor'), '/security/users/me');
  expect(me.body.data.affected_items[0]).toMatchObject({
    username: 'auditor',
    roles: [{ name: 'readonly' }],
  });
});

test('lists are filtered, searched, sorted, cut and paged', async () => {
  const api = await plain();
  const token = await signIn(api);
  const ids = async (query: string) => {
    const { body } = await call(api, token, `/agents?${query}`);
    return body.data.affected_items.map(({ id }: { id: string }) => id).join(' ');
  };

  expect(await ids('status=disconnected,never_connected')).toBe('013 014');
  expect(await ids('q=status=active;os.platform=windows')).toBe('010 011');
  expect(await ids('q=id=001,id=003')).toBe('001 003');
  expect(await ids('q=id!=000&limit=2&offset=1')).toBe('002 003');
  expect(await ids('search=legacy')).toBe('012');
  expect(await ids('sort=-name&limit=2')).toBe('010 011');
  expect(await ids('group=web')).toBe('001 002 003');
  expect((await call(api, token, '/agents?select=name,os.platform&agents_list=001,999')).body).toMatchObject({
    data: {
      affected_items: [{ id: '001', name: 'web-ams-1', os: { platform: 'debian' } }],
      failed_items: [{ error: { code: 1701 }, id: ['999'] }],
    },
    error: 2,
  });
  expect((await call(api, token, '/agents?limit=0')).status).toBe(400);
  expect((await call(api, token, '/agents?shoe=1')).status).toBe(400);
  expect((await call(api, token, '/agents?limit=1&pretty=true&wait_for_complete=true')).status).toBe(200);
  expect((await call(api, token, '/agents?select=shoe')).body.error).toBe(1724);
  expect((await call(api, token, '/groups')).body.data.affected_items[0]).toEqual({
    name: 'default',
    count: 13,
  });
});

test('configuration, validation, log and daemons come from the manager', async () => {
  const api = await plain();
  const token = await signIn(api);

  const section = await call(api, token, '/manager/configuration?section=integration');
  const validation = await call(api, token, '/manager/configuration/validation');
  const log = await call(api, token, '/manager/logs?level=info');
  const daemons = await call(api, token, '/manager/status');

  expect(section.body.data.affected_items).toEqual([{ integration: [{ name: 'virustotal' }] }]);
  expect(validation.body).toMatchObject({
    data: { affected_items: [{ name: 'manager', status: 'OK' }] },
    error: 0,
  });
  expect(log.body.data.affected_items).toEqual([
    { timestamp: '2026-11-21T10:00:00Z', tag: 'wazuh-db', level: 'info', description: 'Started (pid: 1).' },
  ]);
  expect(daemons.body.data.affected_items[0]).toMatchObject({
    'wazuh-analysisd': 'running',
    'wazuh-maild': 'stopped',
  });
});

test('events are handed on, too large ones are told one by one', async () => {
  const taken: string[] = [];
  const api = await plain({ onEvent: (text) => taken.push(text) });
  const token = await signIn(api);

  const answer = await call(api, token, '/events', {
    method: 'POST',
    json: { events: ['{"a":1}', 'x'.repeat(65_536)] },
  });
  const tooMany = await call(api, token, '/events', {
    method: 'POST',
    json: { events: Array(101).fill('x') },
  });

  expect(taken).toEqual(['{"a":1}']);
  expect(answer.body).toMatchObject({ error: 2, data: { failed_items: [{ id: ['1'] }] } });
  expect(tooMany.status).toBe(400);
});

test('300 requests a minute for all together, 30 of them events', async () => {
  const clock = new ManualClock();
  const api = await plain({ clock });
  const token = await signIn(api);
  const post = { method: 'POST', json: { events: ['x'] } };
  const events = [];
  for (let turn = 0; turn < 31; turn += 1) events.push((await call(api, token, '/events', post)).body);
  expect(events.map(({ error }) => error)).toEqual([...Array(30).fill(0), 6005]);

  const rest = [];
  for (let turn = 0; turn < 269; turn += 1) rest.push((await call(api, token, '/')).status);

  expect(new Set(rest.slice(0, 268))).toEqual(new Set([200]));
  expect((await call(api, token, '/')).body).toMatchObject({ error: 6001 });
  await clock.advance(60_001);
  expect((await call(api, token, '/')).status).toBe(200);
});

test('50 refused sign-ins lock the address out for 300 seconds, on the login path only', async () => {
  const clock = new ManualClock();
  const api = await plain({ clock });
  const token = await signIn(api);
  const tryIn = (password: string) =>
    fetch(`${api.url}/security/user/authenticate`, {
      method: 'POST',
      headers: { authorization: basic(api, 'wazuh', password) },
    });
  for (let turn = 0; turn < 50; turn += 1) expect((await tryIn('wrong')).status).toBe(401);

  expect((await tryIn('lab-administrator-1')).status).toBe(403);
  expect((await call(api, token, '/')).status).toBe(200);
  await clock.advance(300_000);
  expect((await tryIn('lab-administrator-1')).status).toBe(200);
});

test('3.x answers in its old envelope and with its old errors', async () => {
  const orders: unknown[] = [];
  const api = await plain({ version: '3.13.6', onActiveResponse: (order) => orders.push(order) });
  const mine = basic(api, 'wazuh');

  const nobody = await fetch(`${api.url}/agents`);
  const agents = await call(api, mine, '/agents?limit=2&sort=-id');
  const unknown = await call(api, mine, '/nothing');
  const sent = await call(api, mine, '/active-response/001', {
    method: 'PUT',
    json: { command: 'restart-ossec0', arguments: ['-', 'null'] },
  });
  const away = await call(api, mine, '/active-response/014', { method: 'PUT', json: { command: 'a0' } });

  expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="OSSEC API"']);
  expect(agents.body).toMatchObject({
    error: 0,
    data: { totalItems: 15, items: [{ id: '014', status: 'Never connected' }, { id: '013' }] },
  });
  expect(unknown).toMatchObject({ status: 404, body: { error: 603 } });
  expect(sent.body).toMatchObject({ error: 0 });
  expect(away.body).toMatchObject({ error: 1651 });
  expect(orders).toEqual([
    { agentId: '001', command: 'restart-ossec0', arguments: ['-', 'null'], alert: {} },
  ]);
});

test('the certificate is made once and found again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-certificate-'));
  const first = await keptCertificate(folder);

  expect(await keptCertificate(folder)).toEqual(first);
  rmSync(folder, { recursive: true });
});

test('the key beside it is readable by its owner alone', async ({ skip }) => {
  skip(process.platform === 'win32', 'Windows keeps no such permissions');
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-certificate-'));
  await keptCertificate(folder);
  const path = join(folder, 'api-certificate.pem');

  expect(readFileSync(path, 'utf8')).toContain('PRIVATE KEY');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  rmSync(folder, { recursive: true });
});

test('it listens on this machine only', async () => {
  const api = await plain();
  expect(api.url).toBe(`http://127.0.0.1:${api.port}`);
});
