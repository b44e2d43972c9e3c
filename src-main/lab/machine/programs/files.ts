import { createReadStream, readdirSync, unlinkSync } from 'node:fs';
import { MachineError, wordsOf } from '../machine-error.ts';
import { asBytes, type Invocation, type Program } from '../program.ts';
import { formatStat, statFields } from '../stat-facts.ts';

/** `cat PATH…`; without a path it hands its input on. */
export const cat: Program = async (call) => {
  const paths = plainArguments(call);
  if (paths.length === 0) {
    for await (const piece of call.input) await call.write(asBytes(piece));
    return 0;
  }
  return forEach(call, paths, (path) => copyOut(call, path, Infinity));
};

/** `head -c BYTES PATH`. */
export const head: Program = (call) => {
  const [, option, count = '0', ...paths] = call.argv;
  if (option !== '-c') return refuse(call, 'head: only -c is simulated');
  return forEach(call, paths, (path) => copyOut(call, path, Number(count)));
};

/** `ls -A1 FOLDER`: names, one a line. */
export const ls: Program = (call) =>
  forEach(call, plainArguments(call), async (path) => {
    const { real, stats } = call.machine.open(call.account, path, 'r');
    const names = stats.isDirectory() ? readdirSync(real).toSorted() : [path];
    await call.write(names.map((name) => `${name}\n`).join(''));
  });

/** `stat [-L] -c FORMAT [--] PATH…`. */
export const stat: Program = (call) => {
  const place = call.argv.indexOf('-c');
  const format = call.argv[place + 1];
  if (place === -1 || format === undefined) return refuse(call, 'stat: only -c is simulated');
  const paths = call.argv.slice(place + 2).filter((word) => word !== '--');
  return forEach(call, paths, async (path) => {
    await call.write(
      `${formatStat(format, statFields(call.machine, call.machine.open(call.account, path, null)))}\n`,
    );
  });
};

/** `test -e|-f|-d|-r|-w|-x|-S PATH`. */
export const test: Program = ({ argv, machine, account }) => {
  const [, what = '', path = ''] = argv;
  try {
    const access = what === '-r' ? 'r' : what === '-w' ? 'w' : what === '-x' ? 'x' : null;
    const { path: found, stats } = machine.open(account, path, access);
    if (what === '-d') return stats.isDirectory() ? 0 : 1;
    if (what === '-f') return stats.isFile() && !machine.isSocket(found) ? 0 : 1;
    if (what === '-S') return machine.isSocket(found) ? 0 : 1;
    return access !== null || what === '-e' ? 0 : 1;
  } catch {
    return 1;
  }
};

/** `rm [-f] [--] PATH…`: files only; `-f` is silent about what is not there. */
export const remove: Program = (call) =>
  forEach(call, plainArguments(call), async (path) => {
    const { real, stats } = call.machine.entry(call.account, path);
    if (stats?.isDirectory()) throw new MachineError('EISDIR', path);
    if (stats) unlinkSync(real);
    else if (!call.argv.includes('-f')) throw new MachineError('ENOENT', path);
  });

/** `readlink -f PATH`. */
export const readlink: Program = async ({ argv, machine, account, write }) => {
  await write(`${machine.tree.find(argv.at(-1) ?? '', account.home).path}\n`);
  return 0;
};

async function copyOut({ machine, account, write, signal }: Invocation, path: string, most: number) {
  const { real, stats } = machine.open(account, path, 'r');
  if (stats.isDirectory()) throw new MachineError('EISDIR', path);
  if (most <= 0) return;
  for await (const piece of createReadStream(real, { end: most - 1, highWaterMark: 262_144, signal })) {
    await write(asBytes(piece));
  }
}

function plainArguments({ argv }: Invocation): readonly string[] {
  return argv.slice(1).filter((word) => !word.startsWith('-'));
}

/** One after the other; a failure is complained of and the rest goes on. */
async function forEach(
  call: Invocation,
  paths: readonly string[],
  run: (path: string) => Promise<void>,
): Promise<number> {
  let code = 0;
  for (const path of paths) {
    try {
      await run(path);
    } catch (error) {
      call.complain(`${call.argv[0] ?? ''}: ${path}: ${wordsOf(error)}`);
      code = 1;
    }
  }
  return code;
}

function refuse(call: Invocation, words: string): number {
  call.complain(words);
  return 2;
}
