import { expect, test } from 'vitest';
import { estimateEnd } from '../../../src-main/virustotal/queue-estimate.ts';

const LIMITS = { perMinute: 4, perDay: 500, perMonth: 15_500 };

function estimate(waiting: number, left: { today: number | null; thisMonth: number | null }, start: string) {
  const endMs = estimateEnd({ startMs: Date.parse(start), waiting, limits: LIMITS, left });
  return endMs === null ? null : new Date(endMs).toISOString();
}

test('within a minute, within a day, over days, over months', () => {
  const fresh = { today: 500, thisMonth: 15_500 };
  expect(estimate(4, fresh, '2026-11-21T10:00:00Z')).toBe('2026-11-21T10:00:00.000Z');
  expect(estimate(100, fresh, '2026-11-21T10:00:00Z')).toBe('2026-11-21T10:24:00.000Z');
  expect(estimate(312, { today: 88, thisMonth: 15_500 }, '2026-11-21T10:00:00Z')).toBe(
    '2026-11-22T00:55:00.000Z',
  );
  expect(estimate(1_200, fresh, '2026-11-21T10:00:00Z')).toBe('2026-11-23T00:49:00.000Z');
  expect(estimate(10, { today: 500, thisMonth: 0 }, '2026-11-21T10:00:00Z')).toBe('2026-12-01T00:02:00.000Z');
});

test('late in the day the rate is what counts, not the allowance', () => {
  expect(estimate(100, { today: 500, thisMonth: null }, '2026-11-21T23:50:00Z')).toBe(
    '2026-11-22T00:14:00.000Z',
  );
});

test('without limits only the minute counts, and what takes more than ten years has no answer', () => {
  const limits = { perMinute: 1000, perDay: null, perMonth: null };
  const left = { today: null, thisMonth: null };
  const startMs = Date.parse('2026-11-21T10:00:00Z');
  expect(estimateEnd({ startMs, waiting: 60_000, limits, left })).toBe(startMs + 59 * 60_000);
  const stingy = { perMinute: 1, perDay: 1, perMonth: null };
  expect(
    estimateEnd({ startMs, waiting: 10_000, limits: stingy, left: { today: 1, thisMonth: null } }),
  ).toBeNull();
});
