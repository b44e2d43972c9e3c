import type { Database } from 'better-sqlite3';
import type { DetectionRow } from '../../../src-shared/ipc/detections.ts';
import { standingFromCode, triageFromCode } from '../codes.ts';
import { bytesToHex } from '../digests.ts';
import { preparedOnce, toIso, toIsoOrNull } from './statements.ts';

/** The rows of these files, in their order; files that are gone are left out. */
export function readDetectionRows(db: Database, fileIds: readonly number[]): DetectionRow[] {
  const rows: DetectionRow[] = [];
  for (const id of fileIds) {
    const row = readDetectionRow(db, id);
    if (row) rows.push(row);
  }
  return rows;
}

export function readDetectionRow(db: Database, fileId: number): DetectionRow | null {
  const row = selectRow(db).get(fileId);
  return row ? toDetectionRow(row) : null;
}

/** The number a file has now: that of the file it was joined to, if it was. Null when it is unknown. */
export function presentFileId(db: Database, fileId: number): number | null {
  return selectPresentId(db).get(fileId, fileId)?.id ?? null;
}

const selectPresentId = preparedOnce<{ id: number }>(
  'SELECT id FROM file WHERE id = ? UNION ALL SELECT file_id FROM file_alias WHERE old_id = ?',
);

interface FileRow {
  readonly id: number;
  readonly standing: number;
  readonly verdict_id: number | null;
  readonly positives: number | null;
  readonly suspicious: number | null;
  readonly total: number | null;
  readonly agents: number;
  readonly judged_ms: number | null;
  readonly due_ms: number | null;
  readonly last_seen_ms: number;
  readonly activity_ms: number;
  readonly triage: number;
  readonly turned: number;
  readonly sha256: Uint8Array | null;
  readonly sha1: Uint8Array | null;
  readonly md5: Uint8Array | null;
  readonly path: string | null;
  readonly agent: string | null;
}

const selectRow = preparedOnce<FileRow>(`
  SELECT file.id, file.standing, file.verdict_id, file.positives, file.suspicious, file.total, file.agents,
    file.judged_ms, file.due_ms, file.last_seen_ms, file.activity_ms, file.triage, file.turned,
    file.sha256, file.sha1, file.md5, path.text AS path, agent.name AS agent
  FROM file LEFT JOIN path ON path.id = file.path_id LEFT JOIN agent ON agent.id = file.agent_id
  WHERE file.id = ?`);

function toDetectionRow(row: FileRow): DetectionRow {
  const waits = row.verdict_id === null && row.due_ms !== null && row.due_ms > 0;
  return {
    fileId: row.id,
    standing: standingFromCode(row.standing) ?? 'queued',
    positives: row.positives,
    suspicious: row.suspicious,
    total: row.total,
    path: row.path ?? '',
    agentName: row.agent ?? '',
    agentCount: row.agents,
    judgedAt: toIsoOrNull(row.judged_ms),
    waitsUntil: waits ? toIso(row.due_ms) : null,
    lastSeenAt: toIso(row.last_seen_ms),
    activityAt: toIso(row.activity_ms),
    triage: triageFromCode(row.triage),
    turned: row.turned === 1,
    sha256: bytesToHex(row.sha256),
    sha1: bytesToHex(row.sha1),
    md5: bytesToHex(row.md5),
  };
}
