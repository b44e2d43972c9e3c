import { once } from 'node:events';
import { userInfo } from 'node:os';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { LocalHost } from '../../../../src-main/manager/host/local-host.ts';
import type { ManagerHost } from '../../../../src-main/manager/host/manager-host.ts';
import { NO_ROOT_ACCESS } from '../../../../src-main/manager/host/root-access.ts';
import {
  anOrdinaryUser,
  isRoot,
  ordinaryUserMissing,
  withoutRootRights,
} from '../../../builders/an-ordinary-user.ts';
import { anSshHost, WITHOUT_STARTUP_FILES } from '../../../builders/an-ssh-host.ts';
import { anSshd, sshdMissing } from '../../../builders/an-sshd.ts';
import { countProcesses, uniqueSleep } from '../../../builders/running-programs.ts';
import { until } from '../../../builders/until.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();
const hostile = ['', '-n', "it's", 'a "b" $HOME `id` \\ !', 'line\nbreak', 'ü 漢 🛡', '*', '~'];

const machines = [
  {
    name: 'over SSH',
    missing: sshdMissing,
    make: async (user = userInfo().username) => {
      const sshd = await anSshd({ lines: ['MaxSessions 10', WITHOUT_STARTUP_FILES] });
      const { host, close } = await anSshHost(sshd, { access: { user } });
      return { host, close: () => close().then(() => sshd.stop()) };
    },
  },
  {
    name: 'on this machine',
    missing: process.platform === 'win32' ? 'Windows has no POSIX programs' : null,
    make: async () => ({ host: new LocalHost('here', NO_ROOT_ACCESS), close: async () => undefined }),
  },
];

