import { SOURCE_CODE } from './codes.ts';
import { activityOf, type FileRecord, type Speaker } from './file-record.ts';

/** A row of `file` as the writer reads it. */
export interface FileRow {
  readonly id: number;
  readonly sha256_hex: string | null;
  readonly sha1_hex: string | null;
  readonly md5_hex: string | null;
  readonly size_bytes: number | null;
  readonly standing: number;
  readonly verdict_id: number | null;
  readonly positives: number | null;
  readonly suspicious: number | null;
  readonly total: number | null;
  readonly judged_ms: number | null;
  readonly turned: number;
  readonly triage: number;
  readonly events: number;
  readonly lookable: number;
  readonly lookups_answered: number;
  readonly agents: number;
  readonly manager_id: number | null;
  readonly path_id: number | null;
  readonly agent_id: number | null;
  readonly first_seen_ms: number;
  readonly last_seen_ms: number;
  readonly queue_priority: number | null;
  readonly queued_ms: number | null;
  readonly due_ms: number | null;
  readonly attempts: number;
  readonly last_outcome: string | null;
  readonly last_message: string | null;
}

/** Of a verdict: who said it, and of whom. */
export interface SpeakerRow {
  readonly source: number;
  readonly manager_id: number | null;
  readonly agent_id: number | null;
}

/** `said`: of its current verdict. */
export function fromRow(row: FileRow, said: SpeakerRow | undefined): FileRecord {
  return {
    id: row.id,
    hashes: { sha256: row.sha256_hex, sha1: row.sha1_hex, md5: row.md5_hex },
    sizeBytes: row.size_bytes,
    verdict:
      row.verdict_id === null
        ? null
        : {
            id: row.verdict_id,
            standing: row.standing,
            positives: row.positives,
            suspicious: row.suspicious,
            total: row.total,
            judgedMs: row.judged_ms ?? 0,
            source: said?.source ?? SOURCE_CODE.lookup,
            speaker: said ? speakerOf(said.manager_id, said.agent_id) : null,
          },
    turned: row.turned === 1,
    triage: row.triage,
    events: row.events,
    lookable: row.lookable,
    lookupsAnswered: row.lookups_answered,
    agents: row.agents,
    managerId: row.manager_id,
    pathId: row.path_id,
    agentId: row.agent_id,
    firstSeenMs: row.first_seen_ms,
    lastSeenMs: row.last_seen_ms,
    queue:
      row.queue_priority === null
        ? null
        : {
            priority: row.queue_priority,
            queuedMs: row.queued_ms ?? 0,
            dueMs: row.due_ms ?? 0,
            attempts: row.attempts,
            lastOutcome: row.last_outcome,
            lastMessage: row.last_message,
          },
  };
}

export function speakerOf(managerId: number | null, agentId: number | null): Speaker | null {
  return managerId === null || agentId === null ? null : { managerId, agentId };
}

export type Parameter = number | string | null;

/** For INSERT_FILE and UPDATE_FILE: in the order of COLUMNS, the id last. */
export function toParameters(file: FileRecord, standing: number): Parameter[] {
  const { hashes, verdict, queue } = file;
  return [
    hashes.sha256,
    hashes.sha1,
    hashes.md5,
    file.sizeBytes,
    standing,
    verdict?.id ?? null,
    verdict?.positives ?? null,
    verdict?.suspicious ?? null,
    verdict?.total ?? null,
    verdict?.judgedMs ?? null,
    Number(file.turned),
    file.triage,
    file.events,
    file.lookable,
    file.lookupsAnswered,
    file.agents,
    file.managerId,
    file.pathId,
    file.agentId,
    file.firstSeenMs,
    file.lastSeenMs,
    activityOf(file),
    queue?.priority ?? null,
    queue?.queuedMs ?? null,
    queue?.dueMs ?? null,
    queue?.attempts ?? 0,
    queue?.lastOutcome ?? null,
    queue?.lastMessage ?? null,
    file.id,
  ];
}

const COLUMNS = (
  'sha256 sha1 md5 size_bytes standing verdict_id positives suspicious total judged_ms turned triage events lookable ' +
  'lookups_answered agents manager_id path_id agent_id first_seen_ms last_seen_ms activity_ms queue_priority queued_ms due_ms ' +
  'attempts last_outcome last_message'
).split(' ');

/** Digests are bound as hex and kept as bytes. */
function parameterOf(column: string): string {
  return DIGESTS.has(column) ? 'unhex(?)' : '?';
}
function hexOf(column: string): string {
  return `nullif(lower(hex(${column})), '') AS ${column}_hex`;
}
const DIGESTS = new Set(['sha256', 'sha1', 'md5']);

/** No more than are used: wide rows cost time. */
const READ_COLUMNS = COLUMNS.filter((name) => name !== 'activity_ms').map((name) =>
  DIGESTS.has(name) ? hexOf(name) : name,
);

export const SELECT_FILE = `SELECT id, ${READ_COLUMNS.join(', ')} FROM file WHERE id = ?`;
/** Asked for judged files alone: a join costs every file that is read. */
export const SELECT_SPEAKER = 'SELECT source, manager_id, agent_id FROM verdict WHERE id = ?';
export const INSERT_FILE = `
  INSERT INTO file (${COLUMNS.join(', ')}, id) VALUES (${COLUMNS.map(parameterOf).join(', ')}, ?)`;
export const UPDATE_FILE = `
  UPDATE file SET ${COLUMNS.map((name) => `${name} = ${parameterOf(name)}`).join(', ')} WHERE id = ?`;

/** What one more event of a known file changes: a statement that leaves most indexes alone. */
export const UPDATE_SEEN = `
  UPDATE file SET events = ?, lookable = ?, agents = ?, manager_id = ?, path_id = ?, agent_id = ?, first_seen_ms = ?, last_seen_ms = ?,
    activity_ms = ? WHERE id = ?`;
export function toSeenParameters(file: FileRecord): Parameter[] {
  const { events, lookable, agents, managerId, pathId, agentId, firstSeenMs, lastSeenMs, id } = file;
  return [
    events,
    lookable,
    agents,
    managerId,
    pathId,
    agentId,
    firstSeenMs,
    lastSeenMs,
    activityOf(file),
    id,
  ];
}
