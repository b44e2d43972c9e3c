import type { Account } from '../accounts.ts';
import type { Machine } from '../machine.ts';
import type { Program } from '../program.ts';
import { formatStat, statFields } from '../stat-facts.ts';

/** ACCESS_SCRIPT: what the account may do with each path. */
export const lookAtAccess: Program = async ({ argv, machine, account, write }) => {
  for (const path of argv) await write(`${accessLine(machine, account, path)}\n`);
  return 0;
};

function accessLine(machine: Machine, account: Account, path: string): string {
  try {
    const place = machine.open(account, path, null);
    const isSocket = machine.isSocket(place.path);
    const kind = place.stats.isDirectory() ? 'd' : isSocket ? 'S' : 'f';
    const rights = (['r', 'w', 'x'] as const).filter((access) => machine.allows(account, place, access));
    return `e${kind}${rights.join('')} ${formatStat('%a %U %G', statFields(machine, place))}`;
  } catch {
    return '- ';
  }
}

/** WHERE_SCRIPT: where each program is. */
export const whereIs: Program = async ({ argv, machine, write }) => {
  for (const name of argv) await write(machine.program(name) ? `/usr/bin/${name}\n` : '\n');
  return 0;
};
