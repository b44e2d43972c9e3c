import { isFlip, isVerdict, standingOf, type Standing } from '../../src-shared/domain/outcome.ts';
import { LOOKUP_PRIORITY, type LookupPriority } from '../../src-shared/domain/lookup-priority.ts';
import { utcDayKey, utcMonthKey, type QuotaLimits } from '../../src-shared/domain/quota.ts';
import type { FileHash } from '../../src-shared/domain/file-hash.ts';
import type {
  DueLookup,
  LookupStore,
  QuotaStore,
  QuotaUse,
  Settled,
  Settlement,
  WaitingCounts,
} from '../../src-main/virustotal/lookup-store.ts';

interface Row {
  readonly fileId: number;
  readonly hash: FileHash;
  readonly priority: LookupPriority;
  dueAtMs: number;
  attempts: number;
  standing: Standing | null;
  isQueued: boolean;
}

/** A queue without a disk, for tests of pacing; the real store has tests of its own. */
export class InMemoryLookups implements LookupStore {
  readonly #rows = new Map<number, Row>();
  readonly settlements: Settlement[] = [];
  /** Files that `enqueueRechecks` may still put into the queue. */
  recheckable: number[] = [];
  /** Makes `settle` fail, as a full disk does. */
  isFull = false;

  add(hash: FileHash, priority: LookupPriority = LOOKUP_PRIORITY.newOther): number {
    const fileId = this.#rows.size + 1;
    this.#rows.set(fileId, {
      fileId,
      hash,
      priority,
      dueAtMs: 0,
      attempts: 0,
      standing: null,
      isQueued: true,
    });
    return fileId;
  }

  nextDue(nowMs: number, inFlight: ReadonlySet<number>): DueLookup | null {
    const due = this.#queued(inFlight).filter((row) => row.dueAtMs <= nowMs);
    const [first] = due.toSorted((a, b) => priorityOf(a) - priorityOf(b) || a.fileId - b.fileId);
    if (!first) return null;
    const { fileId, hash, attempts } = first;
    return { fileId, hash, attempts, priority: priorityOf(first), isRecheck: first.standing !== null };
  }

  nextDueAt(nowMs: number, inFlight: ReadonlySet<number>): number | null {
    const later = this.#queued(inFlight).filter((row) => row.dueAtMs > nowMs);
    return later.length === 0 ? null : Math.min(...later.map((row) => row.dueAtMs));
  }

  waiting(nowMs: number): WaitingCounts {
    const rows = this.#queued(new Set()).filter((row) => row.standing === null);
    return {
      files: rows.length,
      events: rows.length,
      dueNow: rows.filter((row) => row.dueAtMs <= nowMs).length,
    };
  }

  settle(settlement: Settlement): Settled {
    if (this.isFull) throw new Error('database or disk is full');
    this.settlements.push(settlement);
    const row = this.#rows.get(settlement.fileId);
    if (!row) throw new Error(`There is no file ${settlement.fileId}.`);
    const before = row.standing;
    const { outcome } = settlement;
    if (isVerdict(outcome)) {
      row.standing = standingOf(outcome);
      row.isQueued = false;
    } else {
      row.attempts += 1;
      row.dueAtMs = settlement.retryAtMs ?? settlement.atMs;
    }
    const standing = row.standing ?? 'queued';
    return { fileId: row.fileId, standing, isFlip: isFlip(before, standing) };
  }

  enqueueRechecks(_nowMs: number, limit: number): number {
    const taken = this.recheckable.splice(0, limit);
    for (const fileId of taken) {
      const row = this.#rows.get(fileId);
      if (row) row.isQueued = true;
    }
    return taken.length;
  }

  #queued(inFlight: ReadonlySet<number>): Row[] {
    return [...this.#rows.values()].filter((row) => row.isQueued && !inFlight.has(row.fileId));
  }
}

function priorityOf(row: Row): LookupPriority {
  return row.standing === null ? row.priority : LOOKUP_PRIORITY.recheck;
}

interface Reserved {
  readonly keyId: string;
  readonly atMs: number;
  untilMs: number;
  isCounted: boolean;
}

/** A quota book without a disk. */
export class InMemoryQuota implements QuotaStore {
  readonly #reserved: Reserved[] = [];
  readonly #limits = new Map<string, QuotaLimits>();
  /** Requests of a key in a UTC day or month. */
  readonly #used = new Map<string, number>();

  use(keyId: string, nowMs: number): QuotaUse {
    const own = this.#reserved.filter((each) => each.keyId === keyId);
    return {
      occupiedUntil: own.map((each) => each.untilMs).filter((untilMs) => untilMs > nowMs),
      usedToday: this.#usedIn(keyId, utcDayKey(nowMs)),
      usedThisMonth: this.#usedIn(keyId, utcMonthKey(nowMs)),
      limits: this.#limits.get(keyId) ?? null,
    };
  }

  reserve(keyId: string, atMs: number, occupiedUntilMs: number): number {
    this.#addUse({ keyId, atMs }, 1);
    return this.#reserved.push({ keyId, atMs, untilMs: occupiedUntilMs, isCounted: true }) - 1;
  }

  settleReservation(reservation: number, occupiedUntilMs: number, counted: boolean): void {
    const reserved = this.#reserved[reservation];
    if (!reserved) throw new Error(`There is no reservation ${reservation}.`);
    this.#addUse(reserved, Number(counted) - Number(reserved.isCounted));
    reserved.untilMs = occupiedUntilMs;
    reserved.isCounted = counted;
  }

  saveLimits(keyId: string, limits: QuotaLimits): void {
    this.#limits.set(keyId, limits);
  }

  raiseUse(keyId: string, nowMs: number, usedToday: number | null, usedThisMonth: number | null): void {
    this.#raise(keyId, utcDayKey(nowMs), usedToday ?? 0);
    this.#raise(keyId, utcMonthKey(nowMs), usedThisMonth ?? 0);
  }

  #usedIn(keyId: string, period: string): number {
    return this.#used.get(`${keyId} ${period}`) ?? 0;
  }

  #raise(keyId: string, period: string, used: number): void {
    this.#used.set(`${keyId} ${period}`, Math.max(used, this.#usedIn(keyId, period)));
  }

  #addUse({ keyId, atMs }: Pick<Reserved, 'keyId' | 'atMs'>, difference: number): void {
    for (const period of [utcDayKey(atMs), utcMonthKey(atMs)]) {
      this.#used.set(`${keyId} ${period}`, this.#usedIn(keyId, period) + difference);
    }
  }
}
