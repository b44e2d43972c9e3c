import type { QueueStatus } from '../../../src-shared/ipc/status.ts';
import { systemClock } from '../../app/clock.ts';
import type { QueueState } from '../../store/queries/queue-state.ts';
import type { Reader } from '../../store/reader.ts';
import { NO_KEY } from '../../store/setting-store.ts';
import type { QuotaStore } from '../../virustotal/lookup-store.ts';
import { QuotaLedger } from '../../virustotal/quota-ledger.ts';
import { describeQueue } from '../../virustotal/queue-status.ts';

/** How the queue stands by the store alone, beside whoever works it off: key and pause as that writer last knew them. */
export async function readQueueStatus(reader: Reader | null): Promise<QueueStatus> {
  const nowMs = systemClock.now();
  const state = reader ? await reader.ask('queueState', nowMs) : NO_STORE;
  const { keyId, isRejected } = state.key;
  const ledger = new QuotaLedger(quotaAsRead(state.quotaUse ?? UNUSED), systemClock);
  ledger.useKey(keyId);
  return describeQueue({
    nowMs,
    key: keyId === null ? { state: 'none' } : { state: 'ready', key: '', keyId },
    isKeyRejected: isRejected,
    isPausedByUser: state.isPaused,
    pause: null,
    inFlight: 0,
    waiting: state.waiting,
    nextDueAtMs: state.nextDueAtMs,
    ledger,
  });
}

const UNUSED = { occupiedUntil: [], usedToday: 0, usedThisMonth: 0, limits: null };
const NO_STORE: QueueState = {
  key: NO_KEY,
  isPaused: false,
  waiting: { files: 0, events: 0, dueNow: 0 },
  nextDueAtMs: null,
  quotaUse: null,
};

/** What was read is all there is: nothing is looked up from here. */
function quotaAsRead(use: ReturnType<QuotaStore['use']>): QuotaStore {
  return {
    use: () => use,
    reserve: () => 0,
    settleReservation: () => undefined,
    saveLimits: () => undefined,
    raiseUse: () => undefined,
  };
}
