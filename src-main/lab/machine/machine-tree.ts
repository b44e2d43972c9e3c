import { lstatSync, readlinkSync, type BigIntStats } from 'node:fs';
import { join, posix } from 'node:path';
import { MachineError } from './machine-error.ts';

/** A folder of this computer that the machine shows at a path of its own. */
export interface Mount {
  /** Absolute and normal: `/`, `/var/ossec`. */
  readonly at: string;
  readonly real: string;
}

/** Something on the machine, or a free name in a folder that is there. */
export interface Place {
  /** As the machine names it: absolute, without links, `.` and `..`. */
  readonly path: string;
  /** Where it really is. */
  readonly real: string;
  /** Null: nothing has that name. */
  readonly stats: BigIntStats | null;
}

const MOST_LINKS = 40;

/**
 * The machine's file tree over folders of this computer. Paths are walked one name at a time and links are followed in
 * the machine's own names, so that neither `..` nor a link leads out of the mounted folders.
 */
export class MachineTree {
  readonly #mounts: readonly Mount[];

  /** One of the mounts is `/`. */
  constructor(mounts: readonly Mount[]) {
    this.#mounts = mounts.toSorted((a, b) => b.at.length - a.at.length);
  }

  /** Follows links, the last one included. Errors: `ENOENT` for a missing folder on the way, `ENOTDIR`, `ELOOP`. */
  find(path: string, from = '/'): Place {
    return this.#walk(path, from, true);
  }

  /** The entry itself, should it be a link. */
  findEntry(path: string, from = '/'): Place {
    return this.#walk(path, from, false);
  }

  /** What must be there. Errors: also `ENOENT`. */
  require(path: string, from = '/'): Place & { readonly stats: BigIntStats } {
    const { stats, ...place } = this.find(path, from);
    if (!stats) throw new MachineError('ENOENT', path);
    return { ...place, stats };
  }

  #walk(path: string, from: string, followsLast: boolean): Place {
    if (path.includes('\0')) throw new MachineError('EINVAL', path);
    const rest = posix
      .join(path.startsWith('/') ? '/' : from, '.')
      .split('/')
      .filter(Boolean);
    rest.push(...namesOf(path));
    let current = '/';
    let links = 0;
    let stats = this.#stats('/');
    while (rest.length > 0) {
      const name = rest.shift() ?? '';
      if (name === '..') {
        current = posix.dirname(current);
        stats = this.#stats(current);
        continue;
      }
      if (!stats) throw new MachineError('ENOENT', path);
      if (!stats.isDirectory()) throw new MachineError('ENOTDIR', path);
      const next = posix.join(current, name);
      stats = this.#stats(next);
      if (stats?.isSymbolicLink() && (rest.length > 0 || followsLast)) {
        links += 1;
        if (links > MOST_LINKS) throw new MachineError('ELOOP', path);
        const target = readlinkSync(this.realOf(next));
        if (target.startsWith('/')) current = '/';
        rest.unshift(...namesOf(target));
        stats = this.#stats(current);
      } else current = next;
    }
    return { path: current, real: this.realOf(current), stats };
  }

  /** Only for paths that were walked: it looks at names alone. */
  realOf(path: string): string {
    const mount = this.#mounts.find(({ at }) => at === '/' || path === at || path.startsWith(`${at}/`));
    if (!mount) throw new MachineError('ENOENT', path);
    return join(mount.real, path.slice(mount.at === '/' ? 0 : mount.at.length));
  }

  #stats(path: string): BigIntStats | null {
    return lstatSync(this.realOf(path), { bigint: true, throwIfNoEntry: false }) ?? null;
  }
}

function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}
