import { posix } from 'node:path';
import type { BigIntStats } from 'node:fs';
import type { LabTime } from '../lab-time.ts';
import type { Account } from './accounts.ts';
import { MachineError } from './machine-error.ts';
import type { MachineTree, Place } from './machine-tree.ts';
import { may, ownershipOf, type Ownership, type OwnerRule } from './ownership.ts';
import type { Program } from './program.ts';

export interface MachineParts {
  readonly hostName: string;
  readonly tree: MachineTree;
  readonly owners: readonly OwnerRule[];
  readonly accounts: readonly Account[];
  /** By name (`id`), found in the usual folders, or by path (`/var/ossec/bin/wazuh-control`). */
  readonly programs: ReadonlyMap<string, Program>;
  /** Paths that are sockets on the machine, though a plain file marks their place. */
  readonly sockets: ReadonlySet<string>;
  readonly time: LabTime;
}

/** A simulated computer: a file tree, accounts and a table of programs. No real program runs on its behalf. */
export class Machine {
  readonly hostName: string;
  readonly tree: MachineTree;
  readonly accounts: readonly Account[];
  readonly time: LabTime;
  readonly #parts: MachineParts;
  readonly #processes = new Map<number, (signalName: string) => void>();
  #nextProcess = 4000;

  constructor(parts: MachineParts) {
    this.hostName = parts.hostName;
    this.tree = parts.tree;
    this.accounts = parts.accounts;
    this.time = parts.time;
    this.#parts = parts;
  }

  account(name: string): Account | null {
    return this.accounts.find((account) => account.name === name) ?? null;
  }

  /** Null: no such program. */
  program(name: string): Program | null {
    const known = this.#parts.programs.get(name);
    if (known) return known;
    const isInUsualFolder = /^\/(usr\/)?(local\/)?s?bin$/.test(posix.dirname(name));
    return (isInUsualFolder ? this.#parts.programs.get(posix.basename(name)) : undefined) ?? null;
  }

  get programNames(): readonly string[] {
    return [...this.#parts.programs.keys()].filter((name) => !name.startsWith('/'));
  }

  /** Gives a running program its number, until `forget` is called. */
  register(end: (signalName: string) => void): { readonly id: number; readonly forget: () => void } {
    const id = this.#nextProcess;
    this.#nextProcess += 1;
    this.#processes.set(id, end);
    return { id, forget: () => void this.#processes.delete(id) };
  }

  /** False: no such process. */
  kill(id: number, signalName: string): boolean {
    const end = this.#processes.get(id);
    end?.(signalName);
    return end !== undefined;
  }

  isSocket(path: string): boolean {
    return this.#parts.sockets.has(path);
  }

  ownership(place: { readonly path: string; readonly stats: BigIntStats }): Ownership {
    return ownershipOf(this.#parts.owners, place.path, place.stats);
  }

  /** Whether every folder on the way may be passed and the thing itself used so. */
  allows(account: Account, place: Place, access: 'r' | 'w' | 'x' | null): boolean {
    for (const folder of foldersAbove(place.path)) {
      const found = this.tree.find(folder);
      if (!found.stats || !may(account, this.ownership({ ...found, stats: found.stats }), 'x')) return false;
    }
    if (access === null || !place.stats) return true;
    return may(account, this.ownership({ ...place, stats: place.stats }), access);
  }

  /** What is there, if the account may use it so. Errors: `ENOENT`, `EACCES`, … */
  open(
    account: Account,
    path: string,
    access: 'r' | 'w' | 'x' | null,
  ): Place & { readonly stats: BigIntStats } {
    const place = this.tree.find(path, account.home);
    if (!this.allows(account, place, null)) throw new MachineError('EACCES', path);
    if (!place.stats) throw new MachineError('ENOENT', path);
    if (!this.allows(account, place, access)) throw new MachineError('EACCES', path);
    return { ...place, stats: place.stats };
  }

  /** A name in a folder that the account may change. Errors: `EACCES`, `ENOENT`, … */
  entry(account: Account, path: string): Place {
    const place = this.tree.findEntry(path, account.home);
    const folder = this.tree.require(posix.dirname(place.path));
    if (!this.allows(account, folder, 'x') || !this.allows(account, folder, 'w')) {
      throw new MachineError('EACCES', path);
    }
    return place;
  }
}

function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = posix.dirname(path); folder !== '/'; folder = posix.dirname(folder))
    folders.unshift(folder);
  return folders;
}
