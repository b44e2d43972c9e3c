import type { ScanRow } from '../../../src-shared/ipc/scans.ts';
import { resultFrom, scanOnAgentFrom, type ScanRecord } from '../scan-record.ts';
import { toIso, toIsoOrNull } from './statements.ts';

/** `scan` with who asked for it. */
export const SCAN_ROWS = `
  SELECT scan.*, scan_order.asked_by FROM scan LEFT JOIN scan_order ON scan_order.id = scan.order_id`;

export interface ScanRowRecord extends ScanRecord {
  readonly asked_by: string | null;
}

export function toScanRow(row: ScanRowRecord): ScanRow {
  return {
    ...scanOnAgentFrom(row),
    summary: row.summary,
    result: resultFrom(row.result),
    percent: row.percent,
    askedAt: toIso(row.asked_ms),
    askedBy: row.asked_by,
    endedAt: toIsoOrNull(row.ended_ms),
    isAutomatic: row.order_id === null,
  };
}
