import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { LocalHost } from '../../../../src-main/manager/host/local-host.ts';
import type { FileVersion, ManagerHost } from '../../../../src-main/manager/host/manager-host.ts';
import { NO_ROOT_ACCESS } from '../../../../src-main/manager/host/root-access.ts';
import { REPLACE_SCRIPT } from '../../../../src-shared/formats/remote-scripts.ts';
import { aStallingProxy } from '../../../builders/a-stalling-proxy.ts';
import { accountsImpossible, aThrowAwayAccount } from '../../../builders/a-throw-away-account.ts';
import { anSshHost, WITHOUT_STARTUP_FILES } from '../../../builders/an-ssh-host.ts';
import { anSshd, sshdMissing } from '../../../builders/an-sshd.ts';

async function overSsh(isSftpOnly: boolean) {
  const sshd = await anSshd({ isSftpOnly, lines: [WITHOUT_STARTUP_FILES] });
  const { host, close } = await anSshHost(sshd);
  return { host, close: () => close().then(() => sshd.stop()) };
}

const machines = [
  { name: 'over SSH with a shell', missing: sshdMissing, make: () => overSsh(false), isSftpOnly: false },
  { name: 'over SFTP alone', missing: sshdMissing, make: () => overSsh(true), isSftpOnly: true },
  {
    name: 'on this machine',
    missing: process.platform === 'win32' ? 'a manager runs on Linux' : null,
    make: async () => ({ host: new LocalHost('here', NO_ROOT_ACCESS), close: async () => undefined }),
    isSftpOnly: false,
  },
];
const isRoot = userInfo().uid === 0;
const hasAcls = spawnSync('setfacl', ['--version']).status === 0;
const NEW = Buffer.from('<ossec_config>\n  new\n</ossec_config>\n');

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-replace-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe.each(machines)('replacing a file $name', ({ missing, make, isSftpOnly }) => {
  describe.skipIf(missing !== null)(`that is really there (${missing ?? 'nothing is simulated'})`, () => {
    let host: ManagerHost;
    let close: () => Promise<void>;
    let folder: string;
    let path: string;
    let old: FileVersion;
    beforeAll(async () => ({ host, close } = await make()));
    afterAll(() => close?.());
    beforeEach(async () => {
      folder = aFolder();
      path = join(folder, "ossec it's $HOME.conf");
      writeFileSync(path, 'old content, which is longer than the new one '.repeat(10), { mode: 0o640 });
      old = (await host.readFile(path, { maxBytes: 10_000 })).version;
    });
    const isUntouched = () => {
      expect(readFileSync(path, 'utf8')).toMatch(/^old content/);
      expect(readdirSync(folder)).toHaveLength(1);
    };

    test('puts a new file in its place, with its mode, and leaves nothing else', async () => {
      chmodSync(path, 0o4751);
      const before = statSync(path);
      const version = await host.replaceFile(path, NEW, { expected: old });
      expect(readFileSync(path)).toEqual(NEW);
      const after = statSync(path);
      expect(after.mode).toBe(before.mode);
      expect(after.ino).not.toBe(before.ino);
      expect(after.mtimeMs).toBeGreaterThanOrEqual(Math.floor(before.mtimeMs / 1_000) * 1_000);
      expect(Math.abs(after.mtimeMs - Date.now())).toBeLessThan(10_000);
      expect(readdirSync(folder)).toHaveLength(1);
      expect(await host.readFile(path, { maxBytes: 10_000 })).toMatchObject({
        version: { sha256: version.sha256, sizeBytes: NEW.length },
      });
      expect(version.notKept).toEqual(isSftpOnly ? ['attributes', 'context'] : []);
    });

    test('keeps owner and group', async ({ skip }) => {
      skip(!isRoot, 'only root may give files away');
      chownSync(path, 65_534, 2);
      await host.replaceFile(path, NEW, { expected: old });
      expect(statSync(path)).toMatchObject({ uid: 65_534, gid: 2 });
      expect(statSync(path).mode & 0o7777).toBe(0o640);
    });

    test('keeps ACLs, or says that it does not (SFTP alone)', async ({ skip }) => {
      skip(!hasAcls, 'setfacl is not installed (acl)');
      execFileSync('setfacl', ['-m', 'u:nobody:r', path]);
      const before = execFileSync('getfacl', ['-p', path]);
      const { notKept } = await host.replaceFile(path, NEW, { expected: old });
      const areKept = execFileSync('getfacl', ['-p', path]).equals(before);
      expect([areKept, (notKept ?? []).includes('attributes')]).toEqual([!isSftpOnly, isSftpOnly]);
    });

    test('keeps a link and replaces what it leads to', async () => {
      mkdirSync(join(folder, 'real'));
      const link = join(folder, 'link.conf');
      const target = join(folder, 'real', 'target.conf');
      writeFileSync(target, 'old');
      symlinkSync('real/target.conf', link);
      const { version } = await host.readFile(link, { maxBytes: 10 });
      await host.replaceFile(link, NEW, { expected: version });
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
      expect(readlinkSync(link)).toBe('real/target.conf');
      expect(readFileSync(target)).toEqual(NEW);
      expect(readdirSync(join(folder, 'real'))).toEqual(['target.conf']);
    });

    test('refuses when somebody else changed it, even to the same size', async () => {
      const expected = { sha256: old.sha256.replaceAll(/./g, '0'), sizeBytes: old.sizeBytes };
      const replacing = host.replaceFile(path, NEW, { expected });
      await expect(replacing).rejects.toMatchObject({ code: 'manager.file-changed' });
      isUntouched();
    });

    test('refuses when it is gone', async () => {
      const gone = join(folder, 'gone');
      await expect(host.replaceFile(gone, NEW, { expected: old })).rejects.toMatchObject({
        code: 'manager.file-changed',
      });
      isUntouched();
    });

    test('makes a new file only where none is', async () => {
      const fresh = join(folder, 'fresh.xml');
      await host.replaceFile(fresh, NEW, { expected: null, newFileMode: '660' });
      expect(readFileSync(fresh)).toEqual(NEW);
      expect(statSync(fresh).mode & 0o7777).toBe(0o660);
      expect(readdirSync(folder)).toHaveLength(2);
      rmSync(fresh);
      const replacing = host.replaceFile(path, NEW, { expected: null });
      await expect(replacing).rejects.toMatchObject({ code: 'manager.file-changed' });
      isUntouched();
    });

    test('refuses a folder, and a path that names one', async () => {
      await expect(host.replaceFile(folder, NEW, { expected: old })).rejects.toMatchObject({
        code: 'manager.cannot-replace',
      });
      isUntouched();
    });

    test('tells that the folder is not there', async () => {
      const nowhere = join(folder, 'none', 'file');
      await expect(host.replaceFile(nowhere, NEW, { expected: null })).rejects.toMatchObject({
        code: 'ENOENT',
      });
    });

    test('writes 5 MB and an empty file as they are', async () => {
      const large = Buffer.alloc(5_000_000, 'a line of some length\n');
      const version = await host.replaceFile(path, large, { expected: old });
      expect(readFileSync(path).equals(large)).toBe(true);
      await host.replaceFile(path, new Uint8Array(0), { expected: version });
      expect(statSync(path).size).toBe(0);
    });

    test('does nothing when it was given up before', async () => {
      const replacing = host.replaceFile(path, NEW, { expected: old, signal: AbortSignal.abort() });
      await expect(replacing).rejects.toMatchObject({ code: 'manager.cancelled' });
      isUntouched();
    });

    test('lets one of two writers win', async () => {
      const outcomes = await Promise.allSettled(
        ['one', 'two'].map((words) => host.replaceFile(path, Buffer.from(words), { expected: old })),
      );
      expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
      expect(['one', 'two']).toContain(readFileSync(path, 'utf8'));
      expect(readdirSync(folder)).toHaveLength(1);
    });
  });
});

