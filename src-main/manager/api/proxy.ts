import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import { proxyTrouble } from './network-failure.ts';
import type { ApiAddress } from './api-address.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment's proxy for this address (HTTPS_PROXY and NO_PROXY in either case, as curl reads them); null: none. */
export function proxyFor(address: ApiAddress, environment: Environment): URL | null {
  if (address.isLoopback || !address.isTls) return null;
  const named = environment['https_proxy'] || environment['HTTPS_PROXY'] || '';
  if (named === '' || isExcepted(address, environment['no_proxy'] || environment['NO_PROXY'] || ''))
    return null;
  const proxy = URL.parse(/^[a-z][\w+.-]*:\/\//i.test(named) ? named : `http://${named}`);
  if (proxy && (proxy.protocol === 'http:' || proxy.protocol === 'https:')) return proxy;
  throw proxyTrouble(address.endpoint, 'The proxy of this machine is not an http or https address.');
}

/** `*`, `host`, `.domain`, `*.domain`, each with or without `:port`; a domain covers the names below it. */
function isExcepted(address: ApiAddress, noProxy: string): boolean {
  const host = address.host.toLowerCase();
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', port] =
        /^\[?(.*?)\]?(?::(\d+))?$/.exec(isPlainIpv6(entry) ? `[${entry}]` : entry) ?? [];
      if (port !== undefined && Number(port) !== address.port) return false;
      const domain = name.replace(/^\*?\./, '');
      return host === domain || host.endsWith(`.${domain}`);
    });
}

function isPlainIpv6(entry: string): boolean {
  return !entry.startsWith('[') && entry.split(':').length > 2;
}

/** A connection through the proxy to the address, before TLS; `limit` bounds its opening only. Errors: `api.unreachable`. */
export function openTunnel(
  proxy: URL,
  { host, port, endpoint }: ApiAddress,
  limit: AbortSignal,
): Promise<Socket> {
  const target = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const user = decodeURIComponent(proxy.username);
  const credentials = `${user}:${decodeURIComponent(proxy.password)}`;
  const request = (proxy.protocol === 'https:' ? requestHttps : requestHttp)({
    host: proxy.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    method: 'CONNECT',
    path: target,
    headers: {
      host: target,
      ...(user === ''
        ? {}
        : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }),
    },
    agent: false,
  });
  return new Promise((resolve, reject) => {
    // Not the request's own `signal`: that would end the tunnel as well, long after it was opened.
    const giveUp = () => request.destroy();
    const fail = (detail: string) => {
      limit.removeEventListener('abort', giveUp);
      reject(proxyTrouble(endpoint, detail));
    };
    limit.addEventListener('abort', giveUp, { once: true });
    request.once('connect', (response, socket) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        return fail(refusalOf(response.statusCode ?? 0));
      }
      limit.removeEventListener('abort', giveUp);
      resolve(socket);
    });
    request.once('response', (response) => {
      response.destroy();
      fail(refusalOf(response.statusCode ?? 0));
    });
    request.once('error', () => fail('The proxy is not reached.'));
    request.end();
  });
}

function refusalOf(status: number): string {
  return status === 407
    ? 'The proxy asks for a user and password.'
    : `The proxy refused to connect to it (${status}).`;
}
