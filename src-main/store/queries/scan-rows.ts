import type { ScanRow } from '../../../src-shared/ipc/scans.ts';
import {
  resultFrom,
  storedAction,
  storedKind,
  storedProgram,
  storedRoute,
  storedState,
  type ScanRecord,
} from '../scan-record.ts';
import { toIso, toIsoOrNull } from './statements.ts';

/** `scan` with who asked for it. */
export const SCAN_ROWS = `
  SELECT scan.*, scan_order.asked_by FROM scan LEFT JOIN scan_order ON scan_order.id = scan.order_id`;

export interface ScanRowRecord extends ScanRecord {
  readonly asked_by: string | null;
}

export function toScanRow(row: ScanRowRecord): ScanRow {
  return {
    id: row.id,
    orderId: row.order_id,
    profile: row.profile,
    agentId: row.agent_id,
    agentName: row.agent_name,
    kind: storedKind.parse(row.kind),
    path: row.path,
    action: storedAction.parse(row.action),
    route: storedRoute.parse(row.route),
    program: storedProgram.parse(row.program),
    state: storedState.parse(row.state),
    summary: row.summary,
    result: resultFrom(row.result),
    percent: row.percent,
    askedAt: toIso(row.asked_ms),
    askedBy: row.asked_by,
    endedAt: toIsoOrNull(row.ended_ms),
    isAutomatic: row.order_id === null,
  };
}
