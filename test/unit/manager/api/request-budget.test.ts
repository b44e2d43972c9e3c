import * as fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  RequestBudget,
  type BudgetLimits,
  type Turn,
} from '../../../../src-main/manager/api/request-budget.ts';
import { ManualClock } from '../../../builders/manual-clock.ts';

const LIMITS: BudgetLimits = {
  perMinute: 20,
  backgroundPerMinute: 15,
  eventsPerMinute: 3,
  atOnce: 10_000,
  backgroundAtOnce: 10_000,
};

function bench(limits: Partial<BudgetLimits> = {}) {
  const clock = new ManualClock(0);
  const budget = new RequestBudget('mgr:55000', clock, { ...LIMITS, ...limits });
  const granted: { readonly name: string; readonly atMs: number; readonly isEvent: boolean }[] = [];
  const refused: string[] = [];
  const ask = (name: string, turn: Partial<Turn> = {}) => {
    const { isEvent = false } = turn;
    const full = {
      urgency: 'now',
      deadlineMs: null,
      signal: new AbortController().signal,
      ...turn,
      isEvent,
    } as const;
    return budget.take(full).then(
      (done) => {
        granted.push({ name, atMs: clock.now(), isEvent });
        return done;
      },
      (error: { code: string }) => {
        refused.push(`${name} ${error.code}`);
        return () => undefined;
      },
    );
  };
  return { clock, budget, granted, refused, ask };
}

test('a minute never holds more requests than allowed, nor more that can wait, nor more events', async () => {
  const kind = fc.record({
    gapMs: fc.integer({ min: 0, max: 20_000 }),
    count: fc.integer({ min: 1, max: 30 }),
    urgency: fc.constantFrom('now' as const, 'background' as const),
    isEvent: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(kind, { minLength: 1, maxLength: 12 }), async (bursts) => {
      const { clock, granted, ask } = bench();
      for (const { gapMs, count, urgency, isEvent } of bursts) {
        await clock.advance(gapMs);
        for (let turn = 0; turn < count; turn += 1) void ask(urgency, { urgency, isEvent });
        await setImmediate();
      }
      await clock.advance(121 * 61_000);

      expect(granted).toHaveLength(bursts.reduce((sum, { count }) => sum + count, 0));
      for (const { atMs } of granted) {
        const minute = granted.filter((other) => other.atMs >= atMs && other.atMs < atMs + 60_000);
        expect(minute.length).toBeLessThanOrEqual(20);
        expect(minute.filter(({ isEvent }) => isEvent).length).toBeLessThanOrEqual(3);
      }
    }),
    { numRuns: 60 },
  );
});

test('what a person waits for goes before what can wait, and finds room that is kept for it', async () => {
  const { granted, ask } = bench();
  for (let turn = 0; turn < 18; turn += 1) void ask('background', { urgency: 'background' });
  for (let turn = 0; turn < 5; turn += 1) void ask('now');
  await setImmediate();

  expect(granted.filter(({ name }) => name === 'background')).toHaveLength(15);
  expect(granted.filter(({ name }) => name === 'now')).toHaveLength(5);
});

test('what can wait is not starved by a crowd that cannot', async () => {
  const { granted, ask } = bench({
    perMinute: 1000,
    backgroundPerMinute: 1000,
    atOnce: 1,
    backgroundAtOnce: 1,
  });
  const everybody = [
    ...Array.from({ length: 30 }, (_, turn) => ask(`now ${turn}`)),
    ask('background', { urgency: 'background' }),
  ].map(async (lease) => (await lease)());
  await Promise.all(everybody);

  const place = granted.findIndex(({ name }) => name === 'background');
  expect(place).toBeLessThanOrEqual(10);
  expect(granted.filter(({ name }) => name.startsWith('now')).map(({ name }) => name)).toEqual(
    Array.from({ length: 30 }, (_, turn) => `now ${turn}`),
  );
});

test('a request leaves when a connection is free for it, and one is kept for whom a person waits', async () => {
  const { granted, ask } = bench({ atOnce: 3, backgroundAtOnce: 2 });
  const first = ask('background 1', { urgency: 'background' });
  for (const turn of [2, 3]) void ask(`background ${turn}`, { urgency: 'background' });
  void ask('now 1');
  void ask('now 2');
  await setImmediate();
  expect(granted.map(({ name }) => name)).toEqual(['background 1', 'background 2', 'now 1']);

  const done = await first;
  done();
  done();
  await setImmediate();

  expect(granted.map(({ name }) => name)).toEqual(['background 1', 'background 2', 'now 1', 'now 2']);
});

test('a request whose turn would come too late is told at once, and when', async () => {
  const { clock, ask, refused } = bench({ perMinute: 1 });
  await ask('first');

  await ask('hurried', { deadlineMs: clock.now() + 30_000 });

  expect(refused).toEqual(['hurried api.rate-limited']);
});

test('a request that waits behind slow ones gives up at its deadline', async () => {
  const { clock, ask, refused } = bench({ atOnce: 1 });
  await ask('slow');
  const waiting = ask('behind', { deadlineMs: clock.now() + 5000 });

  await clock.advance(5000);
  await waiting;

  expect(refused).toEqual(['behind api.timeout']);
});

test('after a refusal for the number of requests nobody asks until a minute has passed', async () => {
  const { clock, budget, granted, ask } = bench();
  expect(budget.pause('all')).toBe(61_000);
  void ask('now');
  void ask('background', { urgency: 'background' });

  await clock.advance(60_999);
  expect(granted).toEqual([]);
  await clock.advance(1);

  expect(granted.map(({ name }) => name)).toEqual(['now', 'background']);
});

test('a person who changed something does not wait a pause out', async () => {
  const { budget, granted, ask } = bench();
  budget.pause('all');
  void ask('now');

  budget.forgetPause();
  await setImmediate();

  expect(granted).toHaveLength(1);
});

test('a request that is given up leaves the queue', async () => {
  const { clock, granted, refused, ask } = bench({ perMinute: 1 });
  await ask('first');
  const giveUp = new AbortController();
  const given = ask('given up', { signal: giveUp.signal });
  void ask('behind');

  giveUp.abort();
  await given;
  await clock.advance(61_000);

  expect(refused).toEqual(['given up api.cancelled']);
  expect(granted.map(({ name }) => name)).toEqual(['first', 'behind']);
});

test('a clock that was set back holds nobody up for longer than a minute', async () => {
  const { clock, granted, ask } = bench({ perMinute: 1 });
  await clock.advance(3_600_000);
  await ask('first');
  clock.setBack(3_600_000);
  void ask('second');

  await clock.advance(61_000);

  expect(granted).toHaveLength(2);
});
