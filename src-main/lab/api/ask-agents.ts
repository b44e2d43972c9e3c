import type { LabApiAgent } from './api-agents.ts';
import { dataReply, listReply, type ApiReply } from './api-reply.ts';
import type { ApiCall, ApiWorld } from './api-world.ts';
import { queryList } from './list-query.ts';

/** What `GET /agents` can be narrowed by, beside what all lists know. */
export const AGENT_PARAMETERS = [
  'agents_list',
  'status',
  'group',
  'name',
  'ip',
  'version',
  'node_name',
  'os.platform',
];

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

export function agents({ query }: ApiCall, world: ApiWorld): ApiReply {
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

export function agentSummary(world: ApiWorld): ApiReply {
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

export function groups({ query }: ApiCall, world: ApiWorld): ApiReply {
  const counts = new Map<string, number>();
  for (const group of world.agents().flatMap((agent) => agent.group ?? [])) {
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  const all = [...counts].map(([name, count]) => ({ name, count }));
  const { items, total } = queryList(all, query, ['name', 'count']);
  return listReply(items, { all: 'All selected groups information was returned' }, { total });
}
