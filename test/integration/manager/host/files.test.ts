import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { array, assert, asyncProperty, constantFrom, string } from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { LocalHost } from '../../../../src-main/manager/host/local-host.ts';
import type { ManagerHost } from '../../../../src-main/manager/host/manager-host.ts';
import { NO_ROOT_ACCESS } from '../../../../src-main/manager/host/root-access.ts';
import {
  anOrdinaryUser,
  ordinaryUserMissing,
  withoutRootRights,
} from '../../../builders/an-ordinary-user.ts';
import { anSshHost, WITHOUT_STARTUP_FILES } from '../../../builders/an-ssh-host.ts';
import { anSshd, sshdMissing } from '../../../builders/an-sshd.ts';

async function overSsh(isSftpOnly: boolean, user = userInfo().username) {
  const sshd = await anSshd({ isSftpOnly, lines: ['MaxSessions 10', WITHOUT_STARTUP_FILES] });
  const { host, close } = await anSshHost(sshd, { access: { user } });
  return { host, close: () => close().then(() => sshd.stop()) };
}

const machines = [
  {
    name: 'over SSH with a shell',
    missing: sshdMissing,
    make: (user?: string) => overSsh(false, user),
    hasShell: true,
  },
  {
    name: 'over SFTP alone',
    missing: sshdMissing,
    make: (user?: string) => overSsh(true, user),
    hasShell: false,
  },
  {
    name: 'on this machine',
    missing: process.platform === 'win32' ? 'a manager runs on Linux' : null,
    make: async () => ({ host: new LocalHost('here', NO_ROOT_ACCESS), close: async () => undefined }),
    hasShell: true,
  },
];

