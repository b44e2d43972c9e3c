import { strongestHash } from '../../src-shared/domain/file-hash.ts';
import { LOOKUP_PRIORITY, type LookupPriority } from '../../src-shared/domain/lookup-priority.ts';
import type { RecheckPolicy } from '../../src-shared/ipc/settings.ts';
import type {
  DueLookup,
  LookupStore,
  Settled,
  Settlement,
  WaitingCounts,
} from '../virustotal/lookup-store.ts';
import { STANDING_CODE } from './codes.ts';
import { bytesToHex } from './digests.ts';
import { readWaiting } from './queries/queue-state.ts';
import type { SettingStore } from './setting-store.ts';
import { SettleLookup } from './settle-lookup.ts';
import type { WriteSession } from './write-session.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The queue as the lookups see it: which file is next, and what becomes of the answer. */
export class StoreLookups implements LookupStore {
  readonly #session: WriteSession;
  readonly #settings: SettingStore;
  readonly #settling: SettleLookup;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession, settings: SettingStore) {
    this.#session = session;
    this.#settings = settings;
    this.#settling = new SettleLookup(session);
    this.#statements = prepareStatements(session);
  }

  nextDue(nowMs: number, inFlight: ReadonlySet<number>): DueLookup | null {
    this.#makeReady(nowMs);
    const busy = this.#presentNumbers(inFlight);
    // Rows in flight stay in the index: as many more are read, and one is left over if any is free.
    for (const row of this.#statements.ready.all(busy.size + 1)) {
      const hash = strongestHash({
        sha256: bytesToHex(row.sha256),
        sha1: bytesToHex(row.sha1),
        md5: bytesToHex(row.md5),
      });
      if (busy.has(row.id) || !hash) continue;
      return {
        fileId: row.id,
        hash,
        priority: priorityOf(row.priority),
        attempts: row.attempts,
        isRecheck: row.verdictId !== null,
      };
    }
    return null;
  }

  nextDueAt(nowMs: number, inFlight: ReadonlySet<number>): number | null {
    const busy = this.#presentNumbers(inFlight);
    const rows = this.#statements.deferred.all(nowMs, busy.size + 1);
    return rows.find(({ id }) => !busy.has(id))?.dueMs ?? null;
  }

  waiting(nowMs: number): WaitingCounts {
    return readWaiting(this.#session.db, nowMs);
  }

  settle(settlement: Settlement): Settled {
    return this.#session.run(() => this.#settling.settle(settlement));
  }

  enqueueRechecks(nowMs: number, limit: number): number {
    const policy = this.#settings.recheckPolicy();
    const due = [
      ...this.#overdue(STANDING_CODE['no-records'], policy.noRecordsHours, policy, nowMs, limit),
      ...this.#overdue(STANDING_CODE.clean, policy.cleanHours, policy, nowMs, limit),
    ].slice(0, Math.max(0, limit));
    if (due.length === 0) return 0;
    this.#session.run(() => {
      for (const id of due) this.#enqueue(id, LOOKUP_PRIORITY.recheck, nowMs);
    });
    return due.length;
  }

  #overdue(standing: number, hours: number, policy: RecheckPolicy, nowMs: number, limit: number): number[] {
    if (hours <= 0 || limit <= 0) return [];
    const seenSinceMs = nowMs - policy.seenWithinDays * DAY_MS;
    return this.#statements.overdue.all(standing, nowMs - hours * HOUR_MS, seenSinceMs, limit);
  }

  #enqueue(id: number, priority: LookupPriority, nowMs: number): void {
    const file = this.#session.files.edit(id);
    if (!file) return;
    file.queue = { priority, queuedMs: nowMs, dueMs: 0, attempts: 0, lastOutcome: null, lastMessage: null };
  }

  /** Rows whose waiting is over take their place by priority and age again. */
  #makeReady(nowMs: number): void {
    const due = this.#statements.due.all(nowMs);
    if (due.length === 0) return;
    this.#session.run(() => {
      for (const id of due) {
        const file = this.#session.files.edit(id);
        if (file?.queue) file.queue = { ...file.queue, dueMs: 0 };
      }
    });
  }

  /** A file in flight may have been joined to another meanwhile: then that one is in flight. */
  #presentNumbers(inFlight: ReadonlySet<number>): ReadonlySet<number> {
    const present = new Set<number>();
    for (const id of inFlight) present.add(this.#session.files.get(id)?.id ?? id);
    return present;
  }
}

function priorityOf(value: number): LookupPriority {
  return Object.values(LOOKUP_PRIORITY).find((known) => known === value) ?? LOOKUP_PRIORITY.newOther;
}

interface ReadyRow {
  readonly id: number;
  readonly sha256: Uint8Array | null;
  readonly sha1: Uint8Array | null;
  readonly md5: Uint8Array | null;
  readonly priority: number;
  readonly attempts: number;
  readonly verdictId: number | null;
}

function prepareStatements({ db }: WriteSession) {
  return {
    ready: db.prepare<[number], ReadyRow>(
      `SELECT id, sha256, sha1, md5, queue_priority AS priority, attempts, verdict_id AS verdictId
       FROM file INDEXED BY file_ready WHERE due_ms = 0 ORDER BY queue_priority, queued_ms, id LIMIT ?`,
    ),
    due: db
      .prepare<[number], number>('SELECT id FROM file WHERE due_ms > 0 AND due_ms <= ? LIMIT 1000')
      .pluck(),
    deferred: db.prepare<[number, number], { readonly id: number; readonly dueMs: number }>(
      'SELECT id, due_ms AS dueMs FROM file WHERE due_ms > 0 AND due_ms > ? ORDER BY due_ms LIMIT ?',
    ),
    overdue: db
      .prepare<[number, number, number, number], number>(
        `SELECT id FROM file
         WHERE standing IN (3, 4) AND queue_priority IS NULL AND standing = ? AND judged_ms <= ? AND last_seen_ms >= ?
           AND lookable > 0
         ORDER BY judged_ms LIMIT ?`,
      )
      .pluck(),
  };
}
