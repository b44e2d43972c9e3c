import { createHash, randomBytes } from 'node:crypto';
import type { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { objectAt, textAt, type JsonObject } from '../../../src-shared/formats/json-values.ts';
import { noPassword, rateLimited, signInRefused, unreadable } from './api-errors.ts';
import type { HttpReply } from './http-exchange.ts';
import { readReply } from './read-answer.ts';
import { codeOf, refusalOf } from './refusals.ts';
import type { ApiLimits } from './shared-limits.ts';
import type { ApiGeneration } from './wazuh-api.ts';

export interface SignInOptions {
  /** `host:port`. */
  readonly endpoint: string;
  readonly user: string;
  /** Null when none is kept, or its place is locked. */
  readonly password: () => Promise<string | null>;
  /** Takes a secret out of all logs from now on. */
  readonly keepSecret: (text: string) => void;
  /** The same for a token, which is replaced by another before long. */
  readonly keepToken: (text: string) => void;
  readonly limits: ApiLimits;
  /** One request that carries the credentials; a turn in the budget is taken by it. */
  readonly ask: (method: 'GET' | 'POST', path: string, authorization: string) => Promise<HttpReply>;
}

const TOKEN_PATH = '/security/user/authenticate';
const BEARER = 'Bearer ';

/**
 * Credentials for requests. 4.x: one sign-in for any number of requests; the token lives in memory only. A refused
 * password is remembered by its digest and never sent again, so the API's lock-out is not approached.
 *
 * The generation shows in how the token's path is answered: 4.4 and later sign in with POST, 4.0 to 4.3 know GET only
 * (405). A 3.x API checks the same basic authentication before it looks for the path, and then does not know it
 * (its old envelope, error 603 or 607): the credentials are proven by that, and no sign-in was refused.
 */
export class SignIn {
  readonly #options: SignInOptions;
  readonly #salt = randomBytes(16);
  #generation: ApiGeneration | null = null;
  #method: 'GET' | 'POST' = 'POST';
  #authorization: string | null = null;
  #running: Promise<string> | null = null;
  #refused: { readonly digest: string; readonly error: DomainError } | null = null;
  /** Counts resets: a sign-in that began before one must not keep its outcome. */
  #epoch = 0;

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  get generation(): ApiGeneration | null {
    return this.#generation;
  }

  /** The Authorization header. Errors: `api.no-password`, `api.sign-in-refused`, `api.locked-out`, and those of asking. */
  authorization(): Promise<string> {
    if (this.#authorization !== null) return Promise.resolve(this.#authorization);
    if (this.#running) return this.#running;
    const running = this.#signIn(this.#epoch).finally(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }

  /** The API turned a header down (401): expired, revoked, or a password that was changed. */
  expire(authorization: string): void {
    if (this.#authorization === authorization) this.#authorization = null;
  }

  reset(): void {
    this.#epoch += 1;
    this.#authorization = null;
    this.#running = null;
    this.#refused = null;
  }

  async #signIn(epoch: number): Promise<string> {
    const { user, password: readPassword, keepSecret, keepToken, limits } = this.#options;
    const password = await readPassword();
    if (password === null) throw noPassword(user);
    if (this.#refused?.digest === this.#digest(password)) throw this.#refused.error;
    limits.logins.check();
    const basic = Buffer.from(`${user}:${password}`).toString('base64');
    keepSecret(password);
    keepSecret(basic);
    const authorization = await this.#exchange(`Basic ${basic}`, password, epoch);
    if (authorization.startsWith(BEARER)) keepToken(authorization.slice(BEARER.length));
    if (epoch === this.#epoch) {
      this.#refused = null;
      this.#authorization = authorization;
    }
    return authorization;
  }

  async #exchange(basic: string, password: string, epoch: number): Promise<string> {
    let reply = await this.#options.ask(this.#method, `${TOKEN_PATH}?raw=true`, basic);
    if (this.#method === 'POST' && (reply.status === 404 || reply.status === 405) && !isOldEnvelope(reply)) {
      reply = await this.#options.ask('GET', `${TOKEN_PATH}?raw=true`, basic);
      if (reply.status === 200) this.#method = 'GET';
    }
    if (reply.status === 200) {
      this.#generation = '4';
      return BEARER + this.#tokenIn(reply);
    }
    if (isOldEnvelope(reply)) {
      this.#generation = '3';
      return basic;
    }
    throw this.#failure(reply, password, epoch);
  }

  #tokenIn(reply: HttpReply): string {
    const read = readReply(reply);
    if ('unreadable' in read) throw unreadable(this.#options.endpoint, read.unreadable);
    const token = 'json' in read ? textAt(objectAt(read.json, 'data'), 'token') : read.text;
    if (token !== null && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token.trim())) return token.trim();
    throw unreadable(this.#options.endpoint, 'where a token belongs, there is something else.');
  }

  #failure(reply: HttpReply, password: string, epoch: number): DomainError {
    const { endpoint, user, limits } = this.#options;
    const { status } = reply;
    if (status === 401) {
      limits.logins.noteRefused();
      const error = signInRefused(user);
      if (epoch === this.#epoch) this.#refused = { digest: this.#digest(password), error };
      return error;
    }
    if (status === 403 && 'json' in readReply(reply)) return limits.logins.noteLocked();
    if (status === 429) return rateLimited(endpoint, limits.budget.pause('all'));
    if (status === 404 || status === 405) {
      return unreadable(endpoint, 'it knows no way to sign in that a Wazuh API has.');
    }
    return refusalOf(reply, { endpoint, user, request: { method: this.#method, path: TOKEN_PATH } });
  }

  #digest(password: string): string {
    return createHash('sha256').update(this.#salt).update(password).digest('hex');
  }
}

/** `{"error": 603, "message": "…"}`: 4.x words its errors as `title` and `detail`. */
function isOldEnvelope(reply: HttpReply): boolean {
  if (![400, 404, 405].includes(reply.status)) return false;
  const read = readReply(reply);
  return 'json' in read && isOldError(read.json);
}

function isOldError(json: JsonObject): boolean {
  const code = codeOf(json);
  // 600 to 699 are the old API's own: other services have an `error` and a `message` too.
  return (
    code !== null &&
    code >= 600 &&
    code < 700 &&
    json['title'] === undefined &&
    textAt(json, 'message') !== null
  );
}
