import type { Database } from 'better-sqlite3';
import type { ScanState } from '../../../src-shared/domain/scan.ts';
import type { ScanOrder } from '../../../src-shared/ipc/scans.ts';
import { rulesFrom, storedKind, storedState, type OrderRecord } from '../scan-record.ts';
import { preparedOnce, toIso } from './statements.ts';

/** Newest first, each with how many of its scans are in which state. */
export function listScanOrders(db: Database, limit: number): readonly ScanOrder[] {
  return selectOrders(db)
    .all(limit)
    .map((order) => toScanOrder(order, selectStates(db).all(order.id)));
}

export function readScanOrder(db: Database, orderId: number): ScanOrder | null {
  const order = selectOrder(db).get(orderId);
  return order ? toScanOrder(order, selectStates(db).all(orderId)) : null;
}

function toScanOrder(order: OrderRecord, counts: readonly StateCount[]): ScanOrder {
  const byState: Partial<Record<ScanState, number>> = {};
  for (const { state, scans } of counts) byState[storedState.parse(state)] = scans;
  return {
    id: order.id,
    kind: storedKind.parse(order.kind),
    path: order.path,
    askedAt: toIso(order.asked_ms),
    askedBy: order.asked_by,
    rules: rulesFrom(order.rules),
    agents: counts.reduce((sum, { scans }) => sum + scans, 0),
    byState,
    heldBecause: order.held_because,
  };
}

interface StateCount {
  readonly state: string;
  readonly scans: number;
}

const selectOrders = preparedOnce<OrderRecord>('SELECT * FROM scan_order ORDER BY id DESC LIMIT ?');
const selectOrder = preparedOnce<OrderRecord>('SELECT * FROM scan_order WHERE id = ?');
const selectStates = preparedOnce<StateCount>(
  'SELECT state, count(*) AS scans FROM scan WHERE order_id = ? GROUP BY state',
);
