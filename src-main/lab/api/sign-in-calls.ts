import type { IncomingMessage } from 'node:http';
import { dataReply, problems, type ApiReply } from './api-reply.ts';
import type { LoginGuard, LabApiLimits } from './api-gate.ts';
import { compareVersions } from './api-world.ts';
import type { TokenBook } from './token-book.ts';
import type { LabApiUser } from './users.ts';

export const TOKEN_PATH = '/security/user/authenticate';

export interface SignInDesk {
  readonly users: readonly LabApiUser[];
  readonly tokens: TokenBook;
  readonly guard: LoginGuard;
  readonly limits: LabApiLimits;
  readonly version: string;
  readonly nowMs: number;
}

/** A token for basic authentication: `GET` from 4.0, `POST` from 4.4. */
export function signIn(request: IncomingMessage, query: URLSearchParams, desk: SignInDesk): ApiReply {
  const { guard, limits, tokens, version, nowMs } = desk;
  if (guard.isBlocked(limits, nowMs)) throw problems.blocked();
  const isKnown =
    request.method === 'GET' || (request.method === 'POST' && compareVersions(version, '4.4.0') >= 0);
  if (!isKnown) throw problems.wrongMethod();
  const user = basicUser(request, desk.users);
  if (!user) {
    guard.noteRefused(nowMs);
    throw problems.badCredentials();
  }
  const token = tokens.issue(user, nowMs, limits.tokenMs);
  return query.get('raw') === 'true'
    ? { status: 200, body: token, contentType: 'text/plain' }
    : dataReply({ token });
}

export function basicUser({ headers }: IncomingMessage, users: readonly LabApiUser[]): LabApiUser | null {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(headers.authorization ?? '') ?? [];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return users.find(({ name, password }) => text === `${name}:${password}`) ?? null;
}

export function bearerToken({ headers }: IncomingMessage): string | null {
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}
