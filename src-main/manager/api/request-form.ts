import type { ApiRequest } from './wazuh-api.ts';

/** A request as it goes on the wire, without credentials. */
export interface RequestForm {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | null;
}

export function formOf({ method, path, query, json, bytes }: ApiRequest): RequestForm {
  const pairs = Object.entries(query ?? {}).map(
    // A plus sign (`sort=+id`) would be read as a blank.
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`,
  );
  const full = pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
  if (bytes) return { path: full, headers: { 'content-type': 'application/octet-stream' }, body: bytes };
  if (json !== undefined) {
    return { path: full, headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) };
  }
  // 3.x wants a body of a known type with every PUT and POST.
  if (method === 'PUT' || method === 'POST') {
    return { path: full, headers: { 'content-type': 'application/json' }, body: null };
  }
  return { path: full, headers: {}, body: null };
}

/** `POST /events` has a limit of its own (wazuh.md 7.2). */
export function isEventRequest({ method, path }: Pick<ApiRequest, 'method' | 'path'>): boolean {
  return method === 'POST' && path === '/events';
}
