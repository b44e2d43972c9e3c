import type { Database } from 'better-sqlite3';
import { utcDayKey, utcMonthKey, type QuotaLimits } from '../../../src-shared/domain/quota.ts';
import type { QuotaUse, WaitingCounts } from '../../virustotal/lookup-store.ts';
import { SettingStore, type KeyState } from '../setting-store.ts';
import { preparedOnce } from './statements.ts';

/** How the queue stands by the store alone: key and pause as its writer last knew them. */
export interface QueueState {
  readonly key: KeyState;
  readonly isPaused: boolean;
  readonly waiting: WaitingCounts;
  /** When the earliest file that is put off becomes due, in epoch milliseconds; null when none is. */
  readonly nextDueAtMs: number | null;
  /** Of that key; null without one. */
  readonly quotaUse: QuotaUse | null;
}

export function readQueueState(db: Database, nowMs: number): QueueState {
  const settings = new SettingStore(db, db.name);
  const key = settings.keyState();
  return {
    key,
    isPaused: settings.isPaused(),
    waiting: readWaiting(db, nowMs),
    nextDueAtMs: selectNextDue(db).get(nowMs)?.dueMs ?? null,
    quotaUse: key.keyId === null ? null : readQuotaUse(db, { keyId: key.keyId, nowMs }),
  };
}

/** From two counters and the short index of what is put off. */
export function readWaiting(db: Database, nowMs: number): WaitingCounts {
  const files = selectTally(db).get('waiting_files')?.value ?? 0;
  const later = countDeferred(db).get(nowMs)?.count ?? 0;
  return { files, events: selectTally(db).get('queued')?.value ?? 0, dueNow: Math.max(0, files - later) };
}

/** What is remembered of a key's use, by its random name. */
export function readQuotaUse(
  db: Database,
  { keyId, nowMs }: { readonly keyId: string; readonly nowMs: number },
): QuotaUse {
  return {
    occupiedUntil: selectOccupied(db)
      .all(keyId, nowMs)
      .map(({ until }) => until),
    usedToday: selectUsed(db).get(keyId, utcDayKey(nowMs))?.used ?? 0,
    usedThisMonth: selectUsed(db).get(keyId, utcMonthKey(nowMs))?.used ?? 0,
    limits: selectLimits(db).get(keyId) ?? null,
  };
}

const selectTally = preparedOnce<{ value: number }>('SELECT value FROM tally WHERE name = ?');
const countDeferred = preparedOnce<{ count: number }>(
  'SELECT count(*) AS count FROM file WHERE due_ms > 0 AND due_ms > ? AND verdict_id IS NULL',
);
const selectNextDue = preparedOnce<{ dueMs: number }>(
  'SELECT due_ms AS dueMs FROM file WHERE due_ms > 0 AND due_ms > ? ORDER BY due_ms LIMIT 1',
);
const selectOccupied = preparedOnce<{ until: number }>(
  `SELECT occupied_until_ms AS until FROM quota_reservation WHERE key_id = ? AND occupied_until_ms > ?
   ORDER BY occupied_until_ms`,
);
const selectUsed = preparedOnce<{ used: number }>(
  'SELECT used FROM quota_use WHERE key_id = ? AND period = ?',
);
const selectLimits = preparedOnce<QuotaLimits>(
  `SELECT per_minute AS perMinute, per_day AS perDay, per_month AS perMonth FROM quota_limits WHERE key_id = ?`,
);
