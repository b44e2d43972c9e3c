import { expect, test, vi } from 'vitest';
import { ScanCollector } from '../../../src-main/app/scans/scan-collector.ts';
import { aManager } from '../../builders/a-manager.ts';
import { aStore } from '../../builders/a-store.ts';
import { commit, NOW_MS } from '../../builders/committing.ts';
import { aResponse, aScriptLine } from '../../builders/heard-alerts.ts';
import { aSentScan } from '../../builders/some-evidence.ts';
import { until } from '../../builders/until.ts';

function aCollectingStore() {
  const store = aStore();
  const { sourceId } = aManager(store, 'prod');
  const told: (readonly number[])[] = [];
  const changed = vi.fn<() => void>();
  const onTrouble = vi.fn<(error: unknown) => void>();
  const collector = new ScanCollector({
    alerts: store.scanAlerts,
    clock: { now: () => NOW_MS },
    changed,
    onTrouble,
  });
  const stop = collector.onEvidence((scanIds) => told.push(scanIds));
  return { ...store, sourceId, localId: store.sourceId, collector, told, changed, onTrouble, stop };
}

/** 450 responses, each too far from the next to belong to one scan. */
function commitMany(store: ReturnType<typeof aCollectingStore>): void {
  const responses = Array.from({ length: 450 }, (_, index) => aResponse(NOW_MS + index * 70_000));
  commit(store, responses, NOW_MS + 1e9);
}

function scansOf(store: ReturnType<typeof aCollectingStore>): number {
  let scans = 0;
  while (store.scans.scan(scans + 1)) scans += 1;
  return scans;
}

test('tells who listens which scans were heard of', () => {
  const store = aCollectingStore();
  const id = aSentScan(store, { program: 'script' });
  const { token = '' } = store.scans.scan(id) ?? {};
  commit(store, [aScriptLine(NOW_MS, { token }), aScriptLine(NOW_MS + 1, { token, event: 'state' })]);
  store.collector.collect();
  store.collector.collect();
  expect(store.told).toEqual([[id]]);
  expect(store.changed).toHaveBeenCalledTimes(1);
  store.stop();
  commit(store, [aScriptLine(NOW_MS + 2, { token, event: 'refused' })]);
  store.collector.collect();
  expect(store.told).toHaveLength(1);
  expect(store.scans.scan(id)?.state).toBe('refused');
});

test('what managers launch by themselves, and files that are read once, wake nobody', () => {
  const store = aCollectingStore();
  const { token = '' } = store.scans.scan(aSentScan(store, { program: 'script' })) ?? {};
  commit(store, [aResponse(NOW_MS)]);
  commit({ ...store, sourceId: store.localId }, [aScriptLine(NOW_MS, { token })]);
  store.collector.collect();
  expect(store.told).toEqual([]);
  expect(store.changed).toHaveBeenCalledTimes(1);
});

test('many alerts are collected to the last, and other work gets its turn meanwhile', async () => {
  const store = aCollectingStore();
  commitMany(store);
  store.collector.collect();
  expect(scansOf(store)).toBeLessThan(450);
  await until(() => expect(scansOf(store)).toBe(450));
  expect(store.onTrouble).not.toHaveBeenCalled();
});

test('a collector that was closed leaves the rest for the next start', async () => {
  const store = aCollectingStore();
  commitMany(store);
  store.collector.collect();
  store.collector.close();
  await new Promise((resolve) => setImmediate(resolve));
  expect(scansOf(store)).toBe(50);
});

test('trouble is told and the alerts wait for the next time', () => {
  const trouble = new Error('no room');
  const onTrouble = vi.fn<(error: unknown) => void>();
  const collector = new ScanCollector({
    alerts: {
      collect: () => {
        throw trouble;
      },
    },
    clock: { now: () => NOW_MS },
    changed: () => undefined,
    onTrouble,
  });
  collector.collect();
  expect(onTrouble).toHaveBeenCalledWith(trouble);
});
