import {
  isSameEndpoint,
  type ConnectionProfile,
  type Endpoint,
  type ProfileDraft,
} from '../../../src-shared/domain/connection-profile.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { parseApiAddress } from '../../manager/api/api-address.ts';
import type { ConnectionTools } from './connection-tools.ts';

/** What a profile talks to: SSH servers, jump hosts included, and the API. */
export interface Endpoints {
  readonly hosts: readonly Endpoint[];
  readonly api: Endpoint | null;
}

export function endpointsOf({ ssh, api }: ProfileDraft): Endpoints {
  return {
    hosts: ssh ? [...ssh.jumps, ssh].map(({ host, port }) => ({ host, port })) : [],
    api: api && apiEndpoint(api.url),
  };
}

/** Forgets the keys and the certificate of these endpoints, unless a profile still talks to them. */
export function forgetUnusedPins(
  { hosts, api }: Endpoints,
  store: Pick<ConnectionTools['store'], 'profiles' | 'hostKeys' | 'certificates'>,
): void {
  const used = store.profiles.list().map(({ profile }) => endpointsOf(profile));
  for (const endpoint of hosts) {
    const isUsed = used.some((other) => other.hosts.some((host) => isSameEndpoint(host, endpoint)));
    if (!isUsed) store.hostKeys.forget(endpoint.host, endpoint.port);
  }
  const isApiUsed = api && used.some((other) => other.api && isSameEndpoint(other.api, api));
  if (api && !isApiUsed) store.certificates.forget(api.host, api.port);
}

/** Whether two profiles reach their manager in the same way: then a connection goes on as it is. */
export function isSameWay(a: ConnectionProfile, b: ConnectionProfile): boolean {
  return JSON.stringify(wayOf(a)) === JSON.stringify(wayOf(b));
}

function wayOf({ ssh, isLocal, api, prefix, elevation, alertFormat, readsArchives }: ConnectionProfile) {
  return [ssh, isLocal, api, prefix, elevation, alertFormat, readsArchives];
}

/** Null for an address that the API client refuses anyway. */
function apiEndpoint(url: string): Endpoint | null {
  try {
    const { host, port } = parseApiAddress(url);
    return { host, port };
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
