import type { ScanEvidence } from '../../src-shared/domain/scan.ts';
import { UNKNOWN_AFTER_MS } from '../../src-shared/domain/scan-state.ts';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { toIso } from './queries/statements.ts';
import type { NewOrder, NewScan, ScanStore, StoredOrder, StoredScan } from '../kes/scan-store.ts';
import { ScanEvidenceLog } from './scan-evidence.ts';
import { OPEN_STATES } from './scan-profiles.ts';
import { ScanRows } from './scan-rows.ts';
import { orderFromRecord, scanFromRecord, type OrderRecord, type ScanRecord } from './scan-record.ts';
import { ScanTally } from './scan-tally.ts';
import type { WriteSession } from './write-session.ts';

/** Orders, scans and evidence in the store. */
export class StoredScans implements ScanStore {
  readonly #session: WriteSession;
  readonly #clock: { now(): number };
  readonly #rows: ScanRows;
  readonly #log: ScanEvidenceLog;
  readonly #tally: ScanTally;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(session: WriteSession, clock: { now(): number }) {
    this.#session = session;
    this.#clock = clock;
    this.#rows = new ScanRows(session);
    this.#log = new ScanEvidenceLog(session);
    this.#tally = new ScanTally(session);
    this.#statements = prepareStatements(session);
  }

  addOrder(
    order: NewOrder,
    scans: readonly NewScan[],
    nowMs: number,
  ): { orderId: number; scanIds: number[] } {
    return this.#session.run(() => {
      const { kind, path, action, rules, askedMs, askedBy, originFileId } = order;
      const orderId = Number(
        this.#statements.addOrder.run(
          kind,
          path,
          action,
          JSON.stringify(rules),
          askedMs,
          askedBy,
          originFileId,
        ).lastInsertRowid,
      );
      const asked: ScanEvidence = {
        what: 'requested',
        source: 'app',
        time: toIso(nowMs),
        detail: `Asked for by ${askedBy}`,
        facts: null,
      };
      const scanIds = scans.map((scan) => {
        const id = this.#rows.add(scan, { orderId, askedMs, likelyCause: null });
        this.#log.append(id, [asked], nowMs);
        return id;
      });
      return { orderId, scanIds };
    });
  }

  order(orderId: number): StoredOrder | null {
    const row = this.#statements.order.get(orderId);
    return row ? orderFromRecord(row) : null;
  }

  openOrders(): readonly StoredOrder[] {
    return this.#statements.openOrders.all(OPEN_STATES).map(orderFromRecord);
  }

  scansOf(orderId: number): readonly StoredScan[] {
    return this.#statements.scansOf.all(orderId).map(scanFromRecord);
  }

  scan(scanId: number): StoredScan | null {
    return this.#log.scan(scanId);
  }

  hasItsConnection(scanId: number): boolean {
    return this.#statements.itsConnection.get(scanId) !== undefined;
  }

  byToken(token: string): StoredScan | null {
    const row = this.#statements.byToken.get(token);
    return row ? scanFromRecord(row) : null;
  }

  awaitedOn(profile: string, agentId: string, sinceMs: number): readonly StoredScan[] {
    return this.#statements.awaitedOn.all(profile, agentId, sinceMs).map(scanFromRecord);
  }

  addEvidence(scanId: number, evidence: readonly ScanEvidence[]): StoredScan {
    return this.#session.run(() => {
      const scan = this.#log.append(scanId, evidence, this.#clock.now());
      if (!scan) throw new DomainError('scans.gone', 'There is no such scan.', 'Look at the list again.');
      return scan;
    });
  }

  evidence(scanId: number): readonly ScanEvidence[] {
    return this.#log.of(scanId);
  }

  setTask(scanId: number, task: StoredScan['task']): void {
    this.#session.run(() => this.#statements.setTask.run(task && JSON.stringify(task), scanId));
  }

  setHeld(orderId: number, because: string): void {
    this.#session.run(() => {
      this.#statements.setHeld.run(because, orderId);
      this.#tally.orderMoved(orderId);
    });
  }

  passCanary(orderId: number): void {
    this.#session.run(() => {
      const order = this.order(orderId);
      if (!order) return;
      this.#statements.passCanary.run(JSON.stringify({ ...order.rules, canary: false }), orderId);
      this.#tally.orderMoved(orderId);
    });
  }

  noteSilence(nowMs: number): number {
    const silent = this.#statements.silent.all(nowMs - UNKNOWN_AFTER_MS);
    if (silent.length === 0) return 0;
    return this.#session.run(
      () => silent.filter((scanId) => this.#log.review(scanId, nowMs)?.state === 'unknown').length,
    );
  }
}

function prepareStatements({ db }: WriteSession) {
  return {
    addOrder: db.prepare<(string | number | null)[]>(
      `INSERT INTO scan_order (kind, path, action, rules, asked_ms, asked_by, origin_file_id)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
    ),
    order: db.prepare<[number], OrderRecord>('SELECT * FROM scan_order WHERE id = ?'),
    openOrders: db.prepare<[string], OrderRecord>(
      `SELECT * FROM scan_order WHERE id IN (
         SELECT order_id FROM scan WHERE state IN (SELECT value FROM json_each(?)) AND order_id IS NOT NULL)
       ORDER BY id`,
    ),
    scansOf: db.prepare<[number], ScanRecord>('SELECT * FROM scan WHERE order_id = ? ORDER BY id'),
    itsConnection: db.prepare<[number]>(
      'SELECT 1 FROM scan JOIN profile ON profile.id = scan.profile_id WHERE scan.id = ?',
    ),
    byToken: db.prepare<[string], ScanRecord>('SELECT * FROM scan WHERE token = ? ORDER BY id DESC LIMIT 1'),
    awaitedOn: db.prepare<[string, string, number], ScanRecord>(
      `SELECT * FROM scan WHERE profile = ? AND agent_id = ? AND sent_ms >= ?
         AND state NOT IN ('refused', 'done', 'finished-clean', 'finished-with-detections')
       ORDER BY sent_ms DESC, id DESC`,
    ),
    setTask: db.prepare<[string | null, number]>('UPDATE scan SET task = ? WHERE id = ?'),
    setHeld: db.prepare<[string, number]>('UPDATE scan_order SET held_because = ? WHERE id = ?'),
    passCanary: db.prepare<[string, number]>(
      'UPDATE scan_order SET rules = ?, held_because = NULL WHERE id = ?',
    ),
    silent: db.prepare<[number], number>(`SELECT id FROM scan WHERE state = 'sent' AND sent_ms < ?`).pluck(),
  };
}
