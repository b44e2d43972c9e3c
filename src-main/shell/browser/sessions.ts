import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A printed address is good for this long while nobody has used it. */
export const TOKEN_LIFETIME_MS = 15 * 60_000;
/** More open addresses or windows than a person uses; the oldest gives way. */
const MOST_TOKENS = 16;
const MOST_SESSIONS = 64;

interface Entry {
  readonly digest: Buffer;
  readonly expiresAt: number;
}
interface Token extends Entry {
  readonly isExposed: boolean;
}

export interface TokenOptions {
  readonly lifetimeMs?: number;
  /** It goes into a command line, which every user of the machine can read: only a process of this user may use it. */
  readonly isExposed?: boolean;
}

/**
 * Who may use the browser face: whoever brings a token that was printed to the user's terminal, once, gets a session.
 * Only digests are kept, and they are compared in constant time.
 */
export class Sessions {
  readonly #now: () => number;
  #tokens: readonly Token[] = [];
  #sessions: readonly Entry[] = [];

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** A fresh one-time token: 256 bits, base64url. */
  newToken({ lifetimeMs = TOKEN_LIFETIME_MS, isExposed = false }: TokenOptions = {}): string {
    const { secret, digest } = newSecret();
    const token = { digest, expiresAt: this.#now() + lifetimeMs, isExposed };
    this.#tokens = [...this.#tokens, token].slice(-MOST_TOKENS);
    return secret;
  }

  /**
   * Exchanges a token for a session; null when it is unknown, used or too old. An exposed one that somebody else brings
   * stays good for the window it was made for.
   */
  redeem(token: string, isThisUser: () => boolean): string | null {
    const entry = find(this.#tokens, token);
    if (entry === null || (entry.isExposed && !isThisUser())) return null;
    this.#tokens = this.#tokens.filter((other) => other !== entry);
    if (entry.expiresAt < this.#now()) return null;
    const { secret, digest } = newSecret();
    this.#sessions = [...this.#sessions, { digest, expiresAt: Infinity }].slice(-MOST_SESSIONS);
    return secret;
  }

  /** Sessions last as long as the process. */
  has(session: string): boolean {
    return find(this.#sessions, session) !== null;
  }
}

function newSecret(): { secret: string; digest: Buffer } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, digest: digestOf(secret) };
}

/** Looks at every entry, so that the time does not tell which one was near. */
function find<Kind extends Entry>(entries: readonly Kind[], secret: string): Kind | null {
  const digest = digestOf(secret);
  let found: Kind | null = null;
  for (const entry of entries) if (timingSafeEqual(entry.digest, digest)) found = entry;
  return found;
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
