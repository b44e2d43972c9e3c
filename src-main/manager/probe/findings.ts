import type {
  Capability,
  CapabilityFinding,
  CapabilityRemedy,
  FindingState,
} from '../../../src-shared/domain/capability.ts';
import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import { hasTrait, type WazuhVersion } from '../../../src-shared/domain/wazuh-version.ts';
import { mayDo } from '../api/manager-questions.ts';
import type { ApiFacts } from './api-facts.ts';
import type { HostFacts } from './host-facts.ts';
import type { Trouble } from './probe-step.ts';
import { NO_ACCESS, type PathAccess } from './read-access.ts';
import { mayRunAsRoot } from './root-rights.ts';

/** All that a finding may stand on. Null: the profile has no such way. */
export interface Found {
  readonly profile: ConnectionProfile;
  readonly host: HostFacts | null;
  readonly api: ApiFacts | null;
  readonly version: WazuhVersion | null;
  readonly nowMs: number;
}

export type Way = CapabilityFinding['via'];

/** What a look at one capability yields, before it is named. */
export interface Finding {
  readonly state: FindingState;
  readonly found: string;
  readonly via: Way;
  readonly remedy: CapabilityRemedy | null;
}

export function named(capability: Capability, finding: Finding): CapabilityFinding {
  return { capability, ...finding };
}

export function holds(via: Way, words: string): Finding {
  return { state: 'holds', found: words, via, remedy: null };
}

export function partly(via: Way, words: string, remedy: CapabilityRemedy | null = null): Finding {
  return { state: 'partly', found: words, via, remedy };
}

export function missing(via: Way, words: string, remedy: CapabilityRemedy | null): Finding {
  return { state: 'missing', found: words, via, remedy };
}

export function unknown(via: Way, words: string, remedy: CapabilityRemedy | null = null): Finding {
  return { state: 'unknown', found: words, via, remedy };
}

export function notAskedOf(via: Way, words: string): Finding {
  return { state: 'not-asked', found: words, via, remedy: null };
}

/** A question that met trouble: what is not there or not allowed is known, everything else is not. */
export function troubled(via: Way, { message, remedy }: Trouble): Finding {
  return unknown(via, message, remedy === '' ? null : { words: remedy, place: null, lines: [] });
}

/** How this profile's files and programs are reached. */
export function hostWay({ host, profile }: Found): Way {
  return host?.kind ?? (profile.isLocal ? 'local' : 'ssh');
}

export const NO_HOST = 'This profile has no SSH, so files and programs of the manager are out of reach.';
export const NO_API = 'This profile has no API.';

export function userOf({ host, profile }: Found): string {
  return host?.account.value?.user ?? profile.ssh?.user ?? 'this account';
}

export function accessTo({ host }: Found, path: string | null): PathAccess {
  return (path === null ? undefined : host?.access.value?.get(path)) ?? NO_ACCESS;
}

export function isVersion5({ version }: Found): boolean {
  return version !== null && hasTrait(version, 'isWithoutIntegrator');
}

/** Whether sudo, or being root, starts this very command line. */
export function runsAsRoot({ host, profile }: Found, argv: readonly string[] | null): boolean {
  const rights = host?.rights.value;
  return argv !== null && rights !== null && rights !== undefined && mayRunAsRoot(rights, argv, profile);
}

/** 3.x knows no roles: its user may do everything. */
export function reaches({ api }: Found, action: string): 'all' | 'some' | 'none' | 'unknown' {
  if (!api || api.info.value === null || api.permissions.trouble) return 'unknown';
  return api.permissions.value === null ? 'all' : mayDo(api.permissions.value, action);
}
