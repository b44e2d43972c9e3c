import type { Database } from 'better-sqlite3';
import { AGENT_STATUSES } from '../../../src-shared/domain/agent.ts';
import { z } from 'zod';
import { causesOfSilence } from '../../../src-shared/domain/scan-causes.ts';
import { deedsFor } from '../../../src-shared/domain/scan-deeds.ts';
import { notSeenOf } from '../../../src-shared/domain/scan-not-seen.ts';
import type { ScanDetail, ScanRow } from '../../../src-shared/ipc/scans.ts';
import { causeFrom, evidenceFromRecord, exactFrom, type EvidenceRecord } from '../scan-record.ts';
import { presentFileId } from './detection-rows.ts';
import { SCAN_ROWS, toScanRow, type ScanRowRecord } from './scan-rows.ts';
import { preparedOnce } from './statements.ts';

/** One scan's whole story; null when it is unknown. */
export function readScan(db: Database, scanId: number): ScanDetail | null {
  const record = selectScan(db).get(scanId);
  if (!record) return null;
  const row = toScanRow(record);
  const evidence = selectEvidence(db)
    .all(scanId)
    .flatMap((piece) => evidenceFromRecord(piece) ?? []);
  const isFollowed = selectFollowed(db).get(row.profile) !== undefined;
  const exact = exactFrom(record.exact);
  return {
    row,
    evidence,
    notSeen: notSeenOf({ ...row, isFollowed }, evidence),
    exact,
    causes: row.state === 'unknown' ? readCauses(db, row, { isFollowed, exact }) : [],
    likelyCause: causeFrom(record.likely_cause),
    originFileId: readOrigin(db, row.orderId),
    can: deedsFor({ ...row, hasTask: record.task !== null }, evidence),
  };
}

function readCauses(
  db: Database,
  { id, profile, agentId, route, program }: ScanRow,
  { isFollowed, exact }: { readonly isFollowed: boolean; readonly exact: readonly string[] },
): ScanDetail['causes'] {
  const agent = selectAgent(db).get(profile, agentId);
  return causesOfSilence({
    route,
    program,
    agentStatus: agent ? storedStatus.parse(agent.status) : null,
    agentVersion: agent?.version ?? null,
    sentText: exact.join('\n'),
    isFollowed,
    isBusy: selectBusy(db).get(profile, agentId, id) !== undefined,
  });
}

const storedStatus = z.enum(AGENT_STATUSES).catch('unknown');

/** By the number that the file has now. */
function readOrigin(db: Database, orderId: number | null): number | null {
  const origin = orderId === null ? null : (selectOrigin(db).get(orderId)?.origin_file_id ?? null);
  return origin === null ? null : presentFileId(db, origin);
}

const selectScan = preparedOnce<ScanRowRecord>(`${SCAN_ROWS} WHERE scan.id = ?`);
const selectEvidence = preparedOnce<EvidenceRecord>(
  'SELECT what, source, time, detail, facts FROM scan_evidence WHERE scan_id = ? ORDER BY id',
);
const selectFollowed = preparedOnce<{ id: number }>(
  'SELECT id FROM source WHERE profile = ? AND is_followed = 1 LIMIT 1',
);
const selectOrigin = preparedOnce<{ origin_file_id: number | null }>(
  'SELECT origin_file_id FROM scan_order WHERE id = ?',
);
const selectAgent = preparedOnce<{ status: string; version: string | null }>(
  `SELECT status, version FROM manager_agent
   WHERE profile_id = (SELECT id FROM profile WHERE name = ?) AND agent_id = ?`,
);
const selectBusy = preparedOnce<{ id: number }>(
  `SELECT id FROM scan WHERE profile = ? AND agent_id = ? AND id <> ? AND state IN ('launched', 'running') LIMIT 1`,
);
