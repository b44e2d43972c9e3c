import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { RootAccess } from '../../../../src-main/manager/host/root-access.ts';
import type { SshHost } from '../../../../src-main/manager/host/ssh-host.ts';
import { anSshHost, WITHOUT_STARTUP_FILES } from '../../../builders/an-ssh-host.ts';
import { anSshd, sshdMissing, type Sshd } from '../../../builders/an-sshd.ts';
import {
  accountsImpossible,
  aThrowAwayAccount,
  type ThrowAwayAccount,
} from '../../../builders/a-throw-away-account.ts';
import { countProcesses, environments, uniqueSleep } from '../../../builders/running-programs.ts';
import { until } from '../../../builders/until.ts';

const SUDOERS = '/etc/sudoers.d';
const sudoMissing =
  userInfo().uid === 0 && existsSync('/usr/bin/sudo') && existsSync(SUDOERS)
    ? null
    : 'only root may write lines for sudo, where it is installed';
const missing = sshdMissing ?? accountsImpossible ?? sudoMissing;
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe.skipIf(missing !== null)(`as root by sudo (${missing ?? 'real sudo'})`, () => {
  let sshd: Sshd;
  let account: ThrowAwayAccount;
  let rules: string;
  beforeAll(async () => {
    account = aThrowAwayAccount();
    rules = join(SUDOERS, account.user);
    sshd = await anSshd({ lines: ['MaxSessions 10', WITHOUT_STARTUP_FILES] });
  });
  afterAll(async () => {
    await sshd?.stop();
    rmSync(rules, { force: true });
    account?.remove();
  });
  beforeEach(() => rmSync(rules, { force: true }));

  const allow = (...lines: readonly string[]) =>
    writeFileSync(rules, `${lines.join('\n').replaceAll('USER', account.user)}\n`, { mode: 0o440 });

  async function signIn(
    elevation: RootAccess['elevation'],
    password: string | null = null,
  ): Promise<SshHost> {
    const root: RootAccess = { elevation, sudoPassword: async () => password };
    const { host, close } = await anSshHost(sshd, { access: { user: account.user }, root });
    onTestFinished(close);
    return host;
  }
  const withInput = { argv: ['sh', '-c', 'id -u; cat'], input: 'line 1\nline 2\n', asRoot: true };

  test('a program runs as root where no password is asked for, and reads its input', async () => {
    allow('USER ALL=(root) NOPASSWD: ALL');
    const { stdout, exitCode } = await (await signIn('sudo')).run(withInput);
    expect(text(stdout)).toBe('0\nline 1\nline 2\n');
    expect(exitCode).toBe(0);
  });

  test('a line in sudoers may allow exactly what is run', async () => {
    allow('USER ALL=(root) NOPASSWD: /usr/bin/cat /etc/shadow');
    const host = await signIn('sudo');
    const { bytes } = await host.readFile('/etc/shadow', { maxBytes: 1_000_000, asRoot: true });
    expect(text(bytes)).toContain('root:');
    const other = host.run({ argv: ['cat', '/etc/sudoers'], asRoot: true });
    await expect(other).rejects.toMatchObject({ code: 'manager.sudo-refused' });
  });

  test('a password is given on the input and never reaches the program', async () => {
    allow('USER ALL=(root) ALL');
    const { stdout, stderr } = await (await signIn('sudo-password', account.password)).run(withInput);
    expect(text(stdout)).toBe('0\nline 1\nline 2\n');
    expect(text(stderr)).toBe('');
  });

  test('a password that turns out not to be needed does not reach the program either', async () => {
    allow('USER ALL=(root) NOPASSWD: ALL');
    const { stdout } = await (await signIn('sudo-password', account.password)).run(withInput);
    expect(text(stdout)).toBe('0\nline 1\nline 2\n');
  });

  test('a sudo that remembers no password is given it once more', async () => {
    allow('Defaults:USER timestamp_timeout=0', 'USER ALL=(root) ALL');
    const host = await signIn('sudo-password', account.password);
    for (let time = 0; time < 2; time += 1) {
      expect(text((await host.run(withInput)).stdout)).toBe('0\nline 1\nline 2\n');
    }
  });

  test('a program that needs no password where others do, with a sudo that remembers none, reads only its input', async () => {
    allow(
      'Defaults:USER timestamp_timeout=0',
      'USER ALL=(root) ALL',
      'USER ALL=(root) NOPASSWD: /usr/bin/cat',
    );
    const host = await signIn('sudo-password', account.password);
    const { stdout } = await host.run({ argv: ['cat'], input: 'line 1\n', asRoot: true });
    expect(text(stdout)).toBe('line 1\n');
  });

  test('the password stands in no argument and no environment of any process', async () => {
    allow('USER ALL=(root) ALL');
    const host = await signIn('sudo-password', account.password);
    const seconds = uniqueSleep();
    const giveUp = new AbortController();
    const running = host.run({ argv: ['sleep', seconds], asRoot: true, signal: giveUp.signal });
    running.catch(() => undefined);
    await until(() => expect(countProcesses(seconds)).toBeGreaterThan(1));
    expect(countProcesses(account.password)).toBe(0);
    expect(environments().some((text) => text.includes(account.password))).toBe(false);
    giveUp.abort();
    await expect(running).rejects.toMatchObject({ code: 'manager.cancelled' });
  });

  test('a wrong password is tried once, and the input is never taken for another', async () => {
    allow('Defaults:USER passwd_tries=3', 'USER ALL=(root) ALL');
    const host = await signIn('sudo-password', 'wrong');
    // The second line would be right: it must not be tried.
    const running = host.run({ ...withInput, input: `${account.password}\n${account.password}\n` });
    await expect(running).rejects.toMatchObject({
      code: 'manager.sudo-refused',
      message: 'sudo on mgr-test does not accept the password.',
    });
  });

  test('a password that was refused is not tried again by what comes after: accounts lock', async () => {
    allow('USER ALL=(root) ALL');
    let password = 'wrong';
    const root: RootAccess = { elevation: 'sudo-password', sudoPassword: async () => password };
    const { host, close } = await anSshHost(sshd, { access: { user: account.user }, root });
    onTestFinished(close);
    const refused = { code: 'manager.sudo-refused', message: expect.stringContaining('does not accept') };
    await expect(host.run(withInput)).rejects.toMatchObject(refused);
    // sudo would let it in now, were it asked.
    allow('USER ALL=(root) NOPASSWD: ALL');
    await expect(host.run(withInput)).rejects.toMatchObject(refused);
    password = account.password;
    expect(text((await host.run(withInput)).stdout)).toContain('0\n');
  });

  test.each([
    ['a password is needed', 'sudo', 'USER ALL=(root) ALL', 'asks for a password'],
    ['the account is in no line', 'sudo', '', 'asks for a password'],
    ['the account is in no line', 'sudo-password', '', 'does not allow this account to run the program'],
    [
      'the program is in no line',
      'sudo-password',
      'USER ALL=(root) /usr/bin/true',
      'does not allow this account to run the program',
    ],
    [
      'a terminal is demanded',
      'sudo',
      'Defaults:USER requiretty\nUSER ALL=(root) NOPASSWD: ALL',
      'insists on a terminal (requiretty)',
    ],
  ] as const)('a refusal says that %s (%s)', async (_why, elevation, lines, words) => {
    allow(lines);
    const host = await signIn(elevation, account.password);
    await expect(host.run(withInput)).rejects.toMatchObject({
      code: 'manager.sudo-refused',
      message: `sudo on mgr-test ${words}.`,
    });
  });

  test('nothing is tried without a password that is kept, or with one that has two lines', async () => {
    allow('USER ALL=(root) ALL');
    await expect((await signIn('sudo-password', null)).run(withInput)).rejects.toMatchObject({
      code: 'manager.sudo-refused',
      message: 'sudo on mgr-test needs a password that is not kept.',
    });
    const twoLines = (await signIn('sudo-password', 'two\nlines')).run(withInput);
    await expect(twoLines).rejects.toMatchObject({ code: 'manager.bad-argument' });
  });

  test('a connection without sudo says that it has none', async () => {
    allow('USER ALL=(root) NOPASSWD: ALL');
    const running = (await signIn('none')).run(withInput);
    await expect(running).rejects.toMatchObject({ code: 'manager.no-elevation' });
  });

  test('a program that fails by itself is no refusal', async () => {
    allow('USER ALL=(root) NOPASSWD: ALL');
    const argv = ['sh', '-c', 'echo "sudo: it failed" >&2; exit 1'];
    expect(await (await signIn('sudo')).run({ argv, asRoot: true })).toMatchObject({ exitCode: 1 });
  });

  describe.each([
    ['sudo', 'USER ALL=(root) NOPASSWD: ALL'],
    ['sudo-password', 'USER ALL=(root) ALL'],
  ] as const)('with %s', (elevation, line) => {
    test('a program that takes too long is ended, though it belongs to root', async () => {
      allow(line);
      const host = await signIn(elevation, account.password);
      const seconds = uniqueSleep();
      const result = await host.run({ argv: ['sleep', seconds], asRoot: true, timeoutMs: 1_000 });
      expect(result.timedOut).toBe(true);
      await until(() => expect(countProcesses(seconds)).toBe(0));
    });
  });
});
