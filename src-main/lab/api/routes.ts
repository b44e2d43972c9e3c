import { z } from 'zod';
import { dataReply, listReply, problems, type ApiReply } from './api-reply.ts';
import { compareVersions, type ApiCall, type ApiWorld } from './api-world.ts';
import { AGENT_PARAMETERS, agents, agentSummary, groups } from './ask-agents.ts';
import { askActiveResponse } from './ask-active-response.ts';
import { configuration, info, validation } from './ask-manager.ts';
import { managerLog } from './manager-log.ts';
import { readJson } from './read-body.ts';

/** One call of the API. Answers `agent:read` on `agent:id` and the like; null: every signed-in user may. */
export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly permission: readonly [action: string, resource: string] | null;
  /** Query parameters it knows beside those of every call; others are refused. */
  readonly parameters?: readonly string[];
  /** First version that has it. */
  readonly since?: string;
  readonly run: (call: ApiCall, world: ApiWorld) => ApiReply;
}

const LIST = ['offset', 'limit', 'sort', 'search', 'select', 'q', 'distinct'];
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
    parameters: ['section', 'field', 'raw', 'distinct'],
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
    parameters: [...LIST, 'level', 'tag'],
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
  {
    method: 'GET',
    pattern: /^\/agents$/,
    permission: ['agent:read', AGENT],
    parameters: [...LIST, ...AGENT_PARAMETERS],
    run: agents,
  },
  {
    method: 'GET',
    pattern: /^\/agents\/summary\/status$/,
    permission: ['agent:read', AGENT],
    run: (_call, world) => agentSummary(world),
  },
  {
    method: 'GET',
    pattern: /^\/groups$/,
    permission: ['group:read', 'group:id'],
    parameters: LIST,
    run: groups,
  },
  {
    method: 'PUT',
    pattern: /^\/active-response$/,
    permission: ['active-response:command', AGENT],
    parameters: ['agents_list'],
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

/** As the API's own description of itself is enforced: an unknown parameter is a bad request. */
export function checkParameters({ parameters = [] }: Route, query: URLSearchParams): void {
  const known = new Set([...parameters, 'pretty', 'wait_for_complete']);
  const unknown = [...query.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0)
    throw problems.badRequest(`Extra query parameter(s) ${unknown.join(', ')} not in spec`);
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
