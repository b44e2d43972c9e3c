import { createInterface } from 'node:readline';
import type { Account } from '../accounts.ts';
import { wordsOf } from '../machine-error.ts';
import type { Machine } from '../machine.ts';
import type { Program } from '../program.ts';
import { formatStat, statFields } from '../stat-facts.ts';

/** STAT_SCRIPT: a number and a path a question, one line an answer, until the input ends. */
export const statQuestions: Program = async ({ machine, account, input, signal, write }) => {
  const lines = createInterface({ input, crlfDelay: Infinity });
  signal.addEventListener('abort', () => lines.close(), { once: true });
  let number: string | null = null;
  for await (const line of lines) {
    if (number === null) number = line;
    else {
      await write(`${number} ${answerTo(machine, account, line)}\n`);
      number = null;
    }
  }
  return 0;
};

function answerTo(machine: Machine, account: Account, path: string): string {
  try {
    return `0 ${formatStat('%d %i %s %Y %f', statFields(machine, machine.open(account, path, null)))}`;
  } catch (error) {
    return `1 stat: cannot statx '${path}': ${wordsOf(error)}`;
  }
}
