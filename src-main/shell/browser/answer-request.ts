import type { IncomingMessage, ServerResponse } from 'node:http';
import { COMMON_HEADERS, contentPolicy, newNonce, withNonce } from '../content-policy.ts';
import type { WindowFiles } from '../window-files.ts';
import { needsAddress, notFound, onwardPage, type Page, refused, renderPage, wrongHost } from './pages.ts';
import { isPeerOfThisUser } from './peer-user.ts';
import { cookieName, isCrossSite, isFromElsewhere, isOwnHost, readCookie } from './request-guard.ts';
import type { Sessions } from './sessions.ts';

export interface FaceContext {
  readonly port: number;
  /**
   * `/…/`, unguessable: everything of the window lies below it, and its cookie is sent nowhere else. Cookies know no
   * ports, so a server of somebody else on another port of this machine would be sent a cookie of `/`.
   */
  readonly place: string;
  readonly sessions: Sessions;
  readonly files: WindowFiles;
  /** Answers a second start of ours that asks for a fresh address; null when it cannot prove that it is ours. */
  readonly answerOurs: (authorization: string | undefined, isExposed: boolean) => FreshAddress | null;
}

export interface FreshAddress {
  readonly address: string;
  readonly proof: string;
}

/** Every HTTP request of the browser face: guarded first, then a token, a fresh address, or one of the window's files. */
export function answerRequest(request: IncomingMessage, response: ServerResponse, face: FaceContext): void {
  const { host } = request.headers;
  if (!isOwnHost(host, face.port)) return sendPage(response, 421, wrongHost(face.port));
  if (isFromElsewhere(request.headers)) return sendPage(response, 403, refused);
  const url = URL.parse(request.url ?? '/', `http://${host}`);
  if (url === null) return sendPage(response, 400, notFound);
  if (request.method === 'POST' && url.pathname === '/address') {
    return sendAddress(
      face.answerOurs(request.headers.authorization, url.searchParams.has('exposed')),
      response,
    );
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return sendMethods(response);
  const path = pathInWindow(url.pathname, face.place);
  const token = url.pathname === '/' || path === '/' ? url.searchParams.get('token') : null;
  // A link preview or a proxy that only looks (HEAD) must not use the address up.
  if (token !== null && request.method === 'GET') return exchangeToken(token, request, response, face);
  if (path === null || !hasSession(request, face)) return sendPage(response, 403, needsAddress);
  sendFile(path, response, face);
}

/** `/assets/…` of `/PLACE/assets/…`; null for what lies elsewhere. */
function pathInWindow(path: string, place: string): string | null {
  return path.startsWith(place) ? path.slice(place.length - 1) : null;
}

export function hasSession(request: IncomingMessage, face: Pick<FaceContext, 'port' | 'sessions'>): boolean {
  const session = readCookie(request.headers.cookie, cookieName(face.port));
  return session !== null && face.sessions.has(session);
}

function exchangeToken(
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
  face: FaceContext,
): void {
  const session = face.sessions.redeem(token, () => isPeerOfThisUser(request.socket));
  // Opened twice in the browser that holds a session already: there is nothing to refuse.
  if (session === null && !hasSession(request, face)) return sendPage(response, 403, needsAddress);
  const cookie = `${cookieName(face.port)}=${session}; HttpOnly; SameSite=Strict; Path=${face.place}`;
  const headers = { 'Cache-Control': 'no-store', ...(session === null ? {} : { 'Set-Cookie': cookie }) };
  if (isCrossSite(request.headers)) {
    return sendHtml(response, 200, onwardPage(face.place), newNonce(), headers);
  }
  response.writeHead(303, { ...COMMON_HEADERS, ...headers, Location: face.place }).end();
}

function sendFile(path: string, response: ServerResponse, face: FaceContext): void {
  if (path === '/' || path === '/index.html') return sendWindow(response, face);
  const file = face.files.get(path);
  if (file === undefined) return sendPage(response, 404, notFound);
  response.writeHead(200, {
    ...COMMON_HEADERS,
    'Content-Security-Policy': `default-src 'none'`,
    'Content-Type': file.type,
    'Content-Length': file.body.byteLength,
    'Cache-Control': file.isImmutable ? 'private, max-age=31536000, immutable' : 'private, no-cache',
  });
  response.end(file.body);
}

function sendWindow(response: ServerResponse, face: FaceContext): void {
  const nonce = newNonce();
  const html = face.files.get('/index.html')?.body.toString('utf8') ?? '';
  sendHtml(response, 200, withNonce(html, nonce), nonce, {}, connectionsOf(face.port));
}

/** Safari reads `'self'` as http only. */
const connectionsOf = (port: number): readonly string[] => [
  `'self'`,
  `ws://127.0.0.1:${port}`,
  `ws://localhost:${port}`,
];

function sendAddress(answer: FreshAddress | null, response: ServerResponse): void {
  if (answer === null) return sendPage(response, 403, refused);
  const body = JSON.stringify(answer);
  response
    .writeHead(200, { ...COMMON_HEADERS, 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
    .end(body);
}

function sendMethods(response: ServerResponse): void {
  response.writeHead(405, { ...COMMON_HEADERS, Allow: 'GET, HEAD' }).end();
}

function sendPage(response: ServerResponse, status: number, page: Page): void {
  const nonce = newNonce();
  sendHtml(response, status, renderPage(page, nonce), nonce);
}

function sendHtml(
  response: ServerResponse,
  status: number,
  html: string,
  nonce: string,
  headers: Readonly<Record<string, string>> = {},
  connections: readonly string[] = [],
): void {
  response.writeHead(status, {
    ...COMMON_HEADERS,
    'Content-Security-Policy': contentPolicy(nonce, connections),
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(html),
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(html);
}
