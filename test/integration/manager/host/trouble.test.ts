import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { aStallingProxy } from '../../../builders/a-stalling-proxy.ts';
import { accountsImpossible, aThrowAwayAccount } from '../../../builders/a-throw-away-account.ts';
import { anSshHost, WITHOUT_STARTUP_FILES } from '../../../builders/an-ssh-host.ts';
import { anSshd, sshdMissing, type Sshd, type SshdOptions } from '../../../builders/an-sshd.ts';
import { childrenWith, countProcesses, isRunning, uniqueSleep } from '../../../builders/running-programs.ts';
import { STAT_SCRIPT } from '../../../../src-shared/formats/remote-scripts.ts';
import type { SshHost } from '../../../../src-main/manager/host/ssh-host.ts';
import type { SshPorts } from '../../../../src-main/manager/ssh/ssh-ports.ts';

const WAIT = { timeout: 15_000 };
const OFFLINE = { code: 'manager.offline' };

async function aServer(options: SshdOptions = {}): Promise<Sshd> {
  const sshd = await anSshd({ lines: [WITHOUT_STARTUP_FILES], ...options });
  onTestFinished(() => sshd.stop());
  return sshd;
}

async function signIn(
  sshd: Sshd,
  access: { readonly port?: number; readonly user?: string } = {},
  timings?: SshPorts['timings'],
) {
  const signedIn = await anSshHost(sshd, { access, ...(timings && { timings }) });
  onTestFinished(signedIn.close);
  return signedIn;
}

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-trouble-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The helper for stat of exactly this connection: programs are children of its sshd. */
async function helpersOf(host: SshHost): Promise<readonly number[]> {
  const { stdout } = await host.run({ argv: ['sh', '-c', 'echo $PPID'] });
  return childrenWith(Number(Buffer.from(stdout).toString()), STAT_SCRIPT);
}

async function withShell(script: string, firstAnswerMs?: number) {
  const account = aThrowAwayAccount();
  onTestFinished(() => account.remove());
  const shell = join(account.home, 'shell');
  writeFileSync(shell, `#!/bin/sh\n${script}\n`);
  chmodSync(shell, 0o755);
  chmodSync(account.home, 0o755);
  execFileSync('usermod', ['--shell', shell, account.user]);
  const signedIn = await anSshHost(await aServer(), {
    access: { user: account.user },
    ...(firstAnswerMs !== undefined && { firstAnswerMs }),
  });
  onTestFinished(signedIn.close);
  return signedIn.host;
}

