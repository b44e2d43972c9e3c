import { isIPv6 } from 'node:net';
import { DEFAULT_API_PORT, endpointName } from '../../../src-shared/domain/connection-profile.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { apiPort } from '../../../src-shared/formats/api-port.ts';

/** Where one manager's API answers. */
export interface ApiAddress {
  /** `https://host:55000`. */
  readonly origin: string;
  /** Before `/agents`; empty unless a reverse proxy puts the API below a path. */
  readonly basePath: string;
  /** Without brackets around IPv6. */
  readonly host: string;
  readonly port: number;
  /** `host:port`, for words and as the key of what is shared by all who ask this manager. */
  readonly endpoint: string;
  readonly isTls: boolean;
  /** On this machine: never asked through a proxy, and allowed without TLS. */
  readonly isLoopback: boolean;
}

/** Checks a configured address. Errors: `api.address-refused`. The address itself is not repeated: it may hold a password. */
export function parseApiAddress(text: string): ApiAddress {
  const trimmed = text.trim();
  const url = URL.parse(/^[a-z][\w+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') {
    throw refused('The address of the API is not a web address.');
  }
  if (url.username || url.password || url.search || url.hash) {
    throw refused('The address of the API carries more than a host, a port and a path.');
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const isTls = url.protocol === 'https:';
  const isLoopback = isLoopbackHost(host);
  if (!isTls && !isLoopback) {
    throw refused('The address of the API is not encrypted: the password would be readable on its way.');
  }
  const port = apiPort(trimmed, url);
  const name = isIPv6(host) ? `[${host}]` : host;
  return {
    origin: `${url.protocol}//${name}:${port}`,
    basePath: url.pathname.replace(/\/+$/, ''),
    host,
    port,
    endpoint: endpointName(host, port),
    isTls,
    isLoopback,
  };
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function refused(message: string): DomainError {
  return new DomainError(
    'api.address-refused',
    message,
    `Give an https address such as https://manager.example:${DEFAULT_API_PORT}.`,
  );
}
