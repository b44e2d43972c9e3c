import { describe, expect, test } from 'vitest';
import { LabTime } from '../../../src-main/lab/lab-time.ts';
import { ManualClock } from '../../builders/manual-clock.ts';

const noon = Date.parse('2026-11-17T12:00:00Z');
const never = new AbortController().signal;

describe('the time of the lab', () => {
  test('runs faster than the clock by its speed', async () => {
    const clock = new ManualClock(noon);
    const time = new LabTime(clock, 60);
    await clock.advance(1000);
    expect(time.now()).toBe(noon + 60_000);
  });

  test("waits for its own milliseconds, not the clock's", async () => {
    const clock = new ManualClock(noon);
    let isOver = false;
    const waiting = new LabTime(clock, 60).wait(60_000, never).then(() => (isOver = true));
    await clock.advance(999);
    expect(isOver).toBe(false);
    await clock.advance(1);
    await waiting;
    expect(isOver).toBe(true);
  });

  test('does not fall back behind where it stood when the lab was closed', async () => {
    const clock = new ManualClock(noon);
    const time = new LabTime(clock, 1, noon + 5000);
    expect(time.now()).toBe(noon + 5000);
    await clock.advance(1000);
    expect(time.now()).toBe(noon + 6000);
  });

  test('can be moved forward and never back', () => {
    const time = new LabTime(new ManualClock(noon), 1);
    time.jumpTo(noon + 90_000);
    time.jumpTo(noon);
    expect(time.now()).toBe(noon + 90_000);
  });
});
