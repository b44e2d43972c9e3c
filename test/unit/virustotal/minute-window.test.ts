import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LookupClient } from '../../../src-main/virustotal/virustotal-client.ts';
import { MinuteWindow } from '../../../src-main/virustotal/minute-window.ts';
import { InMemoryLookups, InMemoryQuota } from '../../builders/in-memory-lookups.ts';
import { aHash, ChangeableKey, LookupBench } from '../../builders/lookup-bench.ts';
import { ManualClock } from '../../builders/manual-clock.ts';

const MINUTES = 8;

interface Latencies {
  /** Connecting, the way there, working on it, the way back: milliseconds. */
  readonly connect: number;
  readonly there: number;
  readonly work: number;
  readonly back: number;
}

/** A service that counts a request when it arrives, with a network between us. Takes simulated time only. */
class FarService implements LookupClient {
  readonly arrivals: number[] = [];
  readonly #clock: ManualClock;
  readonly #perMinute: number;
  readonly #latencies: readonly Latencies[];

  constructor(clock: ManualClock, perMinute: number, latencies: readonly Latencies[]) {
    this.#clock = clock;
    this.#perMinute = perMinute;
    this.#latencies = latencies;
  }

  overallQuotas() {
    const limits = { perMinute: this.#perMinute, perDay: null, perMonth: null };
    const quotas = { limits, usedToday: null, usedThisMonth: null, isPublic: false };
    return Promise.resolve({ kind: 'known', quotas } as const);
  }

  async lookup(): ReturnType<LookupClient['lookup']> {
    const turn = this.arrivals.length % this.#latencies.length;
    const latency = this.#latencies[turn] ?? { connect: 0, there: 0, work: 0, back: 0 };
    const { signal } = new AbortController();
    await this.#clock.wait(latency.connect, signal);
    const sentAtMs = this.#clock.now();
    await this.#clock.wait(latency.there, signal);
    this.arrivals.push(this.#clock.now());
    await this.#clock.wait(latency.work + latency.back, signal);
    return { outcome: { kind: 'no-records' }, blame: 'none', sentAtMs };
  }
}

const latencies = fc.record({
  connect: fc.integer({ min: 0, max: 400 }),
  there: fc.integer({ min: 0, max: 2_000 }),
  work: fc.integer({ min: 0, max: 20_000 }),
  back: fc.integer({ min: 0, max: 2_000 }),
});

test('no 60 seconds ever hold more than the limit as the service counts, and 95 % of it is used', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 40 }),
      fc.array(latencies, { minLength: 1, maxLength: 30 }),
      async (perMinute, latencies) => {
        const clock = new ManualClock(Date.parse('2026-11-17T09:00:00Z'));
        const service = new FarService(clock, perMinute, latencies);
        const lookups = new InMemoryLookups();
        for (let index = 0; index < perMinute * (MINUTES + 2); index += 1) lookups.add(aHash(`${index}`));
        const keys = new ChangeableKey('a key for the far service');
        const bench = new LookupBench({ clock, client: service, lookups, quota: new InMemoryQuota(), keys });
        bench.queue.start();
        for (let second = 0; second < MINUTES * 60; second += 1) await clock.advance(1_000);
        void bench.queue.stop(0);
        const { arrivals } = service;
        for (const [index, at] of arrivals.entries()) {
          const next = arrivals[index + perMinute] ?? Number.POSITIVE_INFINITY;
          expect(next - at).toBeGreaterThanOrEqual(60_000);
        }
        expect(arrivals.length).toBeGreaterThanOrEqual(0.95 * perMinute * (MINUTES - 1));
        await clock.advance(60_000);
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

test('a slot is free 60 s after the answer, or 62 s after the sending when the answer takes longer', () => {
  const window = new MinuteWindow([], 0);
  expect(window.occupation({ sentAtMs: 1_000, endedAtMs: 1_500 })).toBe(61_600);
  expect(window.occupation({ sentAtMs: 1_000, endedAtMs: 29_000 })).toBe(63_100);
  expect(window.occupation({ sentAtMs: null, endedAtMs: 10_000 })).toBe(10_000);
});

test('slots of a killed process are held until the service can have forgotten its requests', () => {
  const window = new MinuteWindow([50_000, 80_000], 10_000);
  expect(window.freeAt(3, 10_000)).toBe(10_000);
  expect(window.freeAt(2, 10_000)).toBe(50_000);
  expect(window.freeAt(1, 10_000)).toBe(80_000);
});

test('a clock that is set back by hours does not hold the slots for hours', () => {
  const window = new MinuteWindow([], 10_000_000);
  window.occupy(1, 10_060_000, 10_000_000);
  expect(window.freeAt(1, 10_000_000 - 7_200_000)).toBe(10_060_000 - 7_200_000);
  const reopened = new MinuteWindow([10_060_000], 10_000_000 - 7_200_000);
  expect(reopened.freeAt(1, 10_000_000 - 7_200_000)).toBeLessThan(10_000_000 - 7_200_000 + 100_000);
});
