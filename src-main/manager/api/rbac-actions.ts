/**
 * Which permission a call needs, by Wazuh's RBAC reference (4.x). A refusal names the kind of resource at most
 * ("Permission denied: Resource type: *:*"), never the action that would have to be granted.
 */
export interface NeededPermission {
  readonly action: string;
  readonly resource: string;
}

const AGENTS = 'agent:id, agent:group';
const ALL = '*:*';

/** First match counts. */
const CALLS: readonly (readonly [method: string, path: RegExp, action: string, resource: string])[] = [
  ['GET', /^\/agents\/[^/]+\/config\//, 'agent:read', AGENTS],
  ['GET', /^\/(?:agents|overview)(?:\/|$)/, 'agent:read', AGENTS],
  ['GET', /^\/groups(?:\/|$)/, 'group:read', 'group:id'],
  ['PUT', /^\/active-response(?:\/|$)/, 'active-response:command', AGENTS],
  ['PUT', /^\/agents\/(?:[^/]+\/)?restart$/, 'agent:restart', AGENTS],
  ['GET', /^\/syscheck\//, 'syscheck:read', AGENTS],
  ['PUT', /^\/syscheck(?:\/|$)/, 'syscheck:run', AGENTS],
  ['DELETE', /^\/(?:experimental\/)?syscheck(?:\/|$)/, 'syscheck:clear', AGENTS],
  ['POST', /^\/events$/, 'event:ingest', ALL],
  ['PUT', /^\/logtest$/, 'logtest:run', ALL],
  ['DELETE', /^\/logtest\//, 'logtest:run', ALL],
  ['PUT', /^\/manager\/configuration$/, 'manager:update_config', ALL],
  ['PUT', /^\/manager\/(?:restart|analysisd\/reload)$/, 'manager:restart', ALL],
  ['GET', /^\/manager\/api\/config$/, 'manager:read_api_config', ALL],
  ['GET', /^\/manager(?:\/|$)/, 'manager:read', ALL],
  ['PUT', /^\/cluster\/[^/]+\/configuration$/, 'cluster:update_config', 'node:id'],
  ['PUT', /^\/cluster\/(?:restart|analysisd\/reload)$/, 'cluster:restart', 'node:id'],
  ['GET', /^\/cluster\/status$/, 'cluster:status', ALL],
  ['GET', /^\/cluster(?:\/|$)/, 'cluster:read', 'node:id'],
  ['GET', /^\/rules(?:\/|$)/, 'rules:read', 'rule:file'],
  ['PUT', /^\/rules\/files\//, 'rules:update', ALL],
  ['DELETE', /^\/rules\/files\//, 'rules:delete', 'rule:file'],
  ['GET', /^\/decoders(?:\/|$)/, 'decoders:read', 'decoder:file'],
  ['PUT', /^\/decoders\/files\//, 'decoders:update', ALL],
  ['DELETE', /^\/decoders\/files\//, 'decoders:delete', 'decoder:file'],
  ['GET', /^\/lists(?:\/|$)/, 'lists:read', 'list:file'],
  ['PUT', /^\/lists\/files\//, 'lists:update', ALL],
  ['DELETE', /^\/lists\/files\//, 'lists:delete', 'list:file'],
];

/** Null for calls that are not known here. `path` without the query. */
export function neededPermission(method: string, path: string): NeededPermission | null {
  const call = CALLS.find(([known, pattern]) => known === method && pattern.test(path));
  return call ? { action: call[2], resource: call[3] } : null;
}
