import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LabApiAgent } from './api-agents.ts';
import { dataReply, listReply, problems, type ApiReply } from './api-reply.ts';
import { compareVersions, type ApiCall, type ApiWorld } from './api-world.ts';
import { askActiveResponse } from './ask-active-response.ts';
import { configurationJson } from './configuration-json.ts';
import { queryList } from './list-query.ts';
import { managerLog } from './manager-log.ts';
import { readJson } from './read-body.ts';

/** One call of the API. Answers `agent:read` on `agent:id` and the like; null: every signed-in user may. */
export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly permission: readonly [action: string, resource: string] | null;
  /** First version that has it. */
  readonly since?: string;
  readonly run: (call: ApiCall, world: ApiWorld) => ApiReply;
}

const AGENT = 'agent:id';
const ANY = '*:*';

export const ROUTES: readonly Route[] = [
  { method: 'GET', pattern: /^\/$/, permission: null, run: (_call, world) => welcome(world) },
  { method: 'GET', pattern: /^\/security\/users\/me$/, permission: null, run: ({ user }) => me(user) },
  {
    method: 'GET',
    pattern: /^\/security\/users\/me\/policies$/,
    permission: null,
    run: ({ user }) =>
      dataReply(
        { ...user.policies, rbac_mode: 'white' },
        'Current user processed policies information was returned',
      ),
  },
  {
    method: 'GET',
    pattern: /^\/manager\/info$/,
    permission: ['manager:read', ANY],
    run: (_call, world) => info(world),
  },
  {
    method: 'GET',
    pattern: /^\/manager\/status$/,
    permission: ['manager:read', ANY],
    run: (_call, world) =>
      listReply([world.daemons()], { all: 'Processes status was successfully read in specified node' }),
  },
  {
    method: 'GET',
    pattern: /^\/manager\/configuration$/,
    permission: ['manager:read', ANY],
    run: configuration,
  },
  {
    method: 'GET',
    pattern: /^\/manager\/configuration\/validation$/,
    permission: ['manager:read', ANY],
    run: (_call, world) => validation(world),
  },
  {
    method: 'GET',
    pattern: /^\/manager\/logs$/,
    permission: ['manager:read', ANY],
    run: ({ query }, world) => {
      const { items, total } = managerLog(world.root, query);
      return listReply(items, { all: 'Logs were successfully read in specified node' }, { total });
    },
  },
  {
    method: 'GET',
    pattern: /^\/cluster\/status$/,
    permission: ['cluster:status', ANY],
    run: () => dataReply({ enabled: 'no', running: 'no' }),
  },
  { method: 'GET', pattern: /^\/agents$/, permission: ['agent:read', AGENT], run: agents },
  {
    method: 'GET',
    pattern: /^\/agents\/summary\/status$/,
    permission: ['agent:read', AGENT],
    run: (_call, world) => agentSummary(world),
  },
  { method: 'GET', pattern: /^\/groups$/, permission: ['group:read', 'group:id'], run: groups },
  {
    method: 'PUT',
    pattern: /^\/active-response$/,
    permission: ['active-response:command', AGENT],
    run: askActiveResponse,
  },
  {
    method: 'POST',
    pattern: /^\/events$/,
    permission: ['event:ingest', ANY],
    since: '4.6.0',
    run: takeEvents,
  },
];

export function findRoute(method: string, path: string, version: string): Route {
  const routes = ROUTES.filter(
    ({ pattern, since }) =>
      pattern.test(path) && (since === undefined || compareVersions(version, since) >= 0),
  );
  const route = routes.find((known) => known.method === method);
  if (route) return route;
  throw routes.length === 0 ? problems.notFound() : problems.wrongMethod();
}

function welcome(world: ApiWorld): ApiReply {
  return dataReply({
    title: 'Wazuh API REST',
    api_version: world.version,
    revision: 40_000,
    license_name: 'GPL 2.0',
    license_url: 'https://github.com/wazuh/wazuh/blob/master/LICENSE',
    hostname: world.hostName,
    timestamp: `${new Date(world.now()).toISOString().slice(0, 19)}Z`,
  });
}

function me({ id, name, role }: ApiCall['user']): ApiReply {
  const roles = role === null ? [] : [{ id, name: role, policies: [], users: [id], rules: [] }];
  const item = { id, username: name, allow_run_as: false, roles };
  return listReply([item], { all: 'Current user information was returned' });
}

function info({ root, version }: ApiWorld): ApiReply {
  const item = {
    path: root,
    version: `v${version}`,
    type: 'server',
    max_agents: 'unlimited',
    openssl_support: 'yes',
    tz_offset: '+0000',
    tz_name: 'UTC',
    uuid: '7b9b6f8c-0000-4000-8000-00000001ab00',
  };
  return listReply([item], { all: 'Basic information was successfully read in specified node' });
}

