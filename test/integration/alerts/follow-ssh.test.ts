import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { array, assert, asyncProperty, constant, constantFrom, integer, oneof, record } from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { aStallingProxy } from '../../builders/a-stalling-proxy.ts';
import { aFimJsonLine } from '../../builders/alert-lines.ts';
import { anSshHost, WITHOUT_STARTUP_FILES, type AnSshHost } from '../../builders/an-ssh-host.ts';
import { anSshd, sshdMissing, type Sshd } from '../../builders/an-sshd.ts';
import { aFollower, followedAlerts } from '../../builders/followed-alerts.ts';
import { MemoryJournal } from '../../builders/memory-journal.ts';
import { FollowModel, PLAIN_MOVES } from './follow-model.ts';
import { until } from '../../builders/until.ts';

const PATIENCE = { timeout: 30_000 };

/** What a manager itself does to its files. */
const MANAGERS_MOVES = ['finish', 'rotateByDay', 'rotateBySize', 'restart', 'rest', 'step'] as const;

const accounts = [
  { what: 'with a shell', isSftpOnly: false, moves: PLAIN_MOVES, paceMs: 3, medianMs: 150 },
  {
    what: 'that may only transfer files',
    isSftpOnly: true,
    moves: MANAGERS_MOVES,
    paceMs: 3_000,
    medianMs: 1_200,
  },
] as const;

describe.skipIf(sshdMissing !== null)(`following over SSH (${sshdMissing ?? 'real sshd'})`, () => {
  describe.each(accounts)('by an account $what', ({ isSftpOnly, moves, paceMs, medianMs }) => {
    let sshd: Sshd;
    let ssh: AnSshHost;

    beforeAll(async () => {
      sshd = await anSshd({ isSftpOnly, lines: [WITHOUT_STARTUP_FILES] });
      ssh = await anSshHost(sshd);
    });
    afterAll(async () => {
      await ssh.close();
      await sshd.stop();
    });

    test('random sequences of writing, rotating, spoiling and restarting lose nothing and repeat nothing', async () => {
      const anyMove = oneof(
        {
          weight: 6,
          arbitrary: record({ kind: constant('append' as const), lines: integer({ min: 1, max: 4 }) }),
        },
        { weight: 6, arbitrary: record({ kind: constantFrom(...moves) }) },
        { weight: 4, arbitrary: record({ kind: constant('step' as const) }) },
      );
      await assert(
        asyncProperty(array(anyMove, { maxLength: 20 }), async (sequence) => {
          const model = new FollowModel(tmpdir(), { host: ssh.host, paceMs });
          const { found, expected } = await model.run(sequence);
          expect(found).toEqual(expected);
        }),
        { numRuns: 25 },
      );
    }, 240_000);

    test(`an append is a row within ${medianMs} ms, as the median`, async () => {
      const path = join(aFolder(), 'alerts.json');
      writeFileSync(path, '');
      const journal = new MemoryJournal();
      const follower = aFollower(path, journal, { host: ssh.host });
      await vi.waitFor(() => expect(follower.status.state).toBe('following'), PATIENCE);
      const times: number[] = [];
      for (let number = 1; number <= 7; number += 1) {
        const startedAt = performance.now();
        appendFileSync(path, `${aFimJsonLine(number)}\n`);
        await vi.waitFor(() => expect(journal.lines).toHaveLength(number), { ...PATIENCE, interval: 5 });
        times.push(performance.now() - startedAt);
      }
      expect(times.toSorted((a, b) => a - b)[3]).toBeLessThan(medianMs);
    }, 60_000);
  });

  test('a server killed in the middle of a backlog, and again, costs nothing and repeats nothing', async () => {
    const { sshd, ssh } = await aManager();
    const path = join(aFolder(), 'alerts.json');
    const lines = Array.from({ length: 30_000 }, (_, number) => aFimJsonLine(number));
    writeFileSync(path, `${lines.join('\n')}\n`);
    const journal = new MemoryJournal();
    const follower = aFollower(path, journal, { host: ssh.host, chunkBytes: 100_000 });
    ssh.link.onConnected(() => follower.wake());
    for (const read of [2_000, 9_000]) {
      await vi.waitFor(() => expect(journal.lines.length).toBeGreaterThan(read), {
        ...PATIENCE,
        interval: 1,
      });
      await sshd.kill();
      await vi.waitFor(() => expect(follower.status.state).toBe('offline'), PATIENCE);
      expect(follower.status.error?.code).toBe('manager.offline');
      await sshd.restart();
    }
    await vi.waitFor(() => expect(journal.lines.length).toBeGreaterThanOrEqual(lines.length), PATIENCE);
    expect(journal.lines).toEqual(lines);
    expect(journal.losses).toEqual([]);
    await until(() => expect(follower.status).toMatchObject({ state: 'following', error: null }));
  }, 120_000);

  test('days that change while the manager is not reached are read in order, archives included', async () => {
    const { sshd, ssh } = await aManager();
    const { world, lines, journal } = followedAlerts();
    const all = [lines(3), lines(2), lines(4), lines(2), lines(1)];
    world.append(all[0] ?? []);
    const follower = aFollower(world.live, journal, { host: ssh.host });
    await vi.waitFor(() => expect(journal.lines).toHaveLength(3), PATIENCE);
    await sshd.kill();
    world.append(all[1] ?? []);
    world.rotateByDay();
    world.append(all[2] ?? []);
    world.rotateBySize();
    world.append(all[3] ?? []);
    world.rotateByDay();
    world.append(all[4] ?? []);
    world.endLateLines();
    world.compress(0);
    world.compress(0);
    await sshd.restart();
    await vi.waitFor(() => expect(journal.lines).toHaveLength(12), PATIENCE);
    expect(journal.lines).toEqual(all.flat());
    expect(journal.losses).toEqual([]);
    await vi.waitFor(() => expect(follower.status.state).toBe('following'), PATIENCE);
  }, 90_000);

  test('a connection that stalls in the middle of a read does not hold up the end', async () => {
    const { ssh, proxy } = await aManager();
    const path = join(aFolder(), 'alerts.json');
    const line = aFimJsonLine(1);
    writeFileSync(path, `${line}\n`.repeat(40_000));
    const journal = new MemoryJournal();
    const follower = aFollower(path, journal, { host: ssh.host });
    await vi.waitFor(() => expect(journal.batches.length).toBeGreaterThan(1), { ...PATIENCE, interval: 1 });
    proxy.stall();
    const startedAt = performance.now();
    await follower.stop();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(follower.status.state).toBe('stopped');
    proxy.resume();
  }, 60_000);
});

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-follow-ssh-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A manager behind a network that can stall. */
async function aManager() {
  const sshd = await anSshd({ lines: [WITHOUT_STARTUP_FILES] });
  onTestFinished(() => sshd.stop());
  const proxy = await aStallingProxy(sshd.port);
  onTestFinished(() => proxy.close());
  const ssh = await anSshHost(sshd, { access: { port: proxy.port } });
  onTestFinished(() => ssh.close());
  return { sshd, proxy, ssh };
}
