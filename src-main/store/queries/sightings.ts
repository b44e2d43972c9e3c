import type { Database } from 'better-sqlite3';
import type { Sighting, SourceAlert } from '../../../src-shared/ipc/detections.ts';
import { bytesFromBlock } from '../alert-blocks.ts';
import { changeFromCode } from '../codes.ts';
import { presentFileId } from './detection-rows.ts';
import { preparedOnce, statement, toIso, type Bound } from './statements.ts';

export interface SightingsRequest {
  readonly fileId: number;
  /** The last event of the page before; null = from the newest. */
  readonly before: number | null;
  readonly limit: number;
}

/** Where a file was seen, newest first. */
export function listSightings(
  db: Database,
  { fileId, before, limit }: SightingsRequest,
): readonly Sighting[] {
  const present = presentFileId(db, fileId);
  const last = before === null ? undefined : selectTime(db).get(before);
  if (present === null || (before !== null && !last)) return [];
  const bound: Bound[] = [present];
  if (last) bound.push(last.time_ms, before);
  return statement<SightingRow>(
    db,
    `SELECT event.id, source.profile, agent.wazuh_id, agent.name AS agent, path.text AS path, event.change, event.time_ms,
       event.alert_sec, event.alert_off, actor.user_name, actor.process_name
     FROM event
       JOIN source ON source.id = event.source_id
       JOIN agent ON agent.id = event.agent_id
       JOIN path ON path.id = event.path_id
       LEFT JOIN actor ON actor.id = event.actor_id
     WHERE event.file_id = ? ${last ? 'AND (event.time_ms, event.id) < (?, ?)' : ''}
     ORDER BY event.time_ms DESC, event.id DESC LIMIT ?`,
  )
    .all(...bound, limit)
    .map(toSighting);
}

/** The alert as the manager wrote it; null when the event is unknown. */
export function readSourceAlert(db: Database, eventId: number): SourceAlert | null {
  const row = statement<BlockRow>(
    db,
    `SELECT event.is_json, event.block_offset, event.block_length, alert_block.data
     FROM event JOIN alert_block ON alert_block.id = event.block_id WHERE event.id = ?`,
  ).get(eventId);
  if (!row) return null;
  const bytes = bytesFromBlock(row.data, row.block_offset, row.block_length);
  return {
    text: new TextDecoder().decode(bytes),
    format: row.is_json === 1 ? 'json' : 'log',
    hadInvalidUtf8: !isUtf8(bytes),
  };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const selectTime = preparedOnce<{ time_ms: number }>('SELECT time_ms FROM event WHERE id = ?');

interface SightingRow {
  readonly id: number;
  readonly profile: string;
  readonly wazuh_id: string | null;
  readonly agent: string;
  readonly path: string;
  readonly change: number;
  readonly time_ms: number;
  readonly alert_sec: number;
  readonly alert_off: number;
  readonly user_name: string | null;
  readonly process_name: string | null;
}

interface BlockRow {
  readonly is_json: number;
  readonly block_offset: number;
  readonly block_length: number;
  readonly data: Uint8Array;
}

function toSighting(row: SightingRow): Sighting {
  return {
    eventId: row.id,
    profile: row.profile,
    agentId: row.wazuh_id,
    agentName: row.agent,
    path: row.path,
    change: changeFromCode(row.change),
    time: toIso(row.time_ms),
    alertId: `${row.alert_sec}.${row.alert_off}`,
    user: row.user_name === '' ? null : row.user_name,
    process: row.process_name === '' ? null : row.process_name,
  };
}
