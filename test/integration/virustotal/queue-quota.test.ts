import { expect, test } from 'vitest';
import { LAB_KEY } from '../../../src-main/lab/virustotal/lab-virustotal.ts';
import { aHash } from '../../builders/lookup-bench.ts';
import { aQueueOnLab, FILES } from '../../builders/queue-on-lab.ts';

test("the key's own limits are learned before the first lookups and kept", async () => {
  const { lab, bench, enqueue } = await aQueueOnLab();
  lab.control.setLimits({ perMinute: 2, perDay: 5, perMonth: 100 });
  enqueue();
  bench.queue.start();
  await bench.pass(10_000);
  expect(bench.queue.status().quota).toMatchObject({
    minute: { limit: 2, used: 2 },
    day: { limit: 5, used: 2, resetsAt: '2026-11-18T00:00:00.000Z' },
    month: { limit: 100, used: 2, resetsAt: '2026-12-01T00:00:00.000Z' },
  });
  expect(bench.queue.status()).toMatchObject({ paused: true, reason: 'minute-quota', coveredToday: 3 });
});

test('a spent day waits for midnight UTC, and the estimate says when the queue is empty', async () => {
  const { lab, bench, enqueue, lookupsAtServer, isEmpty, expectEachAnsweredOnce } = await aQueueOnLab();
  lab.control.setLimits({ perMinute: 4, perDay: 5, perMonth: null });
  enqueue();
  bench.queue.start();
  await bench.until(() => bench.queue.status().reason === 'day-quota');
  expect(bench.queue.status()).toMatchObject({
    waiting: 7,
    resumesAt: '2026-11-18T00:00:00.000Z',
    eta: '2026-11-19T00:00:00.000Z',
  });
  await bench.until(isEmpty, 3 * 24 * 3_600_000);
  expectEachAnsweredOnce();
  expect(lookupsAtServer().every((request) => request.status === 404)).toBe(true);
});

test('a storm of 429 is waited out, and each refused file is answered later exactly once', async () => {
  const { lab, bench, enqueue, lookupsAtServer, isEmpty, expectEachAnsweredOnce } = await aQueueOnLab();
  lab.control.misbehave({ kind: 'rate-limit' }, { times: 6 });
  enqueue();
  bench.queue.start();
  await bench.until(isEmpty, 3_600_000);
  expect(lookupsAtServer()).toHaveLength(FILES + 6);
  expectEachAnsweredOnce();
});

test('Retry-After is obeyed to the second', async () => {
  const { lab, bench, enqueue, lookupsAtServer, isEmpty } = await aQueueOnLab();
  lab.control.misbehave({ kind: 'rate-limit', retryAfter: 40 }, { times: 1 });
  enqueue(2);
  bench.queue.start();
  await bench.until(() => bench.queue.status().reason === 'rate-limited');
  expect(bench.queue.status().resumesAt).toBe('2026-11-17T09:00:40.000Z');
  await bench.until(isEmpty);
  expect(lookupsAtServer().map((request) => request.at - Date.parse('2026-11-17T09:00:00Z'))).toEqual([
    0, 40_000, 40_000,
  ]);
});

test('a Retry-After of hours means that the day is spent', async () => {
  const { lab, bench, enqueue, isEmpty, expectEachAnsweredOnce } = await aQueueOnLab();
  lab.control.misbehave({ kind: 'rate-limit', retryAfter: 7200 }, { times: 1 });
  enqueue(2);
  bench.queue.start();
  await bench.until(() => bench.queue.status().paused);
  expect(bench.queue.status()).toMatchObject({ reason: 'day-quota', resumesAt: '2026-11-17T11:00:00.000Z' });
  await bench.until(isEmpty);
  expectEachAnsweredOnce(2);
});

test('an unexpected 429 makes it ask what was used elsewhere, and a spent day is believed', async () => {
  const { lab, client, bench, enqueue, lookupsAtServer, isEmpty, expectEachAnsweredOnce } =
    await aQueueOnLab();
  lab.control.setLimits({ perMinute: 1000, perDay: 20, perMonth: null });
  bench.queue.start();
  await bench.pass(61_000);
  // Somebody else uses up the key's day.
  for (let index = 0; index < 20; index += 1) {
    await client.lookup(aHash(`elsewhere ${index}`), LAB_KEY, new AbortController().signal);
  }
  lab.control.clearRequests();
  enqueue(3);
  bench.queue.wake();
  await bench.until(() => bench.queue.status().reason === 'day-quota');
  expect(lookupsAtServer()).toHaveLength(1);
  expect(bench.queue.status().resumesAt).toBe('2026-11-18T00:00:00.000Z');
  await bench.until(isEmpty);
  expectEachAnsweredOnce(3);
});

test('a slow server is used at the allowed rate and the minute is never exceeded', async () => {
  const { lab, bench, enqueue, lookupsAtServer } = await aQueueOnLab();
  lab.control.setLimits({ perMinute: 4, perDay: null, perMonth: null });
  lab.control.misbehave({ kind: 'slow', delayMs: 25_000 });
  enqueue(45);
  bench.queue.start();
  await bench.pass(600_000);
  const arrivals = lookupsAtServer().map((request) => request.at);
  for (const [index, at] of arrivals.entries()) {
    expect((arrivals[index + 4] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(60_000);
  }
  expect(arrivals.length).toBeGreaterThanOrEqual(0.95 * 4 * 9);
});

test('re-checks take only what new files leave over, and at most four fifths of the day', async () => {
  const { clock, lab, lookups, bench, enqueue, lookupsAtServer, isEmpty } = await aQueueOnLab();
  lab.control.setLimits({ perMinute: 1000, perDay: 20, perMonth: null });
  enqueue(30);
  bench.queue.start();
  await bench.until(isEmpty, 3 * 24 * 3_600_000);
  await bench.until(() => clock.now() > Date.parse('2026-11-19T00:00:00Z'), 3 * 24 * 3_600_000);
  lab.control.clearRequests();
  lookups.recheckable = Array.from({ length: 30 }, (_, index) => index + 1);
  await bench.pass(3_600_000);
  expect(lookupsAtServer()).toHaveLength(16);
});

test('what a test of the key has learnt is not asked again, and a lookup it spent is counted', async () => {
  const { lab, keys, bench, enqueue } = await aQueueOnLab();
  keys.set(null);
  enqueue(5);
  bench.queue.start();
  await bench.pass(1_000);
  keys.set(LAB_KEY);
  const limits = { perMinute: 3, perDay: 100, perMonth: null };
  await bench.queue.keyChanged({ limits, usedToday: 7, usedThisMonth: null, isPublic: false });
  await bench.until(() => bench.queue.status().reason === 'minute-quota');
  expect(bench.queue.status().quota.day.used).toBe(10);
  keys.set('another key');
  lab.control.acceptKeys(['another key']);
  await bench.queue.keyChanged(null);
  expect(bench.queue.status().quota).toMatchObject({ minute: { used: 1 }, day: { used: 1 } });
  expect(lab.control.requests().filter((request) => request.asked === 'quota').length).toBeLessThan(2);
});
