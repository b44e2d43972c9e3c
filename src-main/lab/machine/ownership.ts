import type { BigIntStats } from 'node:fs';
import { isRoot, type Account } from './accounts.ts';

/** Who a file belongs to on the machine; on this computer everything belongs to whoever runs the lab. */
export interface Ownership {
  readonly owner: string;
  readonly group: string;
  /** Permission bits. */
  readonly mode: number;
}

export type OwnerRule = readonly [path: RegExp, owner: string, group: string];

/** Owner and group by the first rule that matches; the mode is that of the real file. */
export function ownershipOf(rules: readonly OwnerRule[], path: string, stats: BigIntStats): Ownership {
  const [, owner, group] = rules.find(([pattern]) => pattern.test(path)) ?? [null, 'root', 'root'];
  return { owner, group, mode: modeOf(stats) };
}

/** Windows keeps no such bits: there only owner and group decide. */
function modeOf(stats: BigIntStats): number {
  return process.platform === 'win32' ? 0o770 : Number(stats.mode & 0o7777n);
}

/** `r`, `w` or `x`, as the kernel decides: the owner's bits, else the group's, else everybody's. */
export function may(account: Account, { owner, group, mode }: Ownership, access: 'r' | 'w' | 'x'): boolean {
  const bit = { r: 4, w: 2, x: 1 }[access];
  if (isRoot(account)) return access !== 'x' || (mode & 0o111) !== 0;
  const shift = account.name === owner ? 6 : account.groups.includes(group) ? 3 : 0;
  return ((mode >> shift) & bit) !== 0;
}

/** What a copy by this account can be given of a file's owner and group: root all of it, others their own groups. */
export function ownershipOfNew(account: Account, { owner, group, mode }: Ownership): Ownership {
  if (isRoot(account)) return { owner, group, mode };
  const [own = account.name] = account.groups;
  return { owner: account.name, group: account.groups.includes(group) ? group : own, mode };
}