const accountMissing = sshdMissing ?? accountsImpossible;
describe.each([
  { way: 'with a shell', isSftpOnly: false },
  { way: 'by SFTP alone', isSftpOnly: true },
])('replacing a file as a member of its group $way', ({ isSftpOnly }) => {
  test('is refused unless its owner may change; group and mode are kept', async ({ skip }) => {
    skip(accountMissing !== null, accountMissing ?? '');
    const account = aThrowAwayAccount();
    const sshd = await anSshd({ isSftpOnly, lines: [WITHOUT_STARTUP_FILES] });
    const { host, close } = await anSshHost(sshd, { access: { user: account.user } });
    const folder = aFolder();
    try {
      const path = join(folder, 'ossec.conf');
      writeFileSync(path, 'old');
      const gid = Number(execFileSync('id', ['-g', account.user], { encoding: 'utf8' }));
      for (const one of [folder, path]) chownSync(one, 0, gid);
      chmodSync(folder, 0o770);
      chmodSync(path, 0o660);
      const { version } = await host.readFile(path, { maxBytes: 10 });
      const refused = host.replaceFile(path, NEW, { expected: version });
      await expect(refused).rejects.toMatchObject({ code: 'manager.owner-not-kept' });
      expect(readFileSync(path, 'utf8')).toBe('old');
      expect(readdirSync(folder)).toEqual(['ossec.conf']);

      const replaced = await host.replaceFile(path, NEW, { expected: version, acceptsOwnerChange: true });
      expect(replaced.notKept).toContain('owner');
      expect(readFileSync(path)).toEqual(NEW);
      expect(statSync(path).gid).toBe(gid);
      expect(statSync(path).mode & 0o7777).toBe(0o660);

      chownSync(path, 0, 2);
      const again = host.replaceFile(path, NEW, { expected: replaced, acceptsOwnerChange: true });
      await expect(again).rejects.toMatchObject({ code: expect.stringMatching(/owner-not-kept|EACCES/) });
      expect(readdirSync(folder)).toEqual(['ossec.conf']);
    } finally {
      await close();
      await sshd.stop();
      account.remove();
    }
  });
});

