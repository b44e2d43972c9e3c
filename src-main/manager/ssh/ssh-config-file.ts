import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { LineType, parse } from 'ssh-config';
import { fitsHostPatterns, fitsWildcards } from '../../../src-shared/formats/host-patterns.ts';
import { expandHome } from './private-key.ts';

/**
 * ssh_config(5), with what it includes, as one list of settings in their order. The package splits lines into words; its
 * evaluation is not used, since that runs the programs of `Match exec` and looks names up. Damaged lines are left out.
 */
export interface SshConfigFile {
  readonly settings: readonly ConfigSetting[];
  /** Names that stand in `Host` lines as they are, without wildcards. */
  readonly aliases: readonly string[];
}

export interface ConfigSetting {
  /** All must fit: a file included in a section is bound to that section too. */
  readonly scopes: readonly ConfigScope[];
  /** In lower case. */
  readonly name: string;
  readonly values: readonly string[];
}

export type ConfigScope =
  | { readonly kind: 'host'; readonly patterns: readonly string[] }
  | { readonly kind: 'match'; readonly criteria: readonly MatchCriterion[] }
  /** A `Match` that could be decided by running something, or by the connection itself, only. */
  | { readonly kind: 'never' };

export interface MatchCriterion {
  readonly about: 'host' | 'originalhost' | 'user' | 'localuser';
  readonly patterns: readonly string[];
  readonly isNegated: boolean;
}

const MOST_BYTES = 1_048_576;
const LONGEST_LINE = 8_192;
/** OpenSSH's own limit for files that include files. */
const DEEPEST_INCLUDE = 16;
/** However many there are, and however they include each other. */
const MOST_FILES = 256;
const MOST_ALIASES = 1_000;

/** Empty when the file is missing or may not be read. */
export async function readSshConfig(path: string, home: string): Promise<SshConfigFile> {
  const reading: Reading = { home, folder: dirname(path), files: 0, settings: [], aliases: new Set() };
  await readInto(reading, path, [], 0);
  return { settings: reading.settings, aliases: [...reading.aliases] };
}

interface Reading {
  readonly home: string;
  /** Relative names of includes are meant from here: `~/.ssh`. */
  readonly folder: string;
  files: number;
  readonly settings: ConfigSetting[];
  readonly aliases: Set<string>;
}

async function readInto(
  reading: Reading,
  path: string,
  outer: readonly ConfigScope[],
  depth: number,
): Promise<void> {
  if (depth > DEEPEST_INCLUDE || reading.files >= MOST_FILES) return;
  reading.files += 1;
  let scopes = outer;
  for (const line of await readLines(path)) {
    const directive = parseDirective(line);
    if (!directive) continue;
    const { name, values } = directive;
    if (name === 'host') {
      scopes = [...outer, { kind: 'host', patterns: values }];
      offerAliases(reading, values);
    } else if (name === 'match') {
      scopes = [...outer, matchScope(values)];
    } else if (name === 'include') {
      for (const included of await findIncluded(reading, values))
        await readInto(reading, included, scopes, depth + 1);
    } else {
      reading.settings.push({ scopes, name, values });
    }
  }
}

async function readLines(path: string): Promise<readonly string[]> {
  try {
    const facts = await stat(path);
    if (!facts.isFile() || facts.size > MOST_BYTES) return [];
    return (await readFile(path, 'utf8')).split(/\r?\n/);
  } catch {
    return [];
  }
}

function parseDirective(text: string): { readonly name: string; readonly values: readonly string[] } | null {
  if (text.length > LONGEST_LINE) return null;
  try {
    const line = parse(text).find((candidate) => candidate.type === LineType.DIRECTIVE);
    if (line?.type !== LineType.DIRECTIVE) return null;
    const values = typeof line.value === 'string' ? [line.value] : line.value.map(({ val }) => val);
    const given = values.filter((value) => value !== '');
    return given.length > 0 ? { name: line.param.toLowerCase(), values: given } : null;
  } catch {
    return null;
  }
}

function offerAliases({ aliases }: Reading, patterns: readonly string[]): void {
  for (const pattern of patterns) {
    if (aliases.size < MOST_ALIASES && !/[*?!]/.test(pattern)) aliases.add(pattern);
  }
}

function matchScope(words: readonly string[]): ConfigScope {
  const criteria: MatchCriterion[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const word = (words[at] ?? '').toLowerCase();
    if (word === 'all' && words.length === 1) break;
    const isNegated = word.startsWith('!');
    const about = MATCHABLE.find((name) => name === (isNegated ? word.slice(1) : word));
    const patterns = words[at + 1]?.split(',');
    if (!about || !patterns) return { kind: 'never' };
    criteria.push({ about, patterns, isNegated });
  }
  return { kind: 'match', criteria };
}

const MATCHABLE = ['host', 'originalhost', 'user', 'localuser'] as const;

/** Wildcards in the last part of a path only; folders with wildcards in their names are rare, and left out. */
async function findIncluded(
  { home, folder }: Reading,
  patterns: readonly string[],
): Promise<readonly string[]> {
  const found = await Promise.all(
    patterns.map(async (pattern) => {
      const expanded = expandHome(pattern, home);
      const path = isAbsolute(expanded) ? expanded : join(folder, expanded);
      if (!/[*?]/.test(basename(path))) return [path];
      try {
        const names = await readdir(dirname(path));
        const fitting = names.filter((name) => !name.startsWith('.') && fitsWildcards(basename(path), name));
        return fitting.toSorted().map((name) => join(dirname(path), name));
      } catch {
        return [];
      }
    }),
  );
  return found.flat();
}

/** The first value of each setting that applies to a name, as OpenSSH takes it. */
export function settingsFor(
  file: SshConfigFile,
  alias: string,
  localUser: string,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { scopes, name, values } of file.settings) {
    const facts = {
      originalhost: alias,
      host: found.get('hostname')?.[0] ?? alias,
      user: found.get('user')?.[0] ?? localUser,
      localuser: localUser,
    };
    if (!found.has(name) && scopes.every((scope) => fitsScope(scope, facts))) found.set(name, values);
  }
  return found;
}

function fitsScope(scope: ConfigScope, facts: Readonly<Record<MatchCriterion['about'], string>>): boolean {
  switch (scope.kind) {
    case 'never':
      return false;
    case 'host':
      return fitsHostPatterns(scope.patterns, facts.originalhost);
    case 'match':
      return scope.criteria.every(
        ({ about, patterns, isNegated }) => fitsHostPatterns(patterns, facts[about]) !== isNegated,
      );
  }
}
