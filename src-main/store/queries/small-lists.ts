import type { Database } from 'better-sqlite3';
import type { MalformedReason } from '../../../src-shared/domain/alert.ts';
import { parseFileHash, strongestHash, type FileHash } from '../../../src-shared/domain/file-hash.ts';
import type { MalformedLine } from '../../../src-shared/ipc/sources.ts';
import { MALFORMED_DISMISSED } from '../codes.ts';
import { bytesToHex, digestPlace } from '../digests.ts';
import { statement, toIso, toIsoOrNull } from './statements.ts';

/** Agents that reported FIM events, by name. */
export function listAgents(db: Database): readonly string[] {
  return statement<{ name: string }>(
    db,
    'SELECT name FROM agent WHERE events > 0 ORDER BY name COLLATE NOCASE',
  )
    .all()
    .map(({ name }) => name);
}

/** Those not dismissed, newest first; `before` is the last one of the page before. */
export function listMalformed(
  db: Database,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): readonly MalformedLine[] {
  return statement<MalformedRow>(
    db,
    `SELECT malformed_line.id, source.path AS source, byte_offset, length_bytes, reason, excerpt, found_ms
     FROM malformed_line JOIN source ON source.id = malformed_line.source_id
     WHERE malformed_line.id < ?
       AND malformed_line.id > coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE name = ?), 0)
     ORDER BY malformed_line.id DESC LIMIT ?`,
  )
    .all(before ?? Number.MAX_SAFE_INTEGER, MALFORMED_DISMISSED, limit)
    .map((line) => ({
      id: line.id,
      source: line.source,
      offset: line.byte_offset,
      lengthBytes: line.length_bytes,
      reason: line.reason,
      excerpt: line.excerpt,
      foundAt: toIso(line.found_ms),
    }));
}

/** The file a digest belongs to, if it was ever seen. */
export function findFile(db: Database, text: string): { readonly fileId: number } | null {
  const hash = parseFileHash(text);
  if (!hash) return null;
  const row = statement<{ id: number }>(
    db,
    `SELECT file.id FROM file_digest JOIN file ON file.id = file_digest.file_id
     WHERE file_digest.key = ? AND file_digest.mix = ? AND file.${hash.algorithm} = unhex(?) ORDER BY file.events DESC LIMIT 1`,
  ).get(...digestPlace(hash.hex), hash.hex);
  return row ? { fileId: row.id } : null;
}

/** One entry of the queue, for the command line. */
export interface QueueRow {
  readonly fileId: number;
  readonly hash: FileHash;
  readonly priority: number;
  readonly isRecheck: boolean;
  /** FIM events behind it. */
  readonly events: number;
  readonly path: string;
  readonly queuedAt: string;
  /** When it is asked again; null when its turn decides. */
  readonly dueAt: string | null;
  readonly attempts: number;
  readonly lastOutcome: string | null;
}

/** What is asked next, in order; what waits for a time comes after what is ready. */
export function listQueue(db: Database, limit: number): readonly QueueRow[] {
  const ready = readQueue(db, 'file.due_ms = 0 ORDER BY file.queue_priority, file.queued_ms, file.id', limit);
  const rest = limit - ready.length;
  return rest > 0 ? [...ready, ...readQueue(db, 'file.due_ms > 0 ORDER BY file.due_ms', rest)] : ready;
}

function readQueue(db: Database, condition: string, limit: number): QueueRow[] {
  const rows = statement<QueueFileRow>(
    db,
    `SELECT file.id, sha256, sha1, md5, queue_priority, verdict_id, lookable, path.text AS path, queued_ms, due_ms,
       attempts, last_outcome
     FROM file LEFT JOIN path ON path.id = file.path_id WHERE ${condition} LIMIT ?`,
  ).all(limit);
  return rows.flatMap((row) => {
    const hash = strongestHash({
      sha256: bytesToHex(row.sha256),
      sha1: bytesToHex(row.sha1),
      md5: bytesToHex(row.md5),
    });
    return hash ? [toQueueRow(row, hash)] : [];
  });
}

function toQueueRow(row: QueueFileRow, hash: FileHash): QueueRow {
  return {
    fileId: row.id,
    hash,
    priority: row.queue_priority,
    isRecheck: row.verdict_id !== null,
    events: row.verdict_id === null ? row.lookable : 0,
    path: row.path ?? '',
    queuedAt: toIso(row.queued_ms),
    dueAt: row.due_ms > 0 ? toIsoOrNull(row.due_ms) : null,
    attempts: row.attempts,
    lastOutcome: row.last_outcome,
  };
}

interface MalformedRow {
  readonly id: number;
  readonly source: string;
  readonly byte_offset: number;
  readonly length_bytes: number;
  readonly reason: MalformedReason;
  readonly excerpt: string;
  readonly found_ms: number;
}

interface QueueFileRow {
  readonly id: number;
  readonly sha256: Uint8Array | null;
  readonly sha1: Uint8Array | null;
  readonly md5: Uint8Array | null;
  readonly queue_priority: number;
  readonly verdict_id: number | null;
  readonly lookable: number;
  readonly path: string | null;
  readonly queued_ms: number;
  readonly due_ms: number;
  readonly attempts: number;
  readonly last_outcome: string | null;
}
