import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Lab } from '../../../src-main/lab/lab.ts';
import { Labs } from '../../builders/a-lab.ts';
import { runJson } from './run-cli.ts';
import { terminalMissing as missing, typeInto, type Answers } from './type-into.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'verdict-desk-terminal-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const typing = (args: readonly string[], answers: Answers) => typeInto(args, answers, { data });

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
