import type { QueueStatus } from '../../../src-shared/ipc/status.ts';
import { systemClock } from '../../app/clock.ts';
import { StoreLookups } from '../../store/lookup-queue.ts';
import { StoreQuota } from '../../store/quota-store.ts';
import type { DirectReader } from '../../store/reader.ts';
import { NO_KEY, SettingStore } from '../../store/setting-store.ts';
import { WriteSession } from '../../store/write-session.ts';
import type { QuotaStore } from '../../virustotal/lookup-store.ts';
import { QuotaLedger } from '../../virustotal/quota-ledger.ts';
import { describeQueue } from '../../virustotal/queue-status.ts';

/** How the queue stands by the store alone, beside whoever works it off: key and pause as that writer last knew them. */
export function readQueueStatus(reader: DirectReader | null): QueueStatus {
  const nowMs = systemClock.now();
  if (!reader)
    return describe(new QuotaLedger(NO_QUOTA, systemClock), NO_KEY, false, NOTHING_WAITS, nowMs, null);
  // The connection is read-only: a statement that would change something cannot run on it.
  const session = new WriteSession(reader.connection, reader.connection.name);
  const settings = new SettingStore(reader.connection, reader.connection.name);
  const lookups = new StoreLookups(session, settings);
  const nextDueAtMs = lookups.nextDueAt(nowMs, new Set());
  const ledger = new QuotaLedger(new StoreQuota(session), systemClock);
  return describe(
    ledger,
    settings.keyState(),
    settings.isPaused(),
    lookups.waiting(nowMs),
    nowMs,
    nextDueAtMs,
  );
}

function describe(
  ledger: QuotaLedger,
  { keyId, isRejected }: Pick<typeof NO_KEY, 'keyId' | 'isRejected'>,
  isPausedByUser: boolean,
  waiting: Parameters<typeof describeQueue>[0]['waiting'],
  nowMs: number,
  nextDueAtMs: number | null,
): QueueStatus {
  ledger.useKey(keyId);
  return describeQueue({
    nowMs,
    key: keyId === null ? { state: 'none' } : { state: 'ready', key: '', keyId },
    isKeyRejected: isRejected,
    isPausedByUser,
    pause: null,
    inFlight: 0,
    waiting,
    nextDueAtMs,
    ledger,
  });
}

const NOTHING_WAITS = { files: 0, events: 0, dueNow: 0 };
const NO_QUOTA: QuotaStore = {
  use: () => ({ occupiedUntil: [], usedToday: 0, usedThisMonth: 0, limits: null }),
  reserve: () => 0,
  settleReservation: () => undefined,
  saveLimits: () => undefined,
  raiseUse: () => undefined,
};
