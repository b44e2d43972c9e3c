import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LabApiAgent } from './api-agents.ts';
import { ApiProblem, type ApiReply } from './api-reply.ts';
import type { ApiCall, ApiWorld } from './api-world.ts';
import { configurationJson } from './configuration-json.ts';
import { queryList } from './list-query.ts';

/** The API of 3.x (repository wazuh-api): `{error, data}`, `error` 0 or a number with its message; basic authentication. */
export function answerOldApi(call: ApiCall, world: ApiWorld): ApiReply {
  const isChange = call.method === 'POST' || call.method === 'PUT';
  if (isChange && call.contentType !== 'application/json') return refuse(400, 607, 'Invalid content-type');
  const route = OLD_ROUTES.find(([method, pattern]) => method === call.method && pattern.test(call.path));
  if (!route) return refuse(404, 603, 'The requested URL was not found on this server');
  try {
    return route[2]({ ...call, captured: route[1].exec(call.path)?.slice(1) ?? [] }, world);
  } catch (error) {
    if (error instanceof ApiProblem) return refuse(400, 1408, error.message);
    throw error;
  }
}

/** As the package http-auth answers, in front of everything else. */
export const OLD_UNAUTHORIZED: ApiReply = {
  status: 401,
  body: '401 Unauthorized',
  contentType: 'text/plain',
  headers: { 'www-authenticate': 'Basic realm="OSSEC API"' },
};

type OldRoute = readonly [method: string, pattern: RegExp, run: (call: ApiCall, world: ApiWorld) => ApiReply];

const OLD_ROUTES: readonly OldRoute[] = [
  ['GET', /^\/$/, (_call, world) => done(welcome(world))],
  ['GET', /^\/version$/, (_call, world) => done(`v${world.version}`)],
  ['GET', /^\/manager\/info$/, (_call, world) => done(info(world))],
  ['GET', /^\/manager\/status$/, (_call, world) => done(world.daemons())],
  [
    'GET',
    /^\/manager\/configuration$/,
    (_call, world) => done(configurationJson(readConfiguration(world)) ?? {}),
  ],
  ['GET', /^\/manager\/configuration\/validation$/, (_call, world) => validation(world)],
  ['GET', /^\/agents$/, agents],
  ['GET', /^\/agents\/summary$/, (_call, world) => done(summary(world))],
  ['PUT', /^\/active-response\/(\d{3,})$/, askActiveResponse],
];

function done(data: unknown): ApiReply {
  return { status: 200, body: { error: 0, data } };
}

function refuse(status: number, error: number, message: string): ApiReply {
  return { status, body: { error, message } };
}

function welcome(world: ApiWorld): object {
  return {
    msg: 'Welcome to Wazuh HIDS API',
    api_version: `v${world.version}`,
    hostname: world.hostName,
    timestamp: new Date(world.now()).toString(),
  };
}

function info({ root, version }: ApiWorld): object {
  return {
    path: root,
    version: `v${version}`,
    compilation_date: 'Mon Feb  3 10:00:00 UTC 2020',
    type: 'server',
    max_agents: '14000',
    openssl_support: 'yes',
    ruleset_version: '31313',
    tz_offset: '+0000',
    tz_name: 'UTC',
  };
}

const STATUSES: Readonly<Record<LabApiAgent['status'], string>> = {
  active: 'Active',
  pending: 'Pending',
  never_connected: 'Never connected',
  disconnected: 'Disconnected',
};
const FIELDS = [
  'id',
  'name',
  'ip',
  'status',
  'os.name',
  'os.version',
  'os.platform',
  'version',
  'group',
  'node_name',
  'lastKeepAlive',
  'dateAdd',
];

function agents({ query }: ApiCall, world: ApiWorld): ApiReply {
  const old = world.agents().map(({ status, lastKeepAlive, ...agent }) => ({
    ...agent,
    status: STATUSES[status],
    ...(lastKeepAlive === undefined ? {} : { lastKeepAlive: lastKeepAlive.slice(0, 19).replace('T', ' ') }),
  }));
  const { items, total } = queryList(old, query, FIELDS);
  return done({ items, totalItems: total });
}

function summary(world: ApiWorld): object {
  const all = world.agents();
  const count = (status: LabApiAgent['status']) => all.filter((agent) => agent.status === status).length;
  return {
    Total: all.length,
    Active: count('active'),
    Disconnected: count('disconnected'),
    'Never connected': count('never_connected'),
    Pending: count('pending'),
  };
}

function validation(world: ApiWorld): ApiReply {
  if (configurationJson(readConfiguration(world))) return done({ status: 'OK' });
  return refuse(400, 1908, 'Error validating configuration');
}

function readConfiguration({ root }: ApiWorld): string {
  const path = join(root, 'etc/ossec.conf');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

const orderBody = z.object({
  command: z.string().min(1),
  custom: z.boolean().default(false),
  arguments: z.array(z.string()).default([]),
});

function askActiveResponse({ captured: [agentId = ''], body }: ApiCall, world: ApiWorld): ApiReply {
  const order = orderBody.safeParse(JSON.parse(body.toString('utf8') || '{}'));
  if (!order.success) return refuse(400, 1650, 'Active response - Bad arguments');
  const agent = world.agents().find(({ id }) => id === agentId);
  if (!agent) return refuse(400, 1701, 'Agent does not exist');
  if (agent.status !== 'active') return refuse(400, 1651, 'Active response - Agent is not active');
  const { command, custom, arguments: words } = order.data;
  world.onActiveResponse({ agentId, command: custom ? `!${command}` : command, arguments: words, alert: {} });
  return done('Command sent.');
}
