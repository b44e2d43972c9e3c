import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { posix } from 'node:path';
import { isRoot, userNumber, groupNumber, type Account } from '../accounts.ts';
import type { Machine } from '../machine.ts';
import type { Place } from '../machine-tree.ts';
import { readAll, type Program } from '../program.ts';
import { ownershipOfNew } from '../ownership.ts';

/** REPLACE_SCRIPT: written beside, checked, given the old one's rights, then put in its place. */
export const replaceFile: Program = async ({ argv, machine, account, input, write, signal }) => {
  const [path = '', expected = '', wanted = '', besideName = '', mode = '', , loss = ''] = argv;
  const content = await readAll(input);
  if (signal.aborted) return 1;
  const order = { path, expected, wanted, besideName, mode, isLossy: loss === 'lossy' };
  await write(`${replace(machine, account, order, content)}\n`);
  return 0;
};

interface ReplaceOrder {
  readonly path: string;
  /** SHA-256 of what is there, or `new`. */
  readonly expected: string;
  readonly wanted: string;
  readonly besideName: string;
  readonly mode: string;
  readonly isLossy: boolean;
}

/** Returns the script's line. */
function replace(machine: Machine, account: Account, order: ReplaceOrder, content: Buffer): string {
  const isNew = order.expected === 'new';
  if (isNew && machine.tree.findEntry(order.path).stats) return 'exists';
  const target = machine.tree.find(order.path);
  if (!isNew && !target.stats) return 'missing';
  if (target.stats && !target.stats.isFile()) return 'not-a-file';
  const beside = machine.entry(account, posix.join(posix.dirname(target.path), order.besideName));
  writeFileSync(beside.real, content, { flag: 'wx', mode: 0o600 });
  try {
    if (digest(content) !== order.wanted) return 'incomplete';
    return isNew ? putNew(order, target, beside) : putInPlace(machine, account, order, target, beside);
  } finally {
    rmSync(beside.real, { force: true });
  }
}

function putNew({ mode }: ReplaceOrder, target: Place, beside: Place): string {
  chmodSync(beside.real, Number.parseInt(mode || '640', 8));
  if (existsSync(target.real)) return 'exists';
  linkSync(beside.real, target.real);
  return 'done';
}

function putInPlace(
  machine: Machine,
  account: Account,
  { expected, isLossy }: ReplaceOrder,
  target: Place,
  beside: Place,
): string {
  const stats = lstatSync(target.real, { bigint: true });
  const { owner, group, mode } = machine.ownership({ path: target.path, stats });
  const mine = ownershipOfNew(account, { owner, group, mode });
  const lost = owner === mine.owner && group === mine.group ? '' : ' owner';
  if (lost !== '' && !(isLossy && group === mine.group)) {
    const facts = (name: string, of: string) => `${userNumber(name)}:${groupNumber(of)} ${mode.toString(8)}`;
    return `owner ${facts(owner, group)} ${facts(mine.owner, mine.group)}`;
  }
  chmodSync(beside.real, mode);
  if (digest(readFileSync(target.real)) !== expected) return 'changed';
  renameSync(beside.real, target.real);
  return `done${isRoot(account) ? '' : lost}`;
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
