import { homedir } from 'node:os';
import { secretForms } from './secret-forms.ts';

/** What stands where something was taken out. */
export const REDACTED = '[redacted]';

/** Shorter texts would take half of every line with them, and are no secrets. */
const SHORTEST_SECRET = 6;

/** Tokens are renewed all day long: of those only the newest are known, several for each manager. */
const MOST_PASSING = 64;

/**
 * Takes secrets out of text, by two rules. What was registered is taken out in every form it may have been written in,
 * whatever surrounds it. What was not registered is taken out where its surroundings name it: keys, passwords, tokens,
 * the user part of addresses. The home folder becomes `~`.
 */
export class Redactor {
  readonly #forms = new Set<string>();
  readonly #passing = new Map<string, ReadonlySet<string>>();
  readonly #home: RegExp | null;
  #registered: RegExp | null = null;

  constructor(home: string = homedir()) {
    this.#home = home.length > 1 ? anyOf(secretForms(home), '(?![\\w.-])') : null;
  }

  /** From now on this text appears in no output. Texts shorter than six characters are not taken. */
  register(secret: string): void {
    if (secret.length < SHORTEST_SECRET || this.#forms.has(secret)) return;
    for (const form of secretForms(secret)) this.#forms.add(form);
    this.#compile();
  }

  /** As `register`, for what is good for minutes only: it is known until many others have come. */
  registerPassing(secret: string): void {
    if (secret.length < SHORTEST_SECRET || this.#passing.has(secret)) return;
    this.#passing.set(secret, secretForms(secret));
    for (const oldest of [...this.#passing.keys()].slice(0, -MOST_PASSING)) this.#passing.delete(oldest);
    this.#compile();
  }

  /** True when the text holds a registered secret in any form. */
  holdsSecret(text: string): boolean {
    return this.#registered !== null && text.search(this.#registered) >= 0;
  }

  redact(text: string): string {
    let clean = text;
    if (this.#registered) clean = clean.replaceAll(this.#registered, REDACTED);
    for (const [pattern, replacement] of CONTEXTS) clean = clean.replaceAll(pattern, replacement);
    return this.#home ? clean.replaceAll(this.#home, '~') : clean;
  }

  #compile(): void {
    const passing = [...this.#passing.values()].flatMap((forms) => [...forms]);
    this.#registered = anyOf(new Set([...this.#forms, ...passing]));
  }
}

/** The one redactor of this thread. Whoever learns a secret registers it here before anything else is done with it. */
export const redactor = new Redactor();

const NAME = String.raw`(?:api[_-]?key|passw(?:or)?d|passphrase|secret|token|authorization|cookie)`;
/** After the name: quotes, escapes, a colon or an equals sign, and the scheme of an Authorization header. */
const GAP = String.raw`["'\\]*\s*[:=>]\s*["'\\]*(?:(?:basic|bearer)\s+)?`;
const VALUE = String.raw`[^\s"'\\,;&<>}\]]+`;

/** Where the surroundings name a secret. */
const CONTEXTS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`(${NAME}${GAP})${VALUE}`, 'gi'), `$1${REDACTED}`],
  // VirusTotal names a user by the key itself.
  [/(\/users(?:\/|%2f))[0-9a-f]{32,}/gi, `$1${REDACTED}`],
  [/(:\/\/)[^\s/@"']+@/g, `$1${REDACTED}@`],
  [/([?&#](?:key|code|sig|signature|auth|pass|pwd)=)[^\s&#"']+/gi, `$1${REDACTED}`],
];

/** Longest first, so that a form is not left half standing because a shorter one was found within it. */
function anyOf(forms: Iterable<string>, end = ''): RegExp {
  const longestFirst = [...forms].toSorted((a, b) => b.length - a.length);
  const any = longestFirst.map((form) => escapeForPattern(form)).join('|');
  return new RegExp(`(?:${any})${end}`, 'gi');
}

function escapeForPattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
