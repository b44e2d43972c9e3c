import type { Database } from 'better-sqlite3';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { ScanFilter, ScanPage, ScanRow } from '../../../src-shared/ipc/scans.ts';
import { SCAN_ROWS, toScanRow, type ScanRowRecord } from './scan-rows.ts';
import { presentFileId } from './detection-rows.ts';
import { preparedOnce, statement, type Bound } from './statements.ts';

export interface ScansRequest {
  readonly filter: ScanFilter;
  /** From the page before; null = from the newest. */
  readonly cursor: string | null;
  readonly limit: number;
}

/** One page by key, newest first. Errors: `scans.bad-cursor`. */
export function listScans(db: Database, { filter, cursor, limit }: ScansRequest): ScanPage {
  const { sql, bound } = conditionsOf(filter);
  const after = cursor === null ? null : parseCursor(cursor);
  const start = after ? 'AND (scan.asked_ms, scan.id) < (?, ?)' : '';
  const rows = statement<ScanRowRecord>(
    db,
    `${SCAN_ROWS} WHERE ${sql} ${start} ORDER BY scan.asked_ms DESC, scan.id DESC LIMIT ?`,
  ).all(...bound, ...(after ?? []), limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    rows: page.map(toScanRow),
    nextCursor: last ? `${last.asked_ms}.${last.id}` : null,
    matching:
      statement<{ n: number }>(db, `SELECT count(*) AS n FROM scan WHERE ${sql}`).get(...bound)?.n ?? 0,
  };
}

/** Scans that were asked for from a file, and scans of a path where it was seen; newest first. */
export function listScansOfFile(
  db: Database,
  { fileId, limit }: { readonly fileId: number; readonly limit: number },
): readonly ScanRow[] {
  const present = presentFileId(db, fileId);
  if (present === null) return [];
  return selectOfFile(db).all(present, present, present, limit).map(toScanRow);
}

export function listScansOfAgent(
  db: Database,
  { profile, agentId, limit }: { readonly profile: string; readonly agentId: string; readonly limit: number },
): readonly ScanRow[] {
  return selectOfAgent(db).all(profile, agentId, limit).map(toScanRow);
}

function conditionsOf({ profile, agentId, kinds, states, orderId, text, onlyAutomatic }: ScanFilter) {
  const conditions = ['1'];
  const bound: Bound[] = [];
  const add = (sql: string, ...values: readonly Bound[]) => {
    conditions.push(sql);
    bound.push(...values);
  };
  if (profile !== null) add('scan.profile = ?', profile);
  if (agentId !== null) add('scan.agent_id = ?', agentId);
  if (kinds.length > 0) add('scan.kind IN (SELECT value FROM json_each(?))', JSON.stringify(kinds));
  if (states.length > 0) add('scan.state IN (SELECT value FROM json_each(?))', JSON.stringify(states));
  if (orderId !== null) add('scan.order_id = ?', orderId);
  if (onlyAutomatic) add('scan.order_id IS NULL');
  const needle = text.trim().toLowerCase();
  if (needle !== '') add(`contains_folded(${SEARCHED}, ?)`, needle);
  return { sql: conditions.join(' AND '), bound };
}

const SEARCHED = [
  'scan.agent_name',
  'scan.agent_id',
  'scan.profile',
  "coalesce(scan.path, '')",
  'scan.summary',
  "coalesce((SELECT asked_by FROM scan_order WHERE scan_order.id = scan.order_id), '')",
].join(' || char(10) || ');

function parseCursor(text: string): readonly [number, number] {
  const match = /^(\d{1,16})\.(\d{1,16})$/.exec(text);
  if (match) return [Number(match[1]), Number(match[2])];
  throw new DomainError(
    'scans.bad-cursor',
    'This page of the list of scans cannot be found.',
    'Load the list again from its beginning.',
  );
}

/** A file that was joined from others is known by their numbers, too. */
const selectOfFile = preparedOnce<ScanRowRecord>(`
  ${SCAN_ROWS} WHERE scan.id IN (
    SELECT id FROM scan WHERE order_id IN (
      SELECT id FROM scan_order WHERE origin_file_id = ?
        OR origin_file_id IN (SELECT old_id FROM file_alias WHERE file_id = ?))
    UNION
    SELECT scan.id FROM event
      JOIN path ON path.id = event.path_id
      JOIN source ON source.id = event.source_id
      JOIN agent ON agent.id = event.agent_id
      JOIN scan ON scan.path = path.text AND scan.profile = source.profile AND scan.agent_name = agent.name
    WHERE event.id IN (SELECT id FROM event WHERE file_id = ? ORDER BY time_ms DESC LIMIT 2000))
  ORDER BY scan.asked_ms DESC, scan.id DESC LIMIT ?`);

const selectOfAgent = preparedOnce<ScanRowRecord>(`
  ${SCAN_ROWS} WHERE scan.profile = ? AND scan.agent_id = ? ORDER BY scan.asked_ms DESC, scan.id DESC LIMIT ?`);
