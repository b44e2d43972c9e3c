import { expect, test } from 'vitest';
import { aStore } from '../../builders/a-store.ts';

const EVENING = Date.parse('2026-11-30T23:59:30Z');
const MINUTE_MS = 60_000;

test('a reservation occupies its minute and counts for the UTC day and month', () => {
  const { quota } = aStore();
  quota.reserve('key-1', EVENING, EVENING + MINUTE_MS);

  expect(quota.use('key-1', EVENING + 1000)).toEqual({
    occupiedUntil: [EVENING + MINUTE_MS],
    usedToday: 1,
    usedThisMonth: 1,
    limits: null,
  });
  expect(quota.use('key-2', EVENING)).toMatchObject({ occupiedUntil: [], usedToday: 0 });
});

test('day and month begin anew at midnight UTC while the minute goes on', () => {
  const { quota } = aStore();
  quota.reserve('key-1', EVENING, EVENING + MINUTE_MS);
  expect(quota.use('key-1', EVENING + 31_000)).toMatchObject({
    occupiedUntil: [EVENING + MINUTE_MS],
    usedToday: 0,
    usedThisMonth: 0,
  });
});

test('a request that was never processed gives its day and month back, once', () => {
  const { quota } = aStore();
  const reservation = quota.reserve('key-1', EVENING, EVENING + MINUTE_MS);
  quota.settleReservation(reservation, EVENING + 5000, false);
  quota.settleReservation(reservation, EVENING + 5000, false);
  expect(quota.use('key-1', EVENING)).toMatchObject({ occupiedUntil: [EVENING + 5000], usedToday: 0 });
});

test('what the service counts raises what is known here and never lowers it', () => {
  const { quota } = aStore();
  quota.raiseUse('key-1', EVENING, 40, null);
  quota.raiseUse('key-1', EVENING, 10, 900);
  expect(quota.use('key-1', EVENING)).toMatchObject({ usedToday: 40, usedThisMonth: 900 });
});

test('limits are remembered for each key', () => {
  const { quota } = aStore();
  const limits = { perMinute: 4, perDay: 500, perMonth: null };
  quota.saveLimits('key-1', { ...limits, perMinute: 1 }, EVENING);
  quota.saveLimits('key-1', limits, EVENING);
  expect(quota.use('key-1', EVENING).limits).toEqual(limits);
});

test('use is durable: it is there when the store is opened again', () => {
  const store = aStore();
  store.quota.reserve('key-1', EVENING, EVENING + MINUTE_MS);
  store.close();
  expect(aStore(store.folder).quota.use('key-1', EVENING).usedToday).toBe(1);
});
