import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { LocalHost } from '../../../../src-main/manager/host/local-host.ts';
import type { ManagerHost } from '../../../../src-main/manager/host/manager-host.ts';
import { NO_ROOT_ACCESS } from '../../../../src-main/manager/host/root-access.ts';
import { aStallingProxy } from '../../../builders/a-stalling-proxy.ts';
import { anSshHost, WITHOUT_STARTUP_FILES } from '../../../builders/an-ssh-host.ts';
import { anSshd, sshdMissing, type Sshd, type SshdOptions } from '../../../builders/an-sshd.ts';
import { countProcesses } from '../../../builders/running-programs.ts';

const WAIT = { timeout: 10_000, interval: 5 };

async function aServer(options: SshdOptions = {}): Promise<Sshd> {
  const sshd = await anSshd({ lines: [WITHOUT_STARTUP_FILES], ...options });
  onTestFinished(() => sshd.stop());
  return sshd;
}

async function signIn(sshd: Sshd, port = sshd.port) {
  const signedIn = await anSshHost(sshd, { access: { port } });
  onTestFinished(signedIn.close);
  return signedIn;
}

function aFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-watch-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "alerts it's $HOME.json");
  writeFileSync(path, 'there before\n');
  return path;
}

/** A watch that stands: it has told of something once. */
async function watching(host: ManagerHost, path: string) {
  let events = 0;
  const watch = host.watch(path, () => (events += 1));
  onTestFinished(() => watch.close());
  await vi.waitFor(() => {
    if (host.kind === 'local') appendFileSync(path, 'x\n');
    expect(events).toBeGreaterThan(0);
  }, WAIT);
  return {
    watch,
    /** No events for a while: what came belonged to earlier writes. */
    quiet: async () => {
      for (let before = -1; before !== events; await pause(150)) before = events;
    },
    /** Resolves after the next event. */
    next: (act: () => void) => {
      const before = events;
      act();
      return vi.waitFor(() => expect(events).toBeGreaterThan(before), WAIT);
    },
    count: () => events,
  };
}

const machines = [
  { name: 'over SSH', missing: sshdMissing, make: async () => (await signIn(await aServer())).host },
  {
    name: 'on this machine',
    missing: process.platform === 'linux' ? null : 'tried on Linux only',
    make: async () => new LocalHost('here', NO_ROOT_ACCESS),
  },
];

describe.each(machines)('watching a file $name', ({ missing, make }) => {
  describe.skipIf(missing !== null)(`that is really there (${missing ?? 'nothing is simulated'})`, () => {
    test('tells within milliseconds that it grew', async () => {
      const path = aFile();
      const file = await watching(await make(), path);
      const timesMs: number[] = [];
      for (let round = 0; round < 10; round += 1) {
        await file.quiet();
        const startedMs = performance.now();
        await file.next(() => appendFileSync(path, 'one more\n'));
        timesMs.push(performance.now() - startedMs);
      }
      const median = timesMs.toSorted((a, b) => a - b)[5];
      console.log(`${median?.toFixed(1)} ms from append to event, median of 10`);
      expect(median).toBeLessThan(150);
    });

    test('tells that another file stands under its name, and hears of that one', async () => {
      const path = aFile();
      const file = await watching(await make(), path);
      await file.quiet();
      await file.next(() => {
        renameSync(path, `${path}.1`);
        writeFileSync(path, '');
      });
      file.watch.rearm(true);
      await file.quiet();
      const before = file.count();
      await file.next(() => appendFileSync(path, 'first of the new day\n'));
      expect(file.count()).toBeGreaterThan(before);
    });

    test('tells that a file appeared that was not there', async () => {
      const path = aFile();
      const host = await make();
      const file = await watching(host, path);
      rmSync(path);
      await file.quiet();
      const before = file.count();
      await file.next(() => writeFileSync(path, 'it is back\n'));
      expect(file.count()).toBeGreaterThan(before);
    });

    test('tells nothing more once it is closed', async () => {
      const path = aFile();
      const file = await watching(await make(), path);
      await file.quiet();
      file.watch.close();
      file.watch.close();
      const before = file.count();
      appendFileSync(path, 'nobody listens\n');
      await file.quiet();
      expect(file.count()).toBe(before);
    });
  });
});

describe.skipIf(sshdMissing !== null)(`the program that watches (${sshdMissing ?? 'real sshd'})`, () => {
  test('says little while much is written, and hears of what comes after', async () => {
    const path = aFile();
    const file = await watching((await signIn(await aServer())).host, path);
    await file.quiet();
    const before = file.count();
    const line = 'x'.repeat(1_000_000);
    for (let round = 0; round < 60; round += 1) {
      appendFileSync(path, line);
      await pause(5);
    }
    await file.quiet();
    expect(file.count() - before).toBeLessThan(100);
    await file.next(() => appendFileSync(path, 'after all that\n'));
  });

  test('is gone when the watch is closed', async () => {
    const path = aFile();
    const file = await watching((await signIn(await aServer())).host, path);
    expect(countProcesses(path)).toBeGreaterThan(0);
    file.watch.close();
    await vi.waitFor(() => expect(countProcesses(path)).toBe(0), WAIT);
  });

  test('is gone when the connection is closed', async () => {
    const path = aFile();
    const { host, close } = await signIn(await aServer());
    await watching(host, path);
    await close();
    await vi.waitFor(() => expect(countProcesses(path)).toBe(0), WAIT);
  });

  test('is gone when the connection broke, and another one watches when it is back', async () => {
    const path = aFile();
    const sshd = await aServer();
    const proxy = await aStallingProxy(sshd.port);
    onTestFinished(() => proxy.close());
    const { host, link } = await signIn(sshd, proxy.port);
    const file = await watching(host, path);
    const session = await link.session();
    proxy.cut();
    await session.closed;
    await vi.waitFor(() => expect(countProcesses(path)).toBe(0), WAIT);
    link.retry();
    const before = file.count();
    await vi.waitFor(() => expect(file.count()).toBeGreaterThan(before), WAIT);
    await file.quiet();
    await file.next(() => appendFileSync(path, 'after the break\n'));
  });

  test('leaves room for other programs, however many files are watched', async () => {
    const { host } = await signIn(await aServer({ lines: ['MaxSessions 10', WITHOUT_STARTUP_FILES] }));
    for (let number = 0; number < 20; number += 1) {
      const watch = host.watch(aFile(), () => undefined);
      onTestFinished(() => watch.close());
    }
    const results = await Promise.all(Array.from({ length: 12 }, () => host.run({ argv: ['true'] })));
    expect(results.every(({ exitCode }) => exitCode === 0)).toBe(true);
  });

  test('is not there without a shell, and nothing fails for it', async () => {
    const { host } = await signIn(await aServer({ isSftpOnly: true }));
    let events = 0;
    const path = aFile();
    const watch = host.watch(path, () => (events += 1));
    expect(await host.hasShell()).toBe(false);
    appendFileSync(path, 'unheard\n');
    expect(await host.stat(path)).not.toBeNull();
    watch.rearm(false);
    expect(events).toBe(0);
    watch.close();
  });
});
