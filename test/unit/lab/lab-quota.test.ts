import { array, assert, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LabQuota } from '../../../src-main/lab/virustotal/lab-quota.ts';

const midnight = Date.parse('2026-11-30T00:00:00Z');

describe("the quota of the lab's VirusTotal", () => {
  test('whatever the rhythm of questions, no sixty seconds hold more answers than allowed', () => {
    const rhythms = array(integer({ min: 0, max: 30_000 }), { maxLength: 80 });
    const keepsTo = property(rhythms, integer({ min: 1, max: 6 }), (gaps, perMinute) => {
      const answered = answeredAt(gaps, perMinute);
      const fullest = answered.map(
        (at) => answered.filter((other) => other > at - 60_000 && other <= at).length,
      );
      expect(Math.max(0, ...fullest)).toBeLessThanOrEqual(perMinute);
    });
    expect(() => assert(keepsTo)).not.toThrow();
  });

  test('a question is refused only when the minute before it is full', () => {
    const quota = new LabQuota({ perMinute: 2, perDay: null, perMonth: null });
    const answers = [0, 1, 59_999, 60_000, 60_001].map((ms) => quota.take(midnight + ms));
    expect(answers).toEqual([true, true, false, true, true]);
  });

  test('day and month turn over at midnight UTC, refusals are never counted', () => {
    const quota = new LabQuota({ perMinute: 100, perDay: 2, perMonth: 3 });
    const day = [1, 2, 3].map((ms) => quota.take(midnight - 1000 + ms));
    const nextDay = [1, 2].map((ms) => quota.take(midnight + ms));
    const nextMonth = quota.take(midnight + 86_400_000);
    expect([day, nextDay, nextMonth]).toEqual([[true, true, false], [true, false], true]);
  });

  test('tells what a key may ask: by the hour, the day and the month', () => {
    const quota = new LabQuota({ perMinute: 4, perDay: 500, perMonth: 15_500 });
    quota.take(midnight);
    quota.take(midnight + 3_599_000);
    expect(quota.overall(midnight + 3_600_000)).toEqual({
      data: {
        api_requests_hourly: { user: { allowed: 240, used: 1 } },
        api_requests_daily: { user: { allowed: 500, used: 2 } },
        api_requests_monthly: { user: { allowed: 15_500, used: 2 } },
      },
    });
  });

  test('goes on after a restart where it was', () => {
    const limits = { perMinute: 1, perDay: 5, perMonth: 9 };
    const before = new LabQuota(limits);
    before.take(midnight);
    const after = new LabQuota(limits, before.memory(midnight + 1000));
    expect([after.take(midnight + 59_999), after.take(midnight + 60_000)]).toEqual([false, true]);
  });
});

function answeredAt(gaps: readonly number[], perMinute: number): number[] {
  const quota = new LabQuota({ perMinute, perDay: null, perMonth: null });
  let nowMs = midnight;
  return gaps.flatMap((gap) => {
    nowMs += gap;
    return quota.take(nowMs) ? [nowMs] : [];
  });
}
