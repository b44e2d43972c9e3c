import { protocol, type Session } from 'electron';
import { COMMON_HEADERS, contentPolicy, newNonce, withNonce } from '../content-policy.ts';
import type { WindowFiles } from '../window-files.ts';

const SCHEME = 'verdict-desk';
/** The window's origin. Nothing else is loaded, and nothing else may talk to the core. */
export const APP_ORIGIN = `${SCHEME}://app`;
export const WINDOW_URL = `${APP_ORIGIN}/index.html`;

/** Before the app is ready: makes the scheme a proper origin (a secure context, with relative addresses). */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true, codeCache: true },
    },
  ]);
}

/** Serves the window from memory; the same files and policy as the browser face, without any connection. */
export function serveAppScheme(session: Session, files: WindowFiles): void {
  session.protocol.handle(SCHEME, (request) => answer(new URL(request.url), request.method, files));
}

function answer(url: URL, method: string, files: WindowFiles): Response {
  const file = url.host === 'app' && method === 'GET' ? files.get(url.pathname) : undefined;
  if (file === undefined) return new Response(null, { status: 404, headers: COMMON_HEADERS });
  if (url.pathname !== '/index.html') {
    return new Response(new Uint8Array(file.body), {
      headers: { ...COMMON_HEADERS, 'Content-Type': file.type },
    });
  }
  const nonce = newNonce();
  return new Response(withNonce(file.body.toString('utf8'), nonce), {
    headers: {
      ...COMMON_HEADERS,
      'Content-Security-Policy': contentPolicy(nonce, []),
      'Content-Type': file.type,
      'Cache-Control': 'no-store',
    },
  });
}

/** True for the window's own page, whatever place in it (`#/…`). */
export function isWindowUrl(url: string): boolean {
  return url === WINDOW_URL || url.startsWith(`${WINDOW_URL}#`);
}
