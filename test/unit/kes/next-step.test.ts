import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holdsPlace, nextStep, type ScanWay } from '../../../src-main/kes/desk/next-step.ts';
import type { StoredOrder, StoredScan } from '../../../src-main/kes/scan-store.ts';
import { SCAN_STATES } from '../../../src-shared/domain/scan.ts';
import { anOrder, ASKED_MS, aStoredScan } from '../../builders/a-stored-scan.ts';

const OPEN: ScanWay = { kind: 'open' };
const FULL: ScanWay = { kind: 'full' };
const DISCONNECTED: ScanWay = { kind: 'agent-away', status: 'disconnected' };

function step(
  scans: readonly StoredScan[],
  {
    order = anOrder(),
    way = OPEN,
    afterMs = 1000,
    lastSentMs = null,
  }: {
    order?: StoredOrder;
    way?: ScanWay;
    afterMs?: number;
    lastSentMs?: number | null;
  } = {},
) {
  return nextStep({ order, scans, nowMs: ASKED_MS + afterMs, lastSentMs, wayOf: () => way });
}
const sent = (id: number, change: Partial<StoredScan> = {}) =>
  aStoredScan(id, { state: 'sent', sentMs: ASKED_MS, ...change });
const canaryOrder = anOrder({ rules: { atOnce: 5, pauseSeconds: 0, canary: true, waitHours: 24 } });

