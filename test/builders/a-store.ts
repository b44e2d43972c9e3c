import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AlertBatch, AlertRecord } from '../../src-main/alerts/alert-journal.ts';
import { openStore, type Store } from '../../src-main/store/open-store.ts';
import type { ReadCounts } from '../../src-shared/domain/counts.ts';
import type { FileHash } from '../../src-shared/domain/file-hash.ts';
import type { LookupOutcome } from '../../src-shared/domain/outcome.ts';
import { FIRST_ALERT_SEC } from './alerts.ts';

/** The tests' now: an hour after the first alert. */
export const NOW_MS = (FIRST_ALERT_SEC + 3600) * 1000;

/** A data folder that goes with the test. */
export function aDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real store in a folder of its own, with one source. */
export function aStore(
  folder = aDataFolder(),
): Store & { readonly folder: string; readonly sourceId: number } {
  const store = openStore(folder, { clock: { now: () => NOW_MS } });
  onTestFinished(() => store.close());
  const sourceId = store.sources.add({
    profile: 'local',
    path: '/var/ossec/logs/alerts/alerts.json',
    format: 'json',
    isFollowed: true,
    readsArchives: false,
  });
  return { ...store, folder, sourceId };
}

export function aBatch(sourceId: number, changes: Partial<AlertBatch> = {}): AlertBatch {
  const records = changes.records ?? [];
  return {
    sourceId,
    format: 'json',
    position: null,
    alerts: records.length,
    bytes: records.reduce((sum, { raw }) => sum + raw.length, 0),
    records,
    malformed: [],
    losses: [],
    ...changes,
  };
}

/** Commits alerts as one batch, each with a source text that names it. */
export function commit(
  store: Store & { readonly sourceId: number },
  alerts: readonly AlertRecord['alert'][],
  nowMs = NOW_MS,
): ReadCounts {
  const records = alerts.map((alert, index) => ({
    alert,
    offset: index * 1000,
    raw: Buffer.from(`{"id":"${alert.alertId}"}`),
  }));
  return store.journal.commit(aBatch(store.sourceId, { records }), nowMs);
}

/** Takes the next file of the queue and ends its lookup so; the asked digest comes back. */
export function settleNext(
  store: Store,
  outcome: LookupOutcome | ((asked: FileHash) => LookupOutcome),
  atMs = NOW_MS,
) {
  const due = store.lookups.nextDue(atMs, new Set());
  if (!due) throw new Error('The queue is empty.');
  const settled = store.lookups.settle({
    fileId: due.fileId,
    asked: due.hash,
    outcome: typeof outcome === 'function' ? outcome(due.hash) : outcome,
    atMs,
    retryAtMs: null,
  });
  return { due, settled };
}
