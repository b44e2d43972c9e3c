import type { Endpoint } from '../../../../src-shared/domain/connection-profile.ts';
import { apiPort } from '../../../../src-shared/formats/api-port.ts';

/** Where the API at this address listens; null while it is no address. */
export function apiEndpoint(text: string): Endpoint | null {
  const typed = text.trim();
  const url = URL.parse(typed);
  if (!url || url.hostname === '') return null;
  return { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: apiPort(typed, url) };
}