describe('the next step of an order', () => {
  test('sends the first that waits', () => {
    expect(step([aStoredScan(1), aStoredScan(2)])).toMatchObject({ kind: 'send', scan: { id: 1 } });
  });

  test('never has more under way than the limit', () => {
    expect(step([sent(1), sent(2), aStoredScan(3)])).toBeNull();
    expect(step([sent(1), sent(2, { state: 'launched' }), aStoredScan(3)])).toMatchObject({ kind: 'send' });
  });

  test('a way that reports its end holds its place until then, or a day', () => {
    const scan = sent(1, { state: 'launched', program: 'script' });
    expect(holdsPlace(scan, ASKED_MS + 1000)).toBe(true);
    expect(holdsPlace(scan, ASKED_MS + 26 * 3_600_000)).toBe(false);
    expect(holdsPlace({ ...scan, program: 'wrapper' }, ASKED_MS + 1000)).toBe(false);
  });

  test('pauses between two', () => {
    const order = anOrder({ rules: { atOnce: 9, pauseSeconds: 60, canary: false, waitHours: 0 } });
    expect(step([sent(1), aStoredScan(2)], { order, lastSentMs: ASKED_MS })).toBeNull();
    expect(step([sent(1), aStoredScan(2)], { order, lastSentMs: ASKED_MS, afterMs: 60_000 })).toMatchObject({
      kind: 'send',
    });
  });

  test('an agent that is away is waited for without holding up the others', () => {
    const until = { waitsUntilMs: ASKED_MS + 3_600_000 };
    const scans = [aStoredScan(1, until), aStoredScan(2, until), aStoredScan(3)];
    const view = {
      order: anOrder(),
      nowMs: ASKED_MS,
      lastSentMs: null,
      wayOf: ({ id }: StoredScan) => (id === 3 ? OPEN : DISCONNECTED),
    };
    expect(nextStep({ ...view, scans })).toMatchObject({
      kind: 'wait-for-agent',
      scans: [{ scan: { id: 1 }, status: 'disconnected' }, { scan: { id: 2 } }],
    });
    const waiting = scans.map((scan) =>
      scan.id === 3 ? scan : { ...scan, state: 'waiting-for-agent' as const },
    );
    expect(nextStep({ ...view, scans: waiting })).toMatchObject({ kind: 'send', scan: { id: 3 } });
  });

  test('waiting has an end, and an order that does not wait has it at once', () => {
    const scan = aStoredScan(1, { state: 'waiting-for-agent', waitsUntilMs: ASKED_MS + 500 });
    expect(step([scan], { way: DISCONNECTED })).toMatchObject({ kind: 'expire', because: 'agent' });
    expect(step([scan], { way: DISCONNECTED, afterMs: 400 })).toBeNull();
    expect(step([aStoredScan(1)], { way: DISCONNECTED })).toMatchObject({ kind: 'expire' });
  });

  test('a manager that is away keeps its scans back; even an order that does not wait gives it some minutes', () => {
    const way = { kind: 'manager-away', sinceMs: ASKED_MS } as const;
    expect(step([aStoredScan(1)], { way })).toBeNull();
    expect(step([aStoredScan(1)], { way, afterMs: 11 * 60_000 })).toMatchObject({
      kind: 'expire',
      because: 'manager',
    });
    const patient = aStoredScan(1, { waitsUntilMs: ASKED_MS + 3_600_000 });
    expect(step([patient], { way, afterMs: 11 * 60_000 })).toBeNull();
  });

  test('an agent that is being reached holds its place; a full way lets others go', () => {
    const ssh = { route: 'agent-ssh', program: 'kesl-control' } as const;
    const scans = [aStoredScan(1, ssh), aStoredScan(2, ssh), aStoredScan(3, ssh)];
    const view = { order: anOrder(), nowMs: ASKED_MS, lastSentMs: null, scans };
    const taken = (...ids: number[]) => ({
      ...view,
      wayOf: ({ id }: StoredScan): ScanWay => (ids.includes(id) ? { kind: 'taken' } : OPEN),
    });
    expect(nextStep(taken(1))).toMatchObject({ kind: 'send', scan: { id: 2 } });
    expect(nextStep(taken(1, 2))).toBeNull();
    const firstIsFull = { ...view, wayOf: (scan: StoredScan) => (scan === scans[0] ? FULL : OPEN) };
    expect(nextStep(firstIsFull)).toMatchObject({ kind: 'send', scan: { id: 2 } });
  });

  test('the others wait for the canary, and for a person when it did not end well', () => {
    const canary = aStoredScan(1, { isCanary: true, program: 'script' });
    const order = canaryOrder;
    const others = [aStoredScan(2), aStoredScan(3)];
    expect(step([canary, ...others], { order })).toMatchObject({ kind: 'send', scan: { id: 1 } });
    expect(step([{ ...canary, state: 'running', sentMs: ASKED_MS }, ...others], { order })).toBeNull();
    expect(step([{ ...canary, state: 'finished-clean' }, ...others], { order })).toMatchObject({
      kind: 'send',
      scan: { id: 2 },
    });
    for (const state of ['finished-with-detections', 'failed', 'refused', 'unknown', 'cancelled'] as const) {
      expect(step([{ ...canary, state }, ...others], { order })).toMatchObject({ kind: 'hold' });
    }
  });

  test('a canary that ended waits for its result, and for a person when none comes', () => {
    const canary = aStoredScan(1, {
      isCanary: true,
      program: 'script',
      state: 'finished',
      endedMs: ASKED_MS,
    });
    const scans = [canary, aStoredScan(2)];
    expect(step(scans, { order: canaryOrder })).toBeNull();
    expect(step(scans, { order: canaryOrder, afterMs: 180_000 })).toMatchObject({ kind: 'hold' });
    const byWrapper = [{ ...canary, program: 'wrapper' as const }, aStoredScan(2)];
    expect(step(byWrapper, { order: canaryOrder })).toMatchObject({ kind: 'send', scan: { id: 2 } });
  });

  test('what is held stays held', () => {
    expect(step([aStoredScan(1)], { order: anOrder({ heldBecause: 'x' }) })).toBeNull();
  });

  test('whatever the fleet: the limit holds, and nothing is sent that is not waiting', () => {
    const scans = array(
      record({ state: constantFrom(...SCAN_STATES), program: constantFrom('wrapper', 'script') }),
      { maxLength: 12 },
    );
    assert(
      property(scans, integer({ min: 1, max: 4 }), (picked, atOnce) => {
        const all = picked.map(({ state, program }, at) =>
          aStoredScan(at + 1, { state, program, sentMs: ASKED_MS }),
        );
        const order = anOrder({ rules: { atOnce, pauseSeconds: 0, canary: false, waitHours: 0 } });
        const next = step(all, { order });
        const underWay = all.filter((scan) => holdsPlace(scan, ASKED_MS + 1000)).length;
        expect(next === null || next.kind !== 'send' || underWay < atOnce).toBe(true);
        expect(
          next?.kind !== 'send' || next.scan.state === 'planned' || next.scan.state === 'waiting-for-agent',
        ).toBe(true);
      }),
    );
  });
});
