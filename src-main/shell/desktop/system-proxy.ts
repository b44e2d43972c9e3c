import type { Session } from 'electron';

/** A proxy script of a network may take its time; lookups must not wait for it at each start. */
const PATIENCE_MS = 3000;

const SCHEMES: Readonly<Record<string, string>> = {
  PROXY: 'http',
  HTTPS: 'https',
  SOCKS5: 'socks5',
};

/**
 * The proxy that this desktop (its settings, a PAC script) uses for an address, as `http://host:port`; null for a direct
 * way. Asked once at the start: whoever changes the proxy of the system starts the app again.
 */
export async function systemProxyFor(
  session: Pick<Session, 'resolveProxy'>,
  address: string,
  patienceMs: number = PATIENCE_MS,
): Promise<string | null> {
  const { promise: enough, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve('DIRECT'), patienceMs);
  const found = session.resolveProxy(address).catch(() => 'DIRECT');
  return firstUsable(await Promise.race([found, enough]).finally(() => clearTimeout(timer)));
}

/** `PROXY proxy.example:3128; DIRECT`: the first way that can be gone; SOCKS4 cannot. */
function firstUsable(list: string): string | null {
  for (const way of list.split(';')) {
    const [kind = '', host = ''] = way.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    const scheme = SCHEMES[kind.toUpperCase()];
    const url = scheme === undefined || host === '' ? null : URL.parse(`${scheme}://${host}`);
    if (url) return `${scheme}://${host}`;
  }
  return null;
}
