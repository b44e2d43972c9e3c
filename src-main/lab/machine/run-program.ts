import { posix } from 'node:path';
import type { Invocation } from './program.ts';
import { codeOf, wordsOf } from './machine-error.ts';
import { splitWords } from './words.ts';

/** Exit codes as a POSIX shell gives them. */
const NOT_FOUND = 127;
const NOT_ALLOWED = 126;
const SYNTAX = 2;

/** What the login shell does with a command line: one program is started, anything cleverer is a syntax error. */
export async function runLine(line: string, call: Omit<Invocation, 'argv'>): Promise<number> {
  const words = splitWords(line);
  if (!words) {
    call.complain('sh: 1: Syntax error: the simulated shell starts single programs only');
    return SYNTAX;
  }
  if (words.length === 0) return 0;
  return runProgram({ ...call, argv: words });
}

/** Starts one program of the machine's table. */
export async function runProgram(call: Invocation): Promise<number> {
  const { argv, machine, complain } = call;
  const [name = ''] = argv;
  const program = machine.program(name);
  if (!program) {
    complain(`sh: 1: ${name}: not found`);
    return NOT_FOUND;
  }
  if (!mayStart(call, name)) {
    complain(`sh: 1: ${name}: Permission denied`);
    return NOT_ALLOWED;
  }
  try {
    return await program(call);
  } catch (error) {
    if (call.signal.aborted) return 1;
    complain(`${posix.basename(name)}: ${pathOf(error)}${wordsOf(error)}`);
    return 1;
  }
}

/** Programs of the manager lie in folders with modes; the usual ones are everybody's. */
function mayStart({ machine, account }: Invocation, name: string): boolean {
  if (!name.startsWith('/')) return true;
  try {
    const place = machine.tree.find(name);
    return place.stats === null || machine.allows(account, place, 'x');
  } catch (error) {
    return codeOf(error) === 'ENOENT';
  }
}

function pathOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const [, path] = /^[A-Z]+: (\/[^,]*)$/.exec(message) ?? [];
  return path === undefined ? '' : `${path}: `;
}
