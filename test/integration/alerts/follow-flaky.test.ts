import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  array,
  assert,
  asyncProperty,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  record,
  type Arbitrary,
} from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertFileHost } from '../../../src-main/alerts/alert-file-host.ts';
import { MONTHS } from '../../../src-main/alerts/archive-names.ts';
import { FlakyHost, type FlakyHostOptions } from '../../builders/a-flaky-host.ts';
import { aFollower, followedAlerts } from '../../builders/followed-alerts.ts';
import { FollowModel, PLAIN_MOVES, type Move } from './follow-model.ts';
import { until } from '../../builders/until.ts';

const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** What a manager itself does to its files. */
const MANAGERS_MOVES = [
  'finish',
  'rotateByDay',
  'rotateBySize',
  'restart',
  'refuse',
  'rest',
  'step',
] as const;

function movesOf(plain: readonly (typeof PLAIN_MOVES)[number][]): Arbitrary<Move[]> {
  const anyMove: Arbitrary<Move> = oneof(
    {
      weight: 6,
      arbitrary: record({ kind: constant('append' as const), lines: integer({ min: 1, max: 4 }) }),
    },
    {
      weight: 1,
      arbitrary: record({ kind: constant('appendLate' as const), lines: integer({ min: 1, max: 2 }) }),
    },
    { weight: 1, arbitrary: record({ kind: constant('compress' as const), choice: nat({ max: 8 }) }) },
    { weight: 9, arbitrary: record({ kind: constantFrom(...plain) }) },
    { weight: 5, arbitrary: record({ kind: constant('step' as const) }) },
    {
      weight: 4,
      arbitrary: record({ kind: constant('disconnect' as const), afterQuestions: nat({ max: 30 }) }),
    },
  );
  return array(anyMove, { maxLength: 30 });
}

const accounts: readonly (FlakyHostOptions & {
  readonly what: string;
  readonly runs: number;
  readonly moves: readonly (typeof PLAIN_MOVES)[number][];
  readonly paceMs: number;
})[] = [
  {
    what: 'with a shell, whatever happens to the files',
    account: 'shell',
    runs: 1_000,
    moves: PLAIN_MOVES,
    paceMs: 3,
  },
  {
    what: 'with file transfer only, which tells neither inodes nor parts of seconds',
    account: 'sftp',
    hasWholeSeconds: true,
    runs: 1_000,
    moves: MANAGERS_MOVES,
    paceMs: 3_000,
  },
];

test.each(accounts)(
  'over a connection $what, that drops at any question, nothing is lost and nothing read twice',
  { timeout: 300_000 },
  async ({ runs, moves, paceMs, ...options }) => {
    await assert(
      asyncProperty(movesOf(moves), async (sequence) => {
        const model = new FollowModel(memory, { flaky: new FlakyHost(options), paceMs });
        const { found, expected } = await model.run(sequence);
        expect(found).toEqual(expected);
      }),
      { numRuns: runs },
    );
  },
);

test.each(['shell', 'sftp'] as const)(
  'with a %s account years of archives are not listed to go on, and a look at rest asks a handful of questions',
  async (account) => {
    const { world, lines, journal, start } = followedAlerts();
    for (const year of ['2023', '2024', '2025'])
      for (const month of MONTHS) {
        const folder = join(dirname(world.live), year, month);
        mkdirSync(folder, { recursive: true });
        for (let day = 10; day < 28; day += 1)
          writeFileSync(join(folder, `ossec-alerts-${day}.json.gz`), 'old');
      }
    world.append(lines(3));
    const before = start({ host: new FlakyHost({ account }) });
    await before.step();
    before.close();
    const host = new FlakyHost({ account });
    const cursor = start({ host });
    await cursor.step();
    const toBegin = host.questions;
    await cursor.step();
    expect(journal.lines).toHaveLength(3);
    expect(cursor.status.state).toBe('following');
    expect(toBegin).toBeLessThan(30);
    expect(host.questions - toBegin).toBeLessThanOrEqual(5);
  },
);

test('a question that is never answered does not hold up the end', async () => {
  const { world, lines, journal } = followedAlerts();
  world.append(lines(1));
  const host = new FlakyHost({ account: 'shell' });
  const follower = aFollower(world.live, journal, { host });
  await until(() => expect(journal.lines).toHaveLength(1));
  host.stall();
  world.append(lines(1));
  await follower.stop();
  expect(follower.status.state).toBe('stopped');
});

test('while the machine is not reached the source is offline, and it goes on when it is told to look', async () => {
  const { world, lines, journal } = followedAlerts();
  const all = lines(3);
  world.append(all.slice(0, 2));
  const host = new FlakyHost({ account: 'shell' });
  const follower = aFollower(world.live, journal, { host, pollMs: [60_000, 60_000] });
  await until(() => expect(journal.lines).toHaveLength(2));
  host.drop();
  host.isDown = true;
  follower.wake();
  await until(() => expect(follower.status.state).toBe('offline'));
  expect(follower.status.error).toMatchObject({ code: 'manager.offline' });
  world.append(all.slice(2));
  host.isDown = false;
  follower.wake();
  await until(() => expect(journal.lines).toEqual(all));
  expect(follower.status).toMatchObject({ state: 'following', error: null });
  expect(journal.losses).toEqual([]);
});

test('a file that may not be read on a manager is told with its name and the group to join', async () => {
  const { world, journal, start } = followedAlerts();
  const refused = Object.assign(new Error('denied'), { code: 'EACCES' });
  const flaky = new FlakyHost({ account: 'shell' });
  const host: AlertFileHost = {
    kind: 'ssh',
    name: 'mgr-1',
    watch: flaky.watch,
    list: (folder) => flaky.list(folder),
    stat: (path) => flaky.stat(path),
    open: () => Promise.reject(refused),
  };
  const cursor = start({ host });
  await cursor.step();
  expect(journal.batches).toEqual([]);
  expect(cursor.status).toMatchObject({
    state: 'unreadable',
    error: { code: 'alerts.not-allowed', message: expect.stringContaining(`${world.live} on mgr-1`) },
  });
  expect(cursor.status.error?.remedy).toContain('sudo usermod -aG wazuh');
});