function configuration({ query }: ApiCall, world: ApiWorld): ApiReply {
  const xml = readConfiguration(world);
  if (query.get('raw') === 'true')
    return { status: 200, body: xml, contentType: 'application/xml; charset=utf-8' };
  const sections = configurationJson(xml);
  if (!sections)
    throw problems.wazuh(1101, 'Requested component does not exist or ossec.conf cannot be read');
  const section = query.get('section');
  if (section === null)
    return listReply([sections], { all: 'Configuration was successfully read in specified node' });
  if (sections[section] === undefined)
    throw problems.wazuh(1102, 'Invalid section', 'Please, visit the documentation');
  return listReply([{ [section]: sections[section] }], {
    all: 'Configuration was successfully read in specified node',
  });
}

function validation(world: ApiWorld): ApiReply {
  if (configurationJson(readConfiguration(world))) {
    return listReply([{ name: 'manager', status: 'OK' }], {
      all: 'Validation was successfully checked in all nodes',
    });
  }
  const message = "Error validating configuration: ['Error reading XML file etc/ossec.conf:  (line 0).']";
  return listReply(
    [],
    { all: '', none: 'Validation could not be checked in any node' },
    {
      failed: [{ error: { code: 1908, message }, id: ['manager'] }],
    },
  );
}

function readConfiguration({ root }: ApiWorld): string {
  const path = join(root, 'etc/ossec.conf');
  if (!existsSync(path)) throw problems.wazuh(1013, 'Error reading ossec.conf');
  return readFileSync(path, 'utf8');
}

const AGENT_FIELDS = [
  'id',
  'name',
  'ip',
  'status',
  'status_code',
  'os.name',
  'os.version',
  'os.platform',
  'os.major',
  'os.minor',
  'os.arch',
  'version',
  'manager',
  'dateAdd',
  'group',
  'node_name',
  'lastKeepAlive',
  'registerIP',
  'disconnection_time',
  'group_config_status',
];

function agents({ query }: ApiCall, world: ApiWorld): ApiReply {
  const ids = query.get('agents_list')?.split(',') ?? null;
  const statuses = query.get('status')?.split(',') ?? null;
  const all = world.agents();
  const wanted = all.filter((agent) => {
    if (ids && !ids.includes(agent.id)) return false;
    if (statuses && !statuses.includes(agent.status)) return false;
    const group = query.get('group');
    if (group !== null && !agent.group?.includes(group)) return false;
    return EXACT.every(([parameter, value]) => (query.get(parameter) ?? value(agent)) === value(agent));
  });
  const missing = ids?.filter((id) => !all.some((agent) => agent.id === id)) ?? [];
  const { items, total } = queryList(
    wanted.map((agent) => ({ ...agent })),
    query,
    AGENT_FIELDS,
  );
  return listReply(
    items,
    {
      all: 'All selected agents information was returned',
      some: 'Some agents information was not returned',
      none: 'No agent information was returned',
    },
    {
      total,
      failed:
        missing.length === 0 ? [] : [{ error: { code: 1701, message: 'Agent does not exist' }, id: missing }],
    },
  );
}

const EXACT: readonly (readonly [string, (agent: LabApiAgent) => string])[] = [
  ['name', ({ name }) => name],
  ['ip', ({ ip }) => ip],
  ['version', ({ version }) => version ?? ''],
  ['node_name', ({ node_name }) => node_name],
  ['os.platform', ({ os }) => os?.['platform'] ?? ''],
];

function agentSummary(world: ApiWorld): ApiReply {
  // The manager itself is not counted.
  const all = world.agents().filter(({ id }) => id !== '000');
  const count = (status: LabApiAgent['status']) => all.filter((agent) => agent.status === status).length;
  const connection = {
    active: count('active'),
    disconnected: count('disconnected'),
    never_connected: count('never_connected'),
    pending: count('pending'),
    total: all.length,
  };
  const synced = all.filter(({ group_config_status }) => group_config_status === 'synced').length;
  return dataReply({
    connection,
    configuration: { synced, not_synced: all.length - synced, total: all.length },
  });
}

function groups({ query }: ApiCall, world: ApiWorld): ApiReply {
  const counts = new Map<string, number>();
  for (const group of world.agents().flatMap((agent) => agent.group ?? [])) {
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const all = [...counts].map(([name, count]) => ({ name, count }));
  const { items, total } = queryList(all, query, ['name', 'count']);
  return listReply(items, { all: 'All selected groups information was returned' }, { total });
}

const eventsBody = z.strictObject({ events: z.array(z.string().min(1)).min(1).max(100) });
const LARGEST_EVENT = 65_535;

function isTooLarge(text: string): boolean {
  return Buffer.byteLength(`1:API-Webhook:${text}`) > LARGEST_EVENT;
}

function takeEvents(call: ApiCall, world: ApiWorld): ApiReply {
  const { events } = readJson(call, eventsBody);
  for (const text of events) if (!isTooLarge(text)) world.onEvent(text);
  const refused = events.flatMap((text, place) => (isTooLarge(text) ? [String(place)] : []));
  return listReply(
    events.filter((text) => !isTooLarge(text)),
    {
      all: 'All events were forwarded to analisysd',
      some: 'Some events were forwarded to analisysd',
      none: 'No events were forwarded to analisysd',
    },
    {
      failed:
        refused.length === 0
          ? []
          : [{ error: { code: 1014, message: 'Error sending message: too large' }, id: refused }],
    },
  );
}
