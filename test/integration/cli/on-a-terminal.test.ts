import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Lab } from '../../../src-main/lab/lab.ts';
import { quoteCommand } from '../../../src-shared/formats/shell-quote.ts';
import { Labs } from '../../builders/a-lab.ts';
import { runJson } from './run-cli.ts';

const SCRIPT = '/usr/bin/script';
const missing =
  process.platform === 'linux' && existsSync(SCRIPT)
    ? null
    : 'script of util-linux gives a terminal, where it is installed';
const cli = fileURLToPath(new URL('../../../build/out/cli.js', import.meta.url));

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'verdict-desk-terminal-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

/** Runs a command on a terminal of its own; each answer is typed once its question stands there. */
async function typing(
  args: readonly string[],
  answers: readonly (readonly [question: string, typed: string])[],
) {
  const command = quoteCommand([process.execPath, cli, '--data', data, ...args]);
  const child = spawn(SCRIPT, ['-qec', command, '/dev/null'], {
    env: { PATH: process.env['PATH'], HOME: data, SHELL: '/bin/sh', NO_COLOR: '1' },
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

describe.skipIf(missing)(`a person at a terminal ${missing ?? ''}`, () => {
  const labs = new Labs();
  let lab: Lab;
  beforeAll(async () => {
    lab = await labs.start();
  });
  afterAll(() => labs.clean());

  const addAs = (user: string, ...more: readonly string[]) => [
    'profile',
    'add',
    'fra',
    '--ssh',
    `${user}@${lab.ssh.host}:${lab.ssh.port}`,
    '--prefix',
    lab.ssh.prefix,
    ...more,
  ];

  it('accepts a host key, types a password and a second factor; nothing hidden is shown', async () => {
    const { user, code: factor } = lab.ssh.secondFactor;
    const { code, shown } = await typing(addAs(user, '--auth', 'password,keyboard-interactive'), [
      ['Accept this key? (yes/no)', 'yes\r'],
      ['Password', `${lab.ssh.password}\r`],
      ['Verification code', `${factor}\r`],
    ]);
    expect(shown).toContain('fra is kept.');
    expect(code).toBe(0);
    expect(shown).toContain(lab.ssh.fingerprint);
    expect(shown).not.toContain(lab.ssh.password);
    expect(await runJson(['profile', 'list'], { data })).toMatchObject([{ name: 'fra' }]);
  });

  it('a key that is not accepted with yes in full ends it, and nothing is kept', async () => {
    const { code, shown } = await typing(addAs(lab.ssh.user, '--identity', lab.ssh.keyPath), [
      ['Accept this key? (yes/no)', 'y\r'],
    ]);
    expect(code).toBe(1);
    expect(shown).toContain('Nothing is kept');
    expect(await runJson(['profile', 'list'], { data })).toEqual([]);
  });

  it('Ctrl-C at a question ends the command, and nothing is kept', async () => {
    const { code } = await typing(addAs(lab.ssh.user, '--identity', lab.ssh.keyPath), [
      ['Accept this key? (yes/no)', '\u0003'],
    ]);
    expect(code).not.toBe(0);
    expect(await runJson(['profile', 'list'], { data })).toEqual([]);
  });

  it('a password is asked for three times, not more', async () => {
    const { code, shown } = await typing(addAs(lab.ssh.user, '--auth', 'password'), [
      ['Accept this key? (yes/no)', 'yes\r'],
      ['Password of the SSH account:', 'wrong-1\r'],
      ['It was not accepted. Password of the SSH account:', 'wrong-2\r'],
      ['It was not accepted. Password of the SSH account:', 'wrong-3\r'],
    ]);
    expect(code).toBe(1);
    expect(shown).not.toMatch(/wrong-\d/);
    expect(await runJson(['profile', 'list'], { data })).toEqual([]);
  });
});
