import { parseWazuhVersion, type WazuhVersion } from '../../../src-shared/domain/wazuh-version.ts';
import type { Clock } from '../../app/clock.ts';
import {
  apiInfo,
  managerInfo,
  managerStatus,
  myPermissions,
  type ApiInfo,
  type MyPermissions,
} from '../api/manager-questions.ts';
import type { WazuhApi } from '../api/wazuh-api.ts';
import type { ProbedDaemon } from './ask-daemons.ts';
import { ask, notAsked, type Answer } from './probe-step.ts';

/** What the API tells of itself and of what its user may do. */
export interface ApiFacts {
  /** The first answer of all: without it nothing else was asked. */
  readonly info: Answer<ApiInfo>;
  readonly version: WazuhVersion | null;
  readonly prefix: string | null;
  readonly daemons: Answer<readonly ProbedDaemon[]>;
  /** Null: 3.x, which knows no roles. */
  readonly permissions: Answer<MyPermissions | null>;
  /** Manager clock minus ours, milliseconds; the API tells whole seconds or less. */
  readonly clockDifferenceMs: number | null;
}

export async function gatherApiFacts(
  api: WazuhApi,
  clock: Clock,
  outerSignal: AbortSignal | undefined,
): Promise<ApiFacts> {
  const before = clock.now();
  const info = await ask(outerSignal, (signal) => apiInfo(api, { signal, urgency: 'now' }));
  const after = clock.now();
  if (info.value === null) return nothingAsked(info);
  const [manager, daemons, permissions] = await Promise.all([
    ask(outerSignal, (signal) => managerInfo(api, { signal, urgency: 'now' })),
    ask(outerSignal, (signal) => daemonsOf(api, signal)),
    ask(outerSignal, (signal) => myPermissions(api, { signal, urgency: 'now' })),
  ]);
  const { apiVersion, timestamp } = info.value;
  const toldMs = Date.parse(timestamp ?? '');
  return {
    info,
    version: parseWazuhVersion(manager.value?.version ?? apiVersion ?? ''),
    prefix: manager.value?.path ?? null,
    daemons,
    permissions,
    // The middle of the second that was told.
    clockDifferenceMs: Number.isNaN(toldMs) ? null : Math.round(toldMs + 500 - (before + after) / 2),
  };
}

async function daemonsOf(api: WazuhApi, signal: AbortSignal): Promise<readonly ProbedDaemon[]> {
  const states = await managerStatus(api, { signal, urgency: 'now' });
  return states.map(({ name, status }) => ({ name, isRunning: status === 'running' }));
}

function nothingAsked(info: Answer<ApiInfo>): ApiFacts {
  const because = info.trouble?.message ?? '';
  return {
    info,
    version: null,
    prefix: null,
    daemons: notAsked(because),
    permissions: notAsked(because),
    clockDifferenceMs: null,
  };
}
