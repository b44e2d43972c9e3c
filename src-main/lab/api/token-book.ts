import { randomBytes } from 'node:crypto';
import type { LabApiUser } from './users.ts';

/** The tokens that are out. They have the form of Wazuh's ES512 tokens; what counts is that the book knows them. */
export class TokenBook {
  readonly #tokens = new Map<string, { readonly user: LabApiUser; readonly untilMs: number }>();

  issue(user: LabApiUser, nowMs: number, lifetimeMs: number): string {
    const seconds = Math.floor(nowMs / 1000);
    const claims = {
      iss: 'wazuh',
      aud: 'Wazuh API REST',
      nbf: seconds,
      exp: seconds + Math.floor(lifetimeMs / 1000),
      sub: user.name,
      run_as: false,
      rbac_roles: user.role === null ? [] : [user.id],
      rbac_mode: 'white',
    };
    const signature = randomBytes(96).toString('base64url');
    const token = [encoded({ alg: 'ES512', typ: 'JWT' }), encoded(claims), signature].join('.');
    this.#tokens.set(token, { user, untilMs: nowMs + lifetimeMs });
    return token;
  }

  /** Null for tokens that are unknown, expired or revoked. */
  userOf(token: string, nowMs: number): LabApiUser | null {
    const known = this.#tokens.get(token);
    return known && known.untilMs > nowMs ? known.user : null;
  }

  /** All of them, as after a change of the security settings. */
  revoke(): void {
    this.#tokens.clear();
  }
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