describe.skipIf(sshdMissing !== null)(`a manager in trouble (${sshdMissing ?? 'real sshd'})`, () => {
  test('killed in the middle of everything answers all that was asked with "offline", and is used again later', async () => {
    const sshd = await aServer();
    const { host, link } = await signIn(sshd);
    const folder = aFolder();
    const big = join(folder, 'big');
    writeFileSync(big, '');
    truncateSync(big, 3_000_000_000);
    const file = await host.open(big);
    const seconds = uniqueSleep();
    const into = new Uint8Array(4_194_304);
    const reading = (async () => {
      for (let position = 0; ; position += into.length) await file.read(into, position % 2_000_000_000);
    })();
    const underWay = [
      reading,
      host.run({ argv: ['sleep', seconds] }),
      host.stream({ argv: ['cat', '/dev/zero'] }, () => undefined),
      ...Array.from({ length: 20 }, () => host.run({ argv: ['sleep', seconds] })),
    ];
    const outcomes = Promise.allSettled(underWay);
    await vi.waitFor(() => expect(countProcesses(seconds)).toBeGreaterThan(0), WAIT);
    expect(await host.stat(big)).toMatchObject({ sizeBytes: 3_000_000_000 });
    await sshd.kill();
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: OFFLINE });
    }
    await expect(host.stat(big)).rejects.toMatchObject(OFFLINE);
    await expect(host.run({ argv: ['true'] })).rejects.toMatchObject(OFFLINE);
    await sshd.restart();
    await vi.waitFor(() => expect(link.status.state).toBe('connected'), WAIT);
    expect(await host.stat(big)).toMatchObject({ sizeBytes: 3_000_000_000 });
    expect(await host.run({ argv: ['true'] })).toMatchObject({ exitCode: 0 });
    // A handle belongs to its connection: the same number may by now be another file.
    await expect(file.read(into, 0)).rejects.toMatchObject(OFFLINE);
    await expect(file.stat()).rejects.toMatchObject(OFFLINE);
    file.close();
    const again = await host.open(big);
    expect(await again.read(into, 0)).toBe(into.length);
    again.close();
  });

  test('that stalls without a word is noticed, and nothing waits for ever', async () => {
    const sshd = await aServer();
    const proxy = await aStallingProxy(sshd.port);
    onTestFinished(() => proxy.close());
    const timings = { keepaliveMs: 100, keepaliveCount: 3, connectMs: 1_000, handshakeMs: 1_000 };
    const { host } = await signIn(sshd, { port: proxy.port }, timings);
    const path = join(aFolder(), 'file');
    writeFileSync(path, 'x');
    const file = await host.open(path);
    await host.stat(path);
    proxy.stall();
    const asked = [
      host.stat(path),
      file.read(new Uint8Array(1), 0),
      host.list('/'),
      host.run({ argv: ['true'] }),
    ];
    for (const outcome of await Promise.allSettled(asked)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: OFFLINE });
    }
  });

  test('answers at once what a file is, though programs wait for their turn', async () => {
    const { host } = await signIn(await aServer({ lines: ['MaxSessions 10', WITHOUT_STARTUP_FILES] }));
    const seconds = uniqueSleep();
    const giveUp = new AbortController();
    const running = Promise.allSettled(
      Array.from({ length: 30 }, () => host.run({ argv: ['sleep', seconds], signal: giveUp.signal })),
    );
    await vi.waitFor(() => expect(countProcesses(seconds)).toBeGreaterThan(2), WAIT);
    expect(await host.stat('/')).toMatchObject({ inode: expect.stringMatching(/^\d+$/) });
    expect(await host.list('/')).not.toEqual([]);
    giveUp.abort();
    for (const outcome of await running) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'manager.cancelled' } });
    }
    await vi.waitFor(() => expect(countProcesses(seconds)).toBe(0), WAIT);
  });

  test('that allows two sessions at a time is still used for everything', async () => {
    const { host } = await signIn(await aServer({ lines: ['MaxSessions 2', WITHOUT_STARTUP_FILES] }));
    expect(await host.stat('/')).toMatchObject({ isFolder: true });
    expect(await host.list('/')).not.toEqual([]);
    const runs = await Promise.all(
      Array.from({ length: 12 }, (_, number) => host.run({ argv: ['echo', String(number)] })),
    );
    expect(runs.map(({ exitCode }) => exitCode)).toEqual(runs.map(() => 0));
    expect(await host.stat('/')).toMatchObject({ isFolder: true });
  });

  test('keeps no program of ours after the connection is closed', async () => {
    const { host, close } = await signIn(await aServer());
    await host.stat('/');
    const helpers = await helpersOf(host);
    expect(helpers).toHaveLength(1);
    await close();
    await vi.waitFor(() => expect(helpers.filter(isRunning)).toEqual([]), WAIT);
  });

  test('may lose the helper for stat: the next question starts another', async () => {
    const { host } = await signIn(await aServer());
    await host.stat('/');
    const [helper = 0] = await helpersOf(host);
    process.kill(helper, 'SIGKILL');
    await vi.waitFor(() => expect(isRunning(helper)).toBe(false), WAIT);
    expect(await host.stat('/')).toMatchObject({ isFolder: true, inode: expect.stringMatching(/^\d+$/) });
    expect(await helpersOf(host)).not.toEqual([helper]);
  });

  test('is never shared with another: one that stalls does not hold up the others', async () => {
    const stalled = await aServer();
    const others = await Promise.all([aServer(), aServer()]);
    const proxy = await aStallingProxy(stalled.port);
    onTestFinished(() => proxy.close());
    const slow = await signIn(stalled, { port: proxy.port });
    const hosts = await Promise.all(others.map((sshd) => signIn(sshd)));
    await slow.host.stat('/');
    proxy.stall();
    const waiting = Promise.allSettled(Array.from({ length: 50 }, () => slow.host.stat('/')));
    const startedMs = performance.now();
    await Promise.all(hosts.flatMap(({ host }) => Array.from({ length: 20 }, () => host.stat('/'))));
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    proxy.resume();
    expect((await waiting).every(({ status }) => status === 'fulfilled')).toBe(true);
  });

  const accountMissing = accountsImpossible;
  describe.skipIf(accountMissing !== null)(
    `with a strange login shell (${accountMissing ?? 'throw-away account'})`,
    () => {
      test('whose greeting is no part of any output', async () => {
        const host = await withShell(
          'printf "Welcome to mgr! "; echo "mind the rules" >&2; exec /bin/sh "$@"',
        );
        const result = await host.run({ argv: ['sh', '-c', 'echo out; echo err >&2'] });
        expect(Buffer.from(result.stdout).toString()).toBe('out\n');
        expect(Buffer.from(result.stderr).toString()).toBe('err\n');
        expect(await host.stat('/')).toMatchObject({ isFolder: true, inode: expect.stringMatching(/^\d+$/) });
      });

      test('which is busy with something else for too long', async () => {
        const host = await withShell('exec sleep 20', 1_000);
        await expect(host.run({ argv: ['true'] })).rejects.toMatchObject({
          code: 'manager.no-shell',
          message: expect.stringContaining('within 1 seconds'),
        });
        expect(await host.stat('/')).toMatchObject({ isFolder: true, inode: null });
      });

      test('that answers without end: what it says is not gathered, and files are used without it', async () => {
        const host = await withShell(
          'case "$*" in *"id -u") exec /bin/sh "$@";; esac; echo "verdict-desk-start 4711"; exec cat /dev/zero',
        );
        expect(await host.stat('/')).toMatchObject({ isFolder: true, inode: null });
      });

      test('which only says no: files are used without it, and its words are told', async () => {
        const host = await withShell('echo "This account is currently not available."; exit 1');
        expect(await host.hasShell()).toBe(false);
        await expect(host.run({ argv: ['true'] })).rejects.toMatchObject({
          code: 'manager.no-shell',
          message: expect.stringContaining('“This account is currently not available.”'),
        });
        expect(await host.stat('/')).toMatchObject({ isFolder: true, inode: null });
      });
    },
  );
});
