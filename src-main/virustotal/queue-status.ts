import type { WireError } from '../../src-shared/errors/domain-error.ts';
import type { PauseReason, QueueStatus } from '../../src-shared/ipc/status.ts';
import type { ApiKey } from './api-key-source.ts';
import type { WaitingCounts } from './lookup-store.ts';
import { estimateEnd } from './queue-estimate.ts';
import type { Pause } from './queue-pause.ts';
import { wordsOfPause, wordsOfStorage, type PauseFacts } from './queue-words.ts';
import type { QuotaLedger } from './quota-ledger.ts';

/** What the queue knows of itself at one moment. */
export interface QueueFacts {
  readonly nowMs: number;
  /** Null before it was read for the first time. */
  readonly key: ApiKey | null;
  readonly isKeyRejected: boolean;
  readonly isPausedByUser: boolean;
  readonly pause: Pause | null;
  readonly inFlight: number;
  readonly waiting: WaitingCounts;
  readonly nextDueAtMs: number | null;
  readonly ledger: QuotaLedger;
}

/** Why `whenIdle` came back. */
export type IdleResult =
  | { readonly kind: 'idle' }
  | { readonly kind: 'aborted' }
  /** Every file had its turn; those left are tried again later, each because of its own last answer. */
  | { readonly kind: 'put-off'; readonly nextTryAtMs: number }
  /** It does not go on by itself. */
  | { readonly kind: 'stopped'; readonly reason: PauseReason; readonly error: WireError };

interface Hold {
  readonly reason: PauseReason;
  /** Null when a person is needed. */
  readonly untilMs: number | null;
  readonly error: WireError;
}

export function describeQueue(facts: QueueFacts): QueueStatus {
  const { nowMs, waiting, inFlight, ledger } = facts;
  const hold = personNeeded(facts) ?? timedHold(facts);
  const { today, thisMonth } = ledger.left();
  const covered = Math.min(today ?? Number.POSITIVE_INFINITY, thisMonth ?? Number.POSITIVE_INFINITY);
  return {
    waiting: waiting.files,
    waitingEvents: waiting.events,
    inFlight,
    paused: hold !== null,
    reason: hold?.reason ?? null,
    error: hold?.error ?? null,
    resumesAt: hold === null || hold.untilMs === null ? null : isoTime(hold.untilMs),
    eta: estimate(facts, hold),
    coveredToday: Number.isFinite(covered) ? Math.min(waiting.files, covered) : null,
    quota: ledger.gauges(nowMs),
  };
}

/**
 * When the earliest file left gets its next try, if nothing is to be done before and that is later than `patienceMs`
 * from now or from the end of a pause; null while waiting makes sense.
 */
export function putOffUntil(facts: QueueFacts, patienceMs: number): number | null {
  const { nowMs, waiting, inFlight, nextDueAtMs, pause } = facts;
  if (waiting.dueNow > 0 || inFlight > 0 || nextDueAtMs === null) return null;
  const fromMs = Math.max(nowMs, pause?.untilMs ?? nowMs);
  return nextDueAtMs - fromMs > patienceMs ? nextDueAtMs : null;
}

/** A hold that ends only when a person does something; null when there is none. */
export function personNeeded(facts: QueueFacts): (Hold & { readonly untilMs: null }) | null {
  const reason = personReason(facts);
  if (reason === null) return null;
  const refusal = facts.key?.state === 'refused' ? facts.key.error : null;
  const error = refusal
    ? { code: refusal.code, message: refusal.message, remedy: refusal.remedy }
    : wordsOfPause(reason, {
        nowMs: facts.nowMs,
        waiting: facts.waiting.files,
        resumesAtMs: null,
        detail: null,
      });
  return { reason, untilMs: null, error };
}

function personReason({ key, isKeyRejected, isPausedByUser }: QueueFacts): PauseReason | null {
  if (isPausedByUser) return 'by-user';
  switch (key?.state) {
    case 'none':
      return 'no-key';
    case 'locked':
      return 'key-locked';
    case 'refused':
      return 'key-rejected';
    case 'ready':
    case undefined:
      return isKeyRejected ? 'key-rejected' : null;
  }
}

function timedHold({ nowMs, pause, waiting, inFlight, ledger }: QueueFacts): Hold | null {
  const slot = ledger.nextSlot();
  const isHeldByDay = slot.limit === 'day-quota' || slot.limit === 'month-quota';
  const hasWork = waiting.dueNow > inFlight;
  // A pause whose time is over still holds until a probe was answered, as long as there is something to probe with.
  const isPausing = pause !== null && (nowMs < pause.untilMs || waiting.files > 0);
  if (isPausing && !(isHeldByDay && hasWork)) {
    const untilMs = Math.max(pause.untilMs, nowMs);
    if (pause.reason === 'storage')
      return { reason: 'service', untilMs, error: wordsOfStorage(untilMs, nowMs) };
    return hold(pause.reason, untilMs, {
      nowMs,
      waiting: waiting.files,
      resumesAtMs: untilMs,
      detail: pause.detail,
    });
  }
  if (slot.limit === null || !hasWork) return null;
  return hold(slot.limit, slot.atMs, { nowMs, waiting: waiting.files, resumesAtMs: slot.atMs, detail: null });
}

function hold(reason: PauseReason, untilMs: number, facts: PauseFacts): Hold {
  return { reason, untilMs, error: wordsOfPause(reason, facts) };
}

function estimate({ nowMs, waiting, nextDueAtMs, ledger }: QueueFacts, hold: Hold | null): string | null {
  if (waiting.files === 0 || (hold && hold.untilMs === null)) return null;
  const startMs = Math.max(nowMs, hold?.untilMs ?? nowMs);
  const endMs = estimateEnd({
    startMs,
    waiting: waiting.files,
    limits: ledger.limits,
    left: leftAt(ledger, startMs, nowMs),
  });
  if (endMs === null) return null;
  const hasLater = waiting.dueNow < waiting.files;
  return isoTime(hasLater ? Math.max(endMs, nextDueAtMs ?? endMs) : endMs);
}

/** What is left when asking begins: a new day, or month, begins with the whole allowance. */
function leftAt(ledger: QuotaLedger, startMs: number, nowMs: number): ReturnType<QuotaLedger['left']> {
  const [start, now] = [isoTime(startMs), isoTime(nowMs)];
  const { perDay, perMonth } = ledger.limits;
  const left = ledger.left();
  return {
    today: start.slice(0, 10) === now.slice(0, 10) ? left.today : perDay,
    thisMonth: start.slice(0, 7) === now.slice(0, 7) ? left.thisMonth : perMonth,
  };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
