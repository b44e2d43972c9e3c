import { describe, expect, test } from 'vitest';
import { reconnectDelayMs } from '../../../../src-main/manager/ssh/reconnect-delay.ts';

describe('the time until the next attempt', () => {
  test('doubles up to a minute, is drawn at random, and is never nothing', () => {
    expect([0, 1, 2, 5, 6, 50].map((failures) => reconnectDelayMs(failures, 1))).toEqual([
      1_000, 2_000, 4_000, 32_000, 60_000, 60_000,
    ]);
    expect(reconnectDelayMs(6, 0.5)).toBe(30_000);
    expect(reconnectDelayMs(6, 0)).toBe(200);
  });
});
