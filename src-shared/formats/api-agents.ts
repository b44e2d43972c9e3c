import type { KnownAgent } from '../domain/agent.ts';
import { agentAddress, agentIdOf, agentStatusOf, agentText, uniqueAgents } from './agent-status.ts';
import { isObject, objectAt, textAt, textsAt, type JsonObject } from './json-values.ts';
import { versionNumber } from './version-number.ts';

/** What is asked of `GET /agents`, in the names of both generations (wazuh.md 7.4). */
export const AGENT_FIELDS = [
  'id',
  'name',
  'ip',
  'status',
  'version',
  'os.name',
  'os.version',
  'os.platform',
  'group',
  'lastKeepAlive',
  'node_name',
] as const;

/** Items of `GET /agents`, 3.x or 4.x; what is no agent is left out, an agent that comes twice counts once. */
export function parseApiAgents(items: readonly unknown[]): readonly KnownAgent[] {
  return uniqueAgents(items.flatMap((item) => (isObject(item) ? toAgent(item) : [])));
}

function toAgent(item: JsonObject): readonly KnownAgent[] {
  const agentId = agentIdOf(textAt(item, 'id'));
  if (agentId === null) return [];
  const os = objectAt(item, 'os');
  const osPlatform = agentText(textAt(os, 'platform'));
  const agent: KnownAgent = {
    agentId,
    name: agentText(textAt(item, 'name')) ?? agentId,
    ip: agentAddress(textAt(item, 'ip')),
    status: agentStatusOf(textAt(item, 'status')),
    version: versionNumber(textAt(item, 'version')),
    osName: systemName(os, osPlatform),
    osPlatform,
    groups: groupsOf(item),
    lastKeepAlive: keepAliveOf(textAt(item, 'lastKeepAlive')),
    // Agents that never came belong to no node; the API says `unknown`.
    nodeName: textAt(item, 'node_name') === 'unknown' ? null : agentText(textAt(item, 'node_name')),
  };
  return [agent];
}

/** `Debian GNU/Linux 12`. Windows names its edition already, and its version is a build number. */
function systemName(os: JsonObject, platform: string | null): string | null {
  const name = agentText(textAt(os, 'name'));
  const version = textAt(os, 'version');
  if (name === null || version === null || platform === 'windows' || name.includes(version)) return name;
  return agentText(`${name} ${version}`);
}

const MOST_GROUPS = 256;

/** A list, or one name as text in old versions; `a,b` where several were joined. */
function groupsOf(item: JsonObject): readonly string[] {
  const single = textAt(item, 'group');
  const names = single === null ? textsAt(item, 'group') : single.split(',');
  const clean = names.map((name) => agentText(name.trim())).filter((name) => name !== null);
  return [...new Set(clean)].slice(0, MOST_GROUPS);
}

/** `2026-11-17T09:00:00+00:00` (4.x) or `2026-11-17 09:00:00`, UTC (3.x). Agent 000's is far in the future by design. */
function keepAliveOf(text: string | null): string | null {
  const [, day, time, zone] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/.exec(text ?? '') ?? [];
  if (day === undefined || day.startsWith('9999') || day < '1971') return null;
  const ms = Date.parse(`${day}T${time}${zone ?? 'Z'}`);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
