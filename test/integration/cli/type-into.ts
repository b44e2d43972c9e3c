import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import { quoteCommand } from '../../../src-shared/formats/shell-quote.ts';
import type { CommandOptions } from './run-cli.ts';

const SCRIPT = '/usr/bin/script';
const cli = fileURLToPath(new URL('../../../build/out/cli.js', import.meta.url));

/** Why there is no terminal to type into; null when there is one. */
export const terminalMissing =
  process.platform === 'linux' && existsSync(SCRIPT)
    ? null
    : 'script of util-linux gives a terminal, where it is installed';

export type Answers = readonly (readonly [question: string, typed: string])[];

/** Runs a command on a terminal of its own; each answer is typed once its question stands there. */
export async function typeInto(
  args: readonly string[],
  answers: Answers,
  { data, environment }: Pick<CommandOptions, 'data' | 'environment'>,
): Promise<{ readonly code: number; readonly shown: string }> {
  const command = quoteCommand([process.execPath, cli, '--data', data, ...args]);
  const child = spawn(SCRIPT, ['-qec', command, '/dev/null'], {
    env: { PATH: process.env['PATH'], HOME: data, SHELL: '/bin/sh', NO_COLOR: '1', ...environment },
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  const ended = once(child, 'close');
  let from = 0;
  for (const [question, typed] of answers) {
    await vi.waitFor(() => expect(shown.slice(from)).toContain(question), { timeout: 15_000 });
    from = shown.indexOf(question, from) + question.length;
    child.stdin.write(typed);
  }
  const [code] = await ended;
  return { code: Number(code), shown };
}
