import {
  countAt,
  isObject,
  objectAt,
  textAt,
  type JsonObject,
} from '../../../src-shared/formats/json-values.ts';
import { versionNumber } from '../../../src-shared/formats/version-number.ts';
import type { ApiAnswer, ApiGeneration, ApiRequest, WazuhApi } from './wazuh-api.ts';

/** What several parts ask of an API, typed. All ask in the background unless told otherwise; errors are those of `request`. */
type How = Pick<ApiRequest, 'signal' | 'urgency' | 'timeoutMs'>;

export interface ApiInfo {
  /** `4.14.7`. */
  readonly apiVersion: string | null;
  readonly hostName: string | null;
  /** ISO 8601 UTC: the manager's clock when it answered. */
  readonly timestamp: string | null;
}

/** `GET /`: the one answer every signed-in user gets, whatever the roles. */
export async function apiInfo(api: WazuhApi, how: How = {}): Promise<ApiInfo> {
  const data = dataOf(await get(api, '/', how));
  return {
    apiVersion: versionNumber(textAt(data, 'api_version')),
    hostName: shortText(data, 'hostname'),
    timestamp: timeIn(textAt(data, 'timestamp')),
  };
}

export interface ManagerInfo {
  /** `4.14.7`, without the `v`. */
  readonly version: string | null;
  /** The installation's prefix. */
  readonly path: string | null;
  readonly type: string | null;
  readonly timeZone: string | null;
}

export async function managerInfo(api: WazuhApi, how: How = {}): Promise<ManagerInfo> {
  const info = firstOf(await get(api, '/manager/info', how));
  return {
    version: versionNumber(textAt(info, 'version')),
    path: shortText(info, 'path'),
    type: shortText(info, 'type'),
    timeZone: shortText(info, 'tz_offset'),
  };
}

export interface DaemonState {
  readonly name: string;
  /** `running`, `stopped`, `failed`, `restarting`, `starting`. */
  readonly status: string;
}

export async function managerStatus(api: WazuhApi, how: How = {}): Promise<readonly DaemonState[]> {
  const daemons = firstOf(await get(api, '/manager/status', how));
  return Object.keys(daemons)
    .slice(0, MOST_DAEMONS)
    .flatMap((name) => {
      const status = shortText(daemons, name);
      return status === null ? [] : [{ name: name.slice(0, LONGEST_TEXT), status }];
    });
}

export interface AgentSummary {
  readonly active: number;
  readonly disconnected: number;
  readonly neverConnected: number;
  readonly pending: number;
  readonly total: number;
}

export async function agentSummary(api: WazuhApi, how: How = {}): Promise<AgentSummary> {
  // 3.x has it under another name and with capitals: `{"Total": 5, "Active": 3, "Never connected": 1, …}`.
  const path = (await generationOf(api, how)) === '3' ? '/agents/summary' : '/agents/summary/status';
  const data = dataOf(await get(api, path, how));
  const counts = isObject(data['connection']) ? objectAt(data, 'connection') : data;
  const count = (...names: readonly string[]) => {
    for (const name of names) {
      const found = countAt(counts, name);
      if (found !== null) return found;
    }
    return 0;
  };
  return {
    active: count('active', 'Active'),
    disconnected: count('disconnected', 'Disconnected'),
    neverConnected: count('never_connected', 'Never connected'),
    pending: count('pending', 'Pending'),
    total: count('total', 'Total'),
  };
}

/** What RBAC grants the signed-in user. */
export interface MyPermissions {
  /** `white`: what is not allowed is denied. */
  readonly mode: 'white' | 'black';
  /** By action (`agent:read`): resources (`agent:id:*`) with their effect. */
  readonly actions: ReadonlyMap<string, ReadonlyMap<string, 'allow' | 'deny'>>;
}

/** Null on 3.x, which has no roles: whoever signs in may do everything. */
export async function myPermissions(api: WazuhApi, how: How = {}): Promise<MyPermissions | null> {
  if ((await generationOf(api, how)) === '3') return null;
  const data = dataOf(await get(api, '/security/users/me/policies', how));
  const actions = new Map<string, ReadonlyMap<string, 'allow' | 'deny'>>();
  for (const [action, resources] of Object.entries(data)) {
    if (!isObject(resources)) continue;
    const effects = Object.entries(resources).filter(
      (entry): entry is [string, 'allow' | 'deny'] => entry[1] === 'allow' || entry[1] === 'deny',
    );
    actions.set(action, new Map(effects));
  }
  return { mode: textAt(data, 'rbac_mode') === 'black' ? 'black' : 'white', actions };
}

/** How far an action reaches: on everything of its kind, on some of it, or not at all. */
export function mayDo(permissions: MyPermissions, action: string): 'all' | 'some' | 'none' {
  const resources = permissions.actions.get(action);
  if (!resources || resources.size === 0) return permissions.mode === 'black' ? 'all' : 'none';
  const allowed = [...resources].filter(([, effect]) => effect === 'allow').map(([resource]) => resource);
  const isDenied = [...resources.values()].includes('deny');
  if (allowed.length === 0) return permissions.mode === 'black' ? 'some' : 'none';
  const isWide = allowed.some((resource) => /^(?:\*:\*(?::\*)?|[\w-]+:[\w-]+:\*)$/.test(resource));
  return isWide && !isDenied ? 'all' : 'some';
}

/** These are kept with the connection and shown. */
const LONGEST_TEXT = 1_024;
const MOST_DAEMONS = 100;

function shortText(parent: JsonObject, name: string): string | null {
  return textAt(parent, name)?.slice(0, LONGEST_TEXT) ?? null;
}

/** Known once something was asked. */
async function generationOf(api: WazuhApi, how: How): Promise<ApiGeneration | null> {
  if (api.generation === null) await apiInfo(api, how);
  return api.generation;
}

function get(api: WazuhApi, path: string, how: How): Promise<ApiAnswer> {
  return api.request({ method: 'GET', path, urgency: 'background', ...how });
}

function dataOf({ data }: ApiAnswer): JsonObject {
  return isObject(data) ? data : {};
}

/** 4.x lists one item, 3.x gives the object itself. */
function firstOf(answer: ApiAnswer): JsonObject {
  const [first] = answer.items;
  return isObject(first) ? first : dataOf(answer);
}

/** 3.x prints it as JavaScript does (`Tue Nov 17 2026 09:00:00 GMT+0000 (…)`); null for what is no time. */
function timeIn(text: string | null): string | null {
  const ms = Date.parse((text ?? '').replace(/ \(.*\)$/, ''));
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
