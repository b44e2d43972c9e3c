import type { IncomingHttpHeaders } from 'node:http';

/**
 * The only names we answer to. A page elsewhere can make a browser send requests here, and can let its own name
 * resolve to 127.0.0.1 (DNS rebinding): the Host header then carries that other name.
 */
export function isOwnHost(host: string | undefined, port: number): host is string {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** True when the Origin header names the very host that was asked. */
export function isOwnOrigin(headers: IncomingHttpHeaders): boolean {
  return headers.origin === `http://${headers.host}`;
}

/** Plain requests may come without Origin; but never from another page, except as somebody opening our window. */
export function isFromElsewhere(headers: IncomingHttpHeaders): boolean {
  if (headers.origin !== undefined && !isOwnOrigin(headers)) return true;
  const isOpening = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return isCrossSite(headers) && !isOpening;
}

/** `same-site` is another port of this machine: as foreign to us as any other page. */
export function isCrossSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  return site === 'cross-site' || site === 'same-site';
}

/** Cookies know no ports: the name carries it, so that two faces on one machine do not overwrite each other's. */
export const cookieName = (port: number): string => `verdict-desk-${port}`;

export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}
