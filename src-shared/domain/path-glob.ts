/**
 * A glob over whole paths with `/` between folders: `*` stays within a folder, `**` crosses folders, `?` is one
 * character, a `/` at the end covers all below. Case counts, except in globs of a Windows drive (`C:/…`).
 *
 * Paths come from alerts, so an attacker writes them: the pattern is walked once, character by character, with the set
 * of places it may have come to. A regular expression of the same meaning takes minutes for a long path of slashes.
 */
export function compilePathGlob(glob: string): (path: string) => boolean {
  const isWindows = /^[a-z]:\//i.test(glob);
  const fold = (text: string) => (isWindows ? text.toLowerCase() : text);
  const parts = parse(fold(glob.endsWith('/') ? `${glob}**` : glob));
  return (path) => matches(parts, fold(path));
}

/** What one place of a pattern takes: one given character, one of a name, some of a name, or some of anything. */
type Part = number | 'one' | 'within' | 'across';

const SLASH = 0x2f;

function parse(glob: string): readonly Part[] {
  return Array.from(glob.matchAll(/\*\*|[^]/gu), ([text]) => {
    if (text === '**') return 'across';
    if (text === '*') return 'within';
    return text === '?' ? 'one' : (text.codePointAt(0) ?? 0);
  });
}

function matches(parts: readonly Part[], path: string): boolean {
  let places = new Places(parts);
  let next = new Places(parts);
  places.reach(0);
  for (const character of path) {
    const code = character.codePointAt(0) ?? 0;
    next.clear();
    for (const place of places.reached) step(parts, place, code, next);
    if (next.reached.length === 0) return false;
    [places, next] = [next, places];
  }
  return places.reached.includes(parts.length);
}

function step(parts: readonly Part[], place: number, code: number, next: Places): void {
  const part = parts[place];
  if (part === undefined) return;
  if (part === 'across' || (part === 'within' && code !== SLASH)) next.reach(place);
  else if (part === code || (part === 'one' && code !== SLASH)) next.reach(place + 1);
}

/** The places a pattern may have come to. */
class Places {
  readonly #parts: readonly Part[];
  readonly #isReached: Uint8Array;
  reached: number[] = [];

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
    this.#isReached = new Uint8Array(parts.length + 1);
  }

  /** A star may take nothing: the place behind it is reached with it. */
  reach(place: number): void {
    for (let at = place; this.#isReached[at] === 0; at += 1) {
      this.#isReached[at] = 1;
      this.reached.push(at);
      const part = this.#parts[at];
      if (part !== 'within' && part !== 'across') return;
    }
  }

  clear(): void {
    for (const place of this.reached) this.#isReached[place] = 0;
    this.reached = [];
  }
}
