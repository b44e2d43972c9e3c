import type { FileHash } from '../../src-shared/domain/file-hash.ts';
import type { LookupPriority } from '../../src-shared/domain/lookup-priority.ts';
import type { LookupOutcome, Standing } from '../../src-shared/domain/outcome.ts';
import type { QuotaLimits } from '../../src-shared/domain/quota.ts';

/** One file whose turn it is. */
export interface DueLookup {
  readonly fileId: number;
  /** Its strongest digest. */
  readonly hash: FileHash;
  readonly priority: LookupPriority;
  /** Failed attempts so far. */
  readonly attempts: number;
  /** It has a verdict already: the answer is a re-check. */
  readonly isRecheck: boolean;
}

/** The end of one request. `retryAtMs` says when a refused lookup is tried again; null with a verdict. */
export interface Settlement {
  readonly fileId: number;
  readonly asked: FileHash;
  readonly outcome: LookupOutcome;
  readonly atMs: number;
  readonly retryAtMs: number | null;
}

export interface Settled {
  /** The file that holds the verdict: another one when the report joined two digests. */
  readonly fileId: number;
  readonly standing: Standing;
  readonly isFlip: boolean;
}

export interface WaitingCounts {
  /** Distinct files without a verdict in the queue. */
  readonly files: number;
  /** FIM events behind them. */
  readonly events: number;
  /** Of the files, those whose time has come. */
  readonly dueNow: number;
}

/** The durable queue: one row a file. */
export interface LookupStore {
  /** The next file by priority, then age, that is due and not in `inFlight`; null when none. */
  nextDue(nowMs: number, inFlight: ReadonlySet<number>): DueLookup | null;
  /** When the earliest row that is not yet due becomes due; null when there is none. */
  nextDueAt(nowMs: number, inFlight: ReadonlySet<number>): number | null;
  waiting(nowMs: number): WaitingCounts;
  /** Verdict, ledger, queue row, counters, flip and integration.log lines in one durable transaction. */
  settle(settlement: Settlement): Settled;
  /** Puts files whose verdict is older than the policy allows into the queue as re-checks; how many. */
  enqueueRechecks(nowMs: number, limit: number): number;
}

/** What is remembered of a key's use. `keyId` names the key without telling anything of it (`nameKey`). */
export interface QuotaUse {
  /** Requests not yet 60 s old, oldest first: epoch ms until which each occupies the minute window. */
  readonly occupiedUntil: readonly number[];
  readonly usedToday: number;
  readonly usedThisMonth: number;
  readonly limits: QuotaLimits | null;
}

export interface QuotaStore {
  use(keyId: string, nowMs: number): QuotaUse;
  /** Durable before the request leaves, so that a killed process never forgets one. Returns the reservation. */
  reserve(keyId: string, atMs: number, occupiedUntilMs: number): number;
  /** Moves the end of the reservation's minute; `counted` false gives day and month back (it was never processed). */
  settleReservation(reservation: number, occupiedUntilMs: number, counted: boolean): void;
  saveLimits(keyId: string, limits: QuotaLimits, atMs: number): void;
  /** What the service itself says was used today and this month, where more than known here. */
  raiseUse(keyId: string, nowMs: number, usedToday: number | null, usedThisMonth: number | null): void;
}

/** Lines for integration.log, stored with the outcome and appended exactly once (ARCHITECTURE.md, "Outbox"). */
export interface OutboxStore {
  /** Oldest first. */
  pending(limit: number): readonly { readonly id: number; readonly line: string }[];
  /** The committed length of the current integration.log. */
  logLength(): number;
  /** Forgets the lines up to `id` and remembers the new length, in one transaction. */
  confirm(id: number, logLength: number): void;
}