describe.each(machines)('programs $name', ({ missing, make }) => {
  describe.skipIf(missing !== null)(`really run (${missing ?? 'nothing is simulated'})`, () => {
    let host: ManagerHost;
    let close: () => Promise<void>;
    beforeAll(async () => ({ host, close } = await make()));
    afterAll(() => close?.());

    test('tell what they printed on either side and how they ended', async () => {
      const result = await host.run({ argv: ['sh', '-c', 'echo out; echo err >&2; exit 3'] });
      expect(text(result.stdout)).toBe('out\n');
      expect(text(result.stderr)).toBe('err\n');
      expect(result).toMatchObject({ exitCode: 3, signal: null, isCut: false, timedOut: false });
    });

    test('get every hostile argument as it is', async () => {
      const { stdout } = await host.run({ argv: ['printf', '%s\\0', ...hostile] });
      expect(text(stdout).split('\0').slice(0, -1)).toEqual(hostile);
    });

    test('read what they are given, up to its end', async () => {
      const input = Buffer.alloc(3_000_000, 'some input that is longer than any window\n');
      const { stdout } = await host.run({ argv: ['sha256sum'], input });
      const expected = await new LocalHost('here', NO_ROOT_ACCESS).run({ argv: ['sha256sum'], input });
      expect(text(stdout)).toBe(text(expected.stdout));
    });

    test('have an empty input when none is given', async () => {
      expect(text((await host.run({ argv: ['wc', '-c'] })).stdout).trim()).toBe('0');
    });

    test('may end without reading their input', async () => {
      const { exitCode } = await host.run({ argv: ['true'], input: Buffer.alloc(5_000_000) });
      expect(exitCode).toBe(0);
    });

    test('speak English whatever the account prefers', async () => {
      const { stderr } = await host.run({ argv: ['ls', '/there/is/no/such/path'] });
      expect(text(stderr)).toContain('No such file or directory');
    });

    test('that do not exist end as in a shell', async () => {
      const { exitCode, stderr } = await host.run({ argv: ['verdict-desk-has-no-such-program'] });
      expect(exitCode).toBe(127);
      expect(text(stderr)).toContain('not found');
    });

    test.each([[['']], [['-c']], [[]], [['ls', 'a\0b']]])('are refused as %j', async (argv) => {
      await expect(host.run({ argv })).rejects.toMatchObject({ code: 'manager.bad-argument' });
    });

    test('tell the signal that ended them', async () => {
      const result = await host.run({ argv: ['sh', '-c', 'kill -USR1 $$'] });
      expect(result).toMatchObject({ exitCode: null, signal: 'USR1' });
    });

    test('may print more than is kept: it is cut and said', async () => {
      const argv = ['sh', '-c', 'head -c 5000000 /dev/zero; head -c 5000 /dev/zero >&2; exit 4'];
      const result = await host.run({ argv, maxOutputBytes: 1_000 });
      expect(result).toMatchObject({ exitCode: 4, isCut: true });
      expect([result.stdout.length, result.stderr.length]).toEqual([1_000, 1_000]);
    });

    test('with 200 MB of output are handed on piece by piece, no faster than they are taken', async () => {
      let received = 0;
      let underWay = 0;
      const sink = new PassThrough({ highWaterMark: 1_000_000 });
      sink.resume();
      const result = await host.stream({ argv: ['head', '-c', '200000000', '/dev/zero'] }, async (piece) => {
        underWay += 1;
        expect(underWay).toBe(1);
        received += piece.length;
        if (!sink.write(piece)) await once(sink, 'drain');
        underWay -= 1;
      });
      expect(received).toBe(200_000_000);
      expect(result).toMatchObject({ exitCode: 0, isCut: false });
      expect(result.stdout.length).toBe(0);
    });

    test('are ended when whoever takes their output fails', async () => {
      const seconds = uniqueSleep();
      const failing = host.stream({ argv: ['sh', '-c', `echo x; sleep ${seconds}`] }, async () => {
        throw new Error('The disk is full.');
      });
      await expect(failing).rejects.toThrow('The disk is full.');
      expect(countProcesses(seconds)).toBe(0);
    });

    test('that take too long are ended, with all that they started', async () => {
      const seconds = uniqueSleep();
      const argv = ['sh', '-c', `echo begun; sleep ${seconds} & sleep ${seconds}; echo never`];
      const result = await host.run({ argv, timeoutMs: 300 });
      expect(result).toMatchObject({ timedOut: true, exitCode: null, signal: 'TERM' });
      expect(text(result.stdout)).toBe('begun\n');
      await until(() => expect(countProcesses(seconds)).toBe(0));
    });

    test('that ignore TERM are killed', async () => {
      const seconds = uniqueSleep();
      const argv = ['sh', '-c', `trap "" TERM; sleep ${seconds}`];
      const result = await host.run({ argv, timeoutMs: 200 });
      expect(result).toMatchObject({ timedOut: true, signal: 'KILL' });
      await until(() => expect(countProcesses(seconds)).toBe(0));
    });

    test('are ended in the middle when they are given up', async () => {
      const seconds = uniqueSleep();
      const giveUp = new AbortController();
      const running = host.run({ argv: ['sleep', seconds], signal: giveUp.signal });
      running.catch(() => undefined);
      await until(() => expect(countProcesses(seconds)).toBeGreaterThan(0));
      giveUp.abort();
      await expect(running).rejects.toMatchObject({ code: 'manager.cancelled' });
      await until(() => expect(countProcesses(seconds)).toBe(0));
    });

    test('are not started when they were given up before', async () => {
      const running = host.run({ argv: ['true'], signal: AbortSignal.abort() });
      await expect(running).rejects.toMatchObject({ code: 'manager.cancelled' });
    });

    test('that leave a daemon behind are over when they are over', async () => {
      const seconds = uniqueSleep();
      const { stdout } = await host.run({ argv: ['sh', '-c', `sleep ${seconds} & echo "$!"`] });
      await host.run({ argv: ['kill', text(stdout).trim()] });
      await until(() => expect(countProcesses(seconds)).toBe(0));
    });

    test('wait for their turn where a server allows ten at a time', async () => {
      const numbers = Array.from({ length: 200 }, (_, place) => String(place));
      const results = await Promise.all(numbers.map((number) => host.run({ argv: ['echo', number] })));
      expect(results.map(({ stdout }) => text(stdout).trim())).toEqual(numbers);
      // An exit may arrive in one packet with the start.
      expect(results.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
    });

    test('run as root without sudo for an account that is root', async ({ skip }) => {
      skip(!isRoot, 'only root is root');
      const { stdout } = await host.run({ argv: ['id', '-u'], asRoot: true });
      expect(text(stdout).trim()).toBe('0');
    });

    test('do not run as root for an account that is not', async ({ skip }) => {
      skip(ordinaryUserMissing !== null, ordinaryUserMissing ?? '');
      const theirs = await make(anOrdinaryUser());
      onTestFinished(theirs.close);
      await withoutRootRights(async () => {
        const asRoot = theirs.host.run({ argv: ['id', '-u'], asRoot: true });
        await expect(asRoot).rejects.toMatchObject({ code: 'manager.no-elevation' });
      });
    });
  });
});
