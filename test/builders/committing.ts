import type { AlertBatch, AlertJournal, AlertRecord } from '../../src-main/alerts/alert-journal.ts';
import type { LookupStore } from '../../src-main/virustotal/lookup-store.ts';
import type { ReadCounts } from '../../src-shared/domain/counts.ts';
import type { FileHash } from '../../src-shared/domain/file-hash.ts';
import type { LookupOutcome } from '../../src-shared/domain/outcome.ts';
import { FIRST_ALERT_SEC } from './alerts.ts';

/** The tests' now: an hour after the first alert. */
export const NOW_MS = (FIRST_ALERT_SEC + 3600) * 1000;

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
  store: { readonly journal: AlertJournal; readonly sourceId: number },
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
  store: { readonly lookups: LookupStore },
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
