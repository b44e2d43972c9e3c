import { ACCESS_SCRIPT, WHERE_SCRIPT } from '../../../src-shared/formats/access-scripts.ts';
import type { ManagerHost } from '../host/manager-host.ts';
import { outputOf } from './probe-step.ts';

/** What an account may do with one path. */
export interface PathAccess {
  readonly isThere: boolean;
  readonly isFolder: boolean;
  readonly isSocket: boolean;
  readonly mayRead: boolean;
  readonly mayWrite: boolean;
  /** For folders: may enter. */
  readonly mayRun: boolean;
  /** Octal digits; null where stat may not look. */
  readonly mode: string | null;
  readonly owner: string | null;
  readonly group: string | null;
}

export const NO_ACCESS: PathAccess = {
  isThere: false,
  isFolder: false,
  isSocket: false,
  mayRead: false,
  mayWrite: false,
  mayRun: false,
  mode: null,
  owner: null,
  group: null,
};

/** Looks at all paths in one call, as `test` and `stat` tell; nothing is opened and nothing is written. */
export async function readAccess(
  host: ManagerHost,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, PathAccess>> {
  const text = await outputOf(host, ['sh', '-c', ACCESS_SCRIPT, 'sh', ...paths], { signal });
  const lines = text.split('\n');
  return new Map(paths.map((path, at) => [path, parseLine(lines[at] ?? '')]));
}

function parseLine(line: string): PathAccess {
  const [letters = '-', mode = '', owner = '', group = ''] = line.split(' ');
  const has = (letter: string) => letters.includes(letter);
  return {
    isThere: has('e'),
    isFolder: has('d'),
    isSocket: has('S'),
    mayRead: has('r'),
    mayWrite: has('w'),
    mayRun: has('x'),
    mode: mode || null,
    owner: owner || null,
    group: group || null,
  };
}

/** Where programs are, by name; absent ones are left out. */
export async function findPrograms(
  host: ManagerHost,
  names: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const text = await outputOf(host, ['sh', '-c', WHERE_SCRIPT, 'sh', ...names], { signal });
  const lines = text.split('\n');
  return new Map(names.flatMap((name, at) => (lines[at]?.startsWith('/') ? [[name, lines[at]]] : [])));
}
