import { expect, test } from 'vitest';
import {
  BackOff,
  pendingDelayMs,
  refusedFileDelayMs,
  troubledFileDelayMs,
} from '../../../src-main/virustotal/back-off.ts';
import { QueuePause } from '../../../src-main/virustotal/queue-pause.ts';

const HOUR_MS = 3_600_000;

test('delays double up to the cap and begin anew after an answer', () => {
  const backOff = new BackOff(1_000, 60_000, () => 0);
  expect(Array.from({ length: 8 }, () => backOff.next() / 1000)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  backOff.reset();
  expect(backOff.next()).toBe(1_000);
});

test('jitter takes away at most a half', () => {
  expect(new BackOff(1_000, 60_000, () => 0.999_999).next()).toBe(500);
});

test('an unfinished analysis is asked again ever more rarely, at most once a day', () => {
  const hours = Array.from({ length: 10 }, (_, times) => pendingDelayMs(times) / HOUR_MS);
  expect(hours).toEqual([1 / 6, 0.5, 1, 2, 4, 8, 16, 24, 24, 24]);
  expect(refusedFileDelayMs(0)).toBe(60_000);
  expect(refusedFileDelayMs(100)).toBe(24 * HOUR_MS);
  expect(troubledFileDelayMs(9)).toBe(60_000);
  expect(troubledFileDelayMs(100)).toBe(24 * HOUR_MS);
});

test('several requests that meet the same trouble lengthen the pause once', () => {
  const pause = new QueuePause(() => 0);
  const requests = [pause.numberRequest(), pause.numberRequest(), pause.numberRequest()];
  for (const request of requests) pause.failed('service', { kind: 'timed-out' }, request, 0);
  expect(pause.current?.untilMs).toBe(1_000);
  pause.failed('service', { kind: 'timed-out' }, pause.numberRequest(), 1_000);
  expect(pause.current?.untilMs).toBe(3_000);
});

test('an answer to a request from before the pause does not end it', () => {
  const pause = new QueuePause(() => 0);
  const [early, late] = [pause.numberRequest(), pause.numberRequest()];
  pause.rateLimited(30_000, late, 0);
  pause.answered(early);
  expect(pause.current).toMatchObject({ reason: 'rate-limited', untilMs: 30_000 });
  pause.answered(pause.numberRequest());
  expect(pause.current).toBeNull();
});
