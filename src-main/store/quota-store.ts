import { utcDayKey, utcMonthKey, type QuotaLimits } from '../../src-shared/domain/quota.ts';
import type { QuotaStore, QuotaUse } from '../virustotal/lookup-store.ts';
import { readQuotaUse } from './queries/queue-state.ts';
import { wholeOrNull } from './storable.ts';
import type { WriteSession } from './write-session.ts';

/** A reservation's row serves only its minute; kept for a day so that a slow answer still finds it. */
const KEPT_RESERVATIONS_MS = 86_400_000;

/** What each key has used, durable before a request leaves. Days and months are UTC. */
export class StoreQuota implements QuotaStore {
  readonly #session: WriteSession;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession) {
    this.#session = session;
    this.#statements = prepareStatements(session);
  }

  use(keyId: string, nowMs: number): QuotaUse {
    return readQuotaUse(this.#session.db, { keyId, nowMs });
  }

  reserve(keyId: string, atMs: number, occupiedUntilMs: number): number {
    return this.#session.run(() => {
      this.#statements.expire.run(keyId, atMs - KEPT_RESERVATIONS_MS);
      const { lastInsertRowid } = this.#statements.reserve.run(keyId, atMs, occupiedUntilMs);
      this.#addUse(keyId, atMs, 1);
      return Number(lastInsertRowid);
    });
  }

  settleReservation(reservation: number, occupiedUntilMs: number, counted: boolean): void {
    this.#session.run(() => {
      const row = this.#statements.reservation.get(reservation);
      if (!row) return;
      this.#statements.settle.run(occupiedUntilMs, Number(counted), reservation);
      const difference = Number(counted) - row.isCounted;
      if (difference !== 0) this.#addUse(row.keyId, row.atMs, difference);
    });
  }

  saveLimits(keyId: string, { perMinute, perDay, perMonth }: QuotaLimits, atMs: number): void {
    this.#session.run(() => {
      this.#statements.saveLimits.run(keyId, perMinute, perDay, perMonth, atMs);
    });
  }

  raiseUse(keyId: string, nowMs: number, usedToday: number | null, usedThisMonth: number | null): void {
    this.#session.run(() => {
      const today = wholeOrNull(usedToday);
      const thisMonth = wholeOrNull(usedThisMonth);
      if (today !== null) this.#statements.raise.run(keyId, utcDayKey(nowMs), today);
      if (thisMonth !== null) this.#statements.raise.run(keyId, utcMonthKey(nowMs), thisMonth);
    });
  }

  #addUse(keyId: string, atMs: number, difference: number): void {
    this.#statements.addUse.run({ keyId, period: utcDayKey(atMs), difference });
    this.#statements.addUse.run({ keyId, period: utcMonthKey(atMs), difference });
  }
}

function prepareStatements({ db }: WriteSession) {
  return {
    expire: db.prepare<[string, number]>(
      'DELETE FROM quota_reservation WHERE key_id = ? AND occupied_until_ms < ?',
    ),
    reserve: db.prepare<[string, number, number]>(
      'INSERT INTO quota_reservation (key_id, at_ms, occupied_until_ms, is_counted) VALUES (?, ?, ?, 1)',
    ),
    reservation: db.prepare<[number], { keyId: string; atMs: number; isCounted: number }>(
      'SELECT key_id AS keyId, at_ms AS atMs, is_counted AS isCounted FROM quota_reservation WHERE id = ?',
    ),
    settle: db.prepare<[number, number, number]>(
      'UPDATE quota_reservation SET occupied_until_ms = ?, is_counted = ? WHERE id = ?',
    ),
    saveLimits: db.prepare<[string, number, number | null, number | null, number]>(
      `INSERT INTO quota_limits (key_id, per_minute, per_day, per_month, learned_ms) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (key_id) DO UPDATE SET per_minute = excluded.per_minute, per_day = excluded.per_day,
         per_month = excluded.per_month, learned_ms = excluded.learned_ms`,
    ),
    raise: db.prepare<[string, string, number]>(
      `INSERT INTO quota_use (key_id, period, used) VALUES (?, ?, ?)
       ON CONFLICT (key_id, period) DO UPDATE SET used = max(used, excluded.used)`,
    ),
    addUse: db.prepare<{ keyId: string; period: string; difference: number }>(
      `INSERT INTO quota_use (key_id, period, used) VALUES (@keyId, @period, max(0, @difference))
       ON CONFLICT (key_id, period) DO UPDATE SET used = max(0, used + @difference)`,
    ),
  };
}
