import { expect, test, vi } from 'vitest';
import { ScanCollector } from '../../../src-main/app/scans/scan-collector.ts';
import { aDraft } from '../../builders/a-profile.ts';
import { aStore } from '../../builders/a-store.ts';
import { anOrder, aStoredScan } from '../../builders/a-stored-scan.ts';
import { commit, NOW_MS } from '../../builders/committing.ts';
import { aResponse, aScriptLine } from '../../builders/heard-alerts.ts';
import { until } from '../../builders/until.ts';

function aCollectingStore() {
  const store = aStore();
  const profileId = store.profiles.add(aDraft({ name: 'prod' }));
  const sourceId = store.sources.add({
    profile: 'prod',
    profileId,
    path: '/prod/alerts.json',
    format: 'json',
    isFollowed: true,
    readsArchives: false,
  });
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

function sent(store: ReturnType<typeof aCollectingStore>): number {
  const scan = aStoredScan(1, { program: 'script', agentName: 'web-01' });
  const [id = 0] = store.scans.addOrder(anOrder({ askedMs: NOW_MS }), [scan], NOW_MS).scanIds;
  const time = new Date(NOW_MS).toISOString();
  store.scans.addEvidence(id, [{ what: 'sending', source: 'app', time, detail: '', facts: null }]);
  return id;
}

function scansOf(store: ReturnType<typeof aCollectingStore>): number {
  let scans = 0;
  while (store.scans.scan(scans + 1)) scans += 1;
  return scans;
}

test('tells who listens which scans were heard of', () => {
  const store = aCollectingStore();
  const id = sent(store);
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
  const { token = '' } = store.scans.scan(sent(store)) ?? {};
  commit(store, [aResponse(NOW_MS)]);
  commit({ ...store, sourceId: store.localId }, [aScriptLine(NOW_MS, { token })]);
  store.collector.collect();
  expect(store.told).toEqual([]);
  expect(store.changed).toHaveBeenCalledTimes(1);
});

test('many alerts are collected to the last, and other work gets its turn meanwhile', async () => {
  const store = aCollectingStore();
  commit(
    store,
    Array.from({ length: 450 }, (_, index) => aResponse(NOW_MS + index * 70_000)),
    NOW_MS + 1e9,
  );
  store.collector.collect();
  expect(scansOf(store)).toBeLessThan(450);
  await until(() => expect(scansOf(store)).toBe(450));
  expect(store.onTrouble).not.toHaveBeenCalled();
});

test('a collector that was closed leaves the rest for the next start', async () => {
  const store = aCollectingStore();
  commit(
    store,
    Array.from({ length: 450 }, (_, index) => aResponse(NOW_MS + index * 70_000)),
    NOW_MS + 1e9,
  );
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