describe.each(machines)('files $name', ({ missing, make, hasShell }) => {
  describe.skipIf(missing !== null)(`really there (${missing ?? 'nothing is simulated'})`, () => {
    let host: ManagerHost;
    let close: () => Promise<void>;
    let folder: string;
    const at = (name: string) => join(folder, name);
    beforeAll(async () => ({ host, close } = await make()));
    afterAll(() => close?.());
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'verdict-desk-files-'));
      return () => rmSync(folder, { recursive: true, force: true });
    });

    test('the account has a shell or has none', async () => {
      expect(await host.hasShell()).toBe(hasShell);
      const outcome = await host.run({ argv: ['true'] }).catch((error: unknown) => error);
      expect(outcome).toMatchObject(hasShell ? { exitCode: 0 } : { code: 'manager.no-shell' });
    });

    test('are told apart by device and inode where a shell is allowed', async () => {
      writeFileSync(at('alerts.json'), 'twelve bytes');
      const real = statSync(at('alerts.json'), { bigint: true });
      const facts = await host.stat(at('alerts.json'));
      expect(facts).toMatchObject({ isFile: true, isFolder: false, sizeBytes: 12 });
      expect(facts?.device).toBe(hasShell ? String(real.dev) : null);
      expect(facts?.inode).toBe(hasShell ? String(real.ino) : null);
      expect(Math.abs((facts?.modifiedMs ?? 0) - Number(real.mtimeMs))).toBeLessThan(1_000);
    });

    test('are found behind links, and folders are folders', async () => {
      writeFileSync(at('target'), 'x');
      symlinkSync('target', at('link'));
      symlinkSync('nowhere', at('dangling'));
      expect(await host.stat(at('link'))).toMatchObject({ isFile: true, sizeBytes: 1 });
      expect(await host.stat(folder)).toMatchObject({ isFile: false, isFolder: true });
      expect(await host.stat(at('dangling'))).toBeNull();
      expect(await host.stat(at('none'))).toBeNull();
    });

    test('are asked about by many at once', async () => {
      for (let size = 0; size < 100; size += 1) writeFileSync(at(`f${size}`), 'x'.repeat(size));
      const facts = await Promise.all(Array.from({ length: 100 }, (_, size) => host.stat(at(`f${size}`))));
      expect(facts.map((one) => one?.sizeBytes)).toEqual(Array.from({ length: 100 }, (_, size) => size));
    });

    test('keep their hostile names when listed, looked at and read', async () => {
      const part = string({
        unit: constantFrom(
          '\n',
          '\r',
          '\t',
          ' ',
          "'",
          '"',
          '\\',
          '!',
          '$',
          '`',
          '*',
          '-',
          'ü',
          '漢',
          '🛡',
          '\u0001',
          'a',
        ),
        minLength: 1,
        maxLength: 20,
      });
      await assert(
        asyncProperty(array(part, { minLength: 1, maxLength: 5 }), async (names) => {
          const below = mkdtempSync(at('names-'));
          for (const name of names) writeFileSync(join(below, name), name);
          const entries = await host.list(below);
          expect(entries.map((entry) => entry.name).toSorted()).toEqual([...new Set(names)].toSorted());
          for (const name of names) {
            const sizeBytes = Buffer.byteLength(name);
            expect(await host.stat(join(below, name))).toMatchObject({ isFile: true, sizeBytes });
            const { bytes } = await host.readFile(join(below, name), { maxBytes: 1_000 });
            expect(Buffer.from(bytes).toString()).toBe(name);
          }
        }),
        { numRuns: 25 },
      );
    });

    test('whose name is no UTF-8 do not keep others from being listed', async () => {
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/bad-`), Buffer.from([0xff, 0xfe])]), '');
      writeFileSync(at('good'), '');
      expect((await host.list(folder)).map(({ name }) => name).toSorted()).toEqual([
        'bad-\uFFFD\uFFFD',
        'good',
      ]);
    });

    test('come with facts of the entries themselves in a long listing', async () => {
      for (let number = 0; number < 1_500; number += 1) writeFileSync(at(`ossec-alerts-${number}`), '1');
      symlinkSync(folder, at('link'));
      mkdirSync(at('folder'));
      const entries = await host.list(folder);
      expect(entries).toHaveLength(1_502);
      const factsOf = (wanted: string) => entries.find(({ name }) => name === wanted)?.facts;
      expect(factsOf('ossec-alerts-7')).toMatchObject({ isFile: true, sizeBytes: 1 });
      expect(factsOf('link')).toMatchObject({ isFile: false, isFolder: false });
      expect(factsOf('folder')).toMatchObject({ isFolder: true });
    });

    test('that are not there or are something else are told with the codes of Node', async () => {
      writeFileSync(at('file'), '');
      await expect(host.list(at('none'))).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(host.list(at('file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
      await expect(host.open(at('none'))).rejects.toMatchObject({ code: 'ENOENT' });
      await expect(host.readFile(at('none'), { maxBytes: 1 })).rejects.toMatchObject({ code: 'ENOENT' });
      // SFTP 3 has one answer for both.
      const outcome = await host.stat(at('file/x')).catch((error: Error & { code: string }) => error.code);
      expect(outcome).toBe(hasShell ? 'ENOTDIR' : null);
    });

    test('that may not be read are told so', async ({ skip }) => {
      skip(ordinaryUserMissing !== null, ordinaryUserMissing ?? '');
      const theirs = await make(anOrdinaryUser());
      onTestFinished(theirs.close);
      chmodSync(folder, 0o755);
      writeFileSync(at('secret'), '');
      chmodSync(at('secret'), 0);
      const opening = withoutRootRights(() => theirs.host.open(at('secret')));
      await expect(opening).rejects.toMatchObject({ code: 'EACCES' });
    });

    test.each(['relative/path', '', '/with\0nul'])('are refused by the path %j', async (path) => {
      await expect(host.stat(path)).rejects.toMatchObject({ code: 'manager.bad-argument' });
      await expect(host.open(path)).rejects.toMatchObject({ code: 'manager.bad-argument' });
      await expect(host.list(path)).rejects.toMatchObject({ code: 'manager.bad-argument' });
    });

    test('are read at any place, by many readers at once, and after their name is gone', async () => {
      const content = Buffer.allocUnsafe(5_000_000);
      for (let index = 0; index < content.length; index += 4) content.writeUInt32LE(index, index);
      writeFileSync(at('alerts.json'), content);
      const file = await host.open(at('alerts.json'));
      renameSync(at('alerts.json'), at('moved'));
      rmSync(at('moved'));
      const read = async (length: number, position: number) => {
        const into = new Uint8Array(length);
        const count = await file.read(into, position);
        return Buffer.from(into.subarray(0, count));
      };
      const pieces = await Promise.all([
        read(4_194_304, 0),
        read(1_000_000, 4_194_304),
        read(1, 4_999_999),
        read(10, 5_000_000),
        read(300_001, 123_457),
        read(0, 5),
      ]);
      expect(pieces.map(({ length }) => length)).toEqual([4_194_304, 805_696, 1, 0, 300_001, 0]);
      expect(pieces[0]?.equals(content.subarray(0, 4_194_304))).toBe(true);
      expect(pieces[1]?.equals(content.subarray(4_194_304))).toBe(true);
      expect(pieces[4]?.equals(content.subarray(123_457, 423_458))).toBe(true);
      expect(await file.stat()).toMatchObject({ isFile: true, sizeBytes: 5_000_000 });
      file.close();
      file.close();
    });

    test('show through an open handle that they grew or were cut', async () => {
      writeFileSync(at('log'), 'one\n');
      const file = await host.open(at('log'));
      appendFileSync(at('log'), 'two\n');
      const into = new Uint8Array(100);
      expect(Buffer.from(into.subarray(0, await file.read(into, 4))).toString()).toBe('two\n');
      truncateSync(at('log'), 0);
      expect(await file.read(into, 4)).toBe(0);
      expect(await file.stat()).toMatchObject({ sizeBytes: 0 });
      file.close();
    });

    test('are read whole with what they are known by, up to a limit', async () => {
      writeFileSync(at('ossec.conf'), 'abc');
      const { bytes, version } = await host.readFile(at('ossec.conf'), { maxBytes: 3 });
      expect(Buffer.from(bytes).toString()).toBe('abc');
      expect(version).toEqual({
        sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        sizeBytes: 3,
      });
      const tooLarge = host.readFile(at('ossec.conf'), { maxBytes: 2 });
      await expect(tooLarge).rejects.toMatchObject({ code: 'manager.file-too-large' });
    });

    test('that claim to be empty are read all the same', async () => {
      const { bytes } = await host.readFile('/proc/self/status', { maxBytes: 100_000 });
      expect(Buffer.from(bytes).toString()).toContain('VmRSS');
    });

    test('of 100 MB are read at the speed that is printed', async () => {
      execFileSync('dd', ['if=/dev/zero', `of=${at('big')}`, 'bs=1M', 'count=100', 'status=none']);
      const file = await host.open(at('big'));
      const into = new Uint8Array(4_194_304);
      const startedMs = performance.now();
      let position = 0;
      for (let count = -1; count !== 0; position += count) count = await file.read(into, position);
      const megabytes = Math.round(position / 1e3 / (performance.now() - startedMs));
      console.log(`${megabytes} MB/s read in pieces of 4 MiB`);
      file.close();
      expect(position).toBe(104_857_600);
    });
  });
});
