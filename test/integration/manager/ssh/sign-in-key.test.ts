import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { SshPorts } from '../../../../src-main/manager/ssh/ssh-ports.ts';
import { DomainError } from '../../../../src-shared/errors/domain-error.ts';
import { aPromptingServer } from '../../../builders/a-prompting-server.ts';
import { anSshd, makeKey, sshdMissing, type Sshd } from '../../../builders/an-sshd.ts';
import { forbid } from '../../../builders/forbidden-file.ts';
import { accessTo, pinsOf, signIn, trustIn } from '../../../builders/ssh-ports.ts';

async function codeOf(signingIn: Promise<unknown>): Promise<string | null> {
  const failure = await signingIn;
  return failure instanceof DomainError ? failure.code : null;
}

describe.skipIf(sshdMissing !== null)(`signing in with a key (${sshdMissing ?? 'real sshd'})`, () => {
  let sshd: Sshd;
  let folder: string;
  beforeAll(async () => {
    sshd = await anSshd();
    folder = mkdtempSync(join(tmpdir(), 'verdict-desk-keys-'));
  });
  afterAll(async () => {
    await sshd.stop();
    rmSync(folder, { recursive: true });
  });
  const withKey = (keyPath: string, passphrase: string | null = null, more: Partial<SshPorts> = {}) =>
    signIn(accessTo(sshd, { keyPath }), {
      trust: trustIn(pinsOf(sshd)),
      secretFor: async (_hop, kind) => (kind === 'passphrase' ? passphrase : null),
      ...more,
    });

  test('a plain key file works; `~` stands for the home folder', async () => {
    expect(await withKey(sshd.clientKey.path)).toBeNull();
    expect(await withKey('~/client', null, { home: join(sshd.clientKey.path, '..') })).toBeNull();
  });

  test('an encrypted key works with its passphrase, asks for a missing one, and refuses a wrong one', async () => {
    const { path, passphrase } = sshd.encryptedKey;
    expect(await withKey(path, passphrase)).toBeNull();
    expect(await withKey(path)).toMatchObject({
      code: 'manager.key-passphrase-missing',
      field: 'passphrase',
      need: { kind: 'secret', secret: 'passphrase', wasRefused: false },
    });
    expect(await withKey(path, 'not this one')).toMatchObject({
      code: 'manager.key-passphrase-wrong',
      need: { kind: 'secret', secret: 'passphrase', wasRefused: true },
    });
  });

  test.each([
    ['rsa', 'PEM', 'a passphrase'],
    ['ecdsa', 'PEM', ''],
    ['rsa', 'PKCS8', ''],
    ['ecdsa', 'PKCS8', 'a passphrase'],
  ] as const)('an %s key in the %s form works (passphrase: “%s”)', async (type, form, passphrase) => {
    const path = join(folder, `${type}-${form}`);
    sshd.authorize(makeKey(path, type));
    const change = ['-q', '-p', '-m', form, '-P', '', '-N', passphrase, '-f', path];
    execFileSync('ssh-keygen', change, { stdio: 'ignore' });
    expect(await withKey(path, passphrase)).toBeNull();
    const needed = passphrase === '' ? null : 'manager.key-passphrase-missing';
    expect(await codeOf(withKey(path))).toBe(needed);
  });

  test('a key the server does not know is refused', async () => {
    makeKey(join(folder, 'stranger'), 'ed25519');
    expect(await withKey(join(folder, 'stranger'))).toMatchObject({
      code: 'manager.key-refused',
      field: 'key',
      healing: 'change',
    });
  });

  test.each([
    ['a missing one', 'nowhere', null, 'manager.key-missing'],
    ['a folder', '.', null, 'manager.key-format'],
    ['one of PuTTY', 'key.ppk', 'PuTTY-User-Key-File-3: ssh-ed25519\n', 'manager.key-format'],
    ['the public half', 'key.pub', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI me\n', 'manager.key-format'],
    ['something else', 'notes', 'no key\n', 'manager.key-format'],
    ['a cut one', 'cut', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNza\n', 'manager.key-format'],
    ['an empty one', 'empty', '', 'manager.key-format'],
  ])('a key file that is %s is explained', async (_what, name, content, code) => {
    if (content !== null) writeFileSync(join(folder, name), content);
    expect(await withKey(join(folder, name))).toMatchObject({ code, step: 'sign-in', field: 'key' });
  });

  test('a key file that may not be read is explained', async () => {
    const path = join(folder, 'forbidden');
    makeKey(path, 'ed25519');
    const allow = forbid(path);
    expect(await withKey(path)).toMatchObject({ code: 'manager.key-unreadable' });
    allow();
  });

  test('an account without the chosen way is told what the server offers', async () => {
    expect(
      await signIn(accessTo(sshd, { methods: ['password'] }), { trust: trustIn(pinsOf(sshd)) }),
    ).toMatchObject({ code: 'manager.no-method-left', message: expect.stringContaining('“publickey”') });
  });

  test('an account that needs nothing is let in', async () => {
    const server = await aPromptingServer([]);
    onTestFinished(() => server.close());
    const access = accessTo({ ...server, clientKey: sshd.clientKey }, { methods: ['keyboard-interactive'] });
    expect(await signIn(access, { trust: trustIn(pinsOf(server)) })).toBeNull();
  });
});