describe('replacing a file while the connection breaks', () => {
  test('leaves the old one and nothing beside it', async ({ skip }) => {
    skip(sshdMissing !== null, sshdMissing ?? '');
    const sshd = await anSshd({ lines: [WITHOUT_STARTUP_FILES] });
    const proxy = await aStallingProxy(sshd.port);
    const { host, close } = await anSshHost(sshd, { access: { port: proxy.port } });
    const folder = aFolder();
    try {
      const path = join(folder, 'ossec.conf');
      writeFileSync(path, 'old');
      const { version } = await host.readFile(path, { maxBytes: 10 });
      proxy.throttle(200_000);
      const replacing = host.replaceFile(path, Buffer.alloc(2_000_000), { expected: version });
      replacing.catch(() => undefined);
      await vi.waitFor(() => expect(readdirSync(folder)).toHaveLength(2), { timeout: 10_000 });
      proxy.cut();
      await expect(replacing).rejects.toMatchObject({ code: 'manager.offline' });
      await vi.waitFor(() => expect(readdirSync(folder)).toEqual(['ossec.conf']), { timeout: 10_000 });
      expect(readFileSync(path, 'utf8')).toBe('old');
    } finally {
      await close();
      await proxy.close();
      await sshd.stop();
    }
  });
});

test('who puts a link in the place of the new file gets no rights of it for another one', ({ skip }) => {
  skip(process.platform !== 'linux', 'a manager runs on Linux');
  const folder = aFolder();
  const [path, victim, tools] = [join(folder, 'ossec.conf'), join(folder, 'victim'), join(folder, 'bin')];
  writeFileSync(path, 'old', { mode: 0o660 });
  chmodSync(path, 0o660);
  writeFileSync(victim, 'secret', { mode: 0o600 });
  mkdirSync(tools);
  // At the worst moment: once the content was checked, before owner and mode are given.
  const swapping = `#!/bin/sh\n/usr/bin/sha256sum "$@"\nln -sf ${victim} ${folder}/.beside\n`;
  writeFileSync(join(tools, 'sha256sum'), swapping, { mode: 0o755 });

  const words = [path, sha256('old'), sha256('new'), '.beside', '640', '', 'strict'];
  spawnSync('sh', ['-c', REPLACE_SCRIPT, 'sh', ...words], {
    input: 'new',
    env: { PATH: `${tools}:/usr/bin:/bin` },
  });

  expect(statSync(victim).mode & 0o777).toBe(0o600);
  expect(readFileSync(victim, 'utf8')).toBe('secret');
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
