import { describe, expect, it } from 'vitest';
import { dayLabel, scaleTop } from '../../../../src-renderer/overview/chart-scale.ts';

describe('the scale of the day chart', () => {
  it('ends closely above the highest day, at a number with a whole half', () => {
    const tops = [0, 1, 2, 3, 5, 7, 9, 11, 55, 388, 492, 500, 512, 999, 1001, 40_000].map(scaleTop);
    expect(tops).toEqual([2, 2, 2, 4, 6, 8, 10, 20, 60, 400, 500, 500, 600, 1000, 2000, 40_000]);
  });

  it('never lets a bar stick out, and wastes at most half of the height', () => {
    for (let highest = 3; highest < 20_000; highest += 7) {
      const top = scaleTop(highest);
      expect(top).toBeGreaterThanOrEqual(highest);
      expect(top).toBeLessThanOrEqual(highest * 2);
      expect(top % 2).toBe(0);
    }
  });
});

describe('the days under it', () => {
  it('name the month where it begins to be told', () => {
    const days = ['2026-10-31', '2026-11-01', '2026-11-02', '2026-11-03'];
    expect(days.map((day, index) => dayLabel(day, index, days.length))).toEqual([
      '31 Oct',
      '1 Nov',
      '2',
      'Today',
    ]);
  });
});
