import { describe, expect, test } from 'vitest';
import { Random } from '../../../src-main/lab/random.ts';

const numbers = (seed: string) => {
  const random = new Random(seed);
  return Array.from({ length: 5 }, () => random.integer(0, 999));
};

describe('a repeatable stream of choices', () => {
  test('is the same for the same seed on every machine', () => {
    expect(numbers('lab')).toEqual(numbers('lab'));
    expect(numbers('lab')).toEqual([569, 38, 22, 911, 8]);
    expect(numbers('other')).not.toEqual(numbers('lab'));
  });

  test('integers reach both ends and nothing beyond', () => {
    const random = new Random('ends');
    const seen = new Set(Array.from({ length: 500 }, () => random.integer(3, 6)));
    expect(seen).toEqual(new Set([3, 4, 5, 6]));
  });

  test('weights are respected, roughly', () => {
    const random = new Random('weights');
    const picks = Array.from({ length: 4000 }, () =>
      random.weighted([
        [3, 'often'],
        [1, 'seldom'],
      ]),
    );
    const often = picks.filter((pick) => pick === 'often').length;
    expect(often / picks.length).toBeCloseTo(0.75, 1);
  });

  test('shuffling keeps every item and leaves the original alone', () => {
    const items = [1, 2, 3, 4, 5, 6, 7, 8];
    const shuffled = new Random('cards').shuffled(items);
    expect(new Set(shuffled)).toEqual(new Set(items));
    expect(shuffled).toHaveLength(items.length);
    expect(shuffled).not.toEqual(items);
  });

  test('nothing can be picked from nothing', () => {
    expect(() => new Random('empty').pick([])).toThrow('nothing to pick from');
  });
});
