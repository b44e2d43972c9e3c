import { DomainError } from '../../src-shared/errors/domain-error.ts';

/** The public API (virustotal.md section 3). */
export const PUBLIC_VIRUSTOTAL_URL = 'https://www.virustotal.com/api/v3';

/** Where this installation asks: `VERDICT_DESK_VIRUSTOTAL_URL`, else the public API. */
export function configuredVirusTotalUrl(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['VERDICT_DESK_VIRUSTOTAL_URL'] ?? PUBLIC_VIRUSTOTAL_URL;
}

const API_PATH = '/api/v3';

/** Where VirusTotal answers. */
export interface ServiceAddress {
  readonly origin: string;
  /** Path before `/files/…`, without a slash at its end; that of the API's version 3 when the address names none. */
  readonly basePath: string;
  /** On this machine: never sent through a proxy, and allowed without TLS. */
  readonly isLoopback: boolean;
}

/** Checks a configured address. The key travels with each request, so only this machine may be spoken to in clear. */
export function parseServiceAddress(text: string): ServiceAddress {
  const url = URL.parse(text.trim());
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw refused(`The VirusTotal address is not a web address.`);
  }
  const isLoopback = isLoopbackHost(url.hostname);
  if (url.protocol === 'http:' && !isLoopback) {
    throw refused('The VirusTotal address is not encrypted: the key would be readable on its way.');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw refused('The VirusTotal address carries more than a host and a path.');
  }
  return { origin: url.origin, basePath: url.pathname.replace(/\/+$/, '') || API_PATH, isLoopback };
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function refused(message: string): DomainError {
  return new DomainError(
    'virustotal.address-refused',
    message,
    `Give an https address such as ${PUBLIC_VIRUSTOTAL_URL}, or leave VERDICT_DESK_VIRUSTOTAL_URL unset.`,
  );
}
