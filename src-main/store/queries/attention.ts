import type { Database } from 'better-sqlite3';
import type { AttentionItem } from '../../../src-shared/ipc/overview.ts';
import { standingFromCode } from '../codes.ts';
import { readDetectionRow } from './detection-rows.ts';
import { readTallies } from './ledger.ts';
import { statement, toIso } from './statements.ts';

const DAY_MS = 86_400_000;
/** Flips shown one by one; the rest is behind "to triage". */
const SHOWN_FLIPS = 3;
const LOSSES_SHOWN_MS = 7 * DAY_MS;
const SHOWN_LOSSES = 5;

/** What the store knows that a person should look at, most urgent first. */
export function readAttention(db: Database, nowMs: number): AttentionItem[] {
  return [
    ...readFlips(db),
    ...readToTriage(db),
    ...readLosses(db, nowMs),
    ...readMalformed(db),
    ...readManagerFailures(db, nowMs),
  ];
}

/** Flips that nobody has looked at yet. */
function readFlips(db: Database): AttentionItem[] {
  const items: AttentionItem[] = [];
  const ids = statement<{ id: number; first_seen_ms: number }>(
    db,
    `SELECT id, first_seen_ms FROM file WHERE turned = 1 AND triage = 1
     ORDER BY activity_ms DESC LIMIT ${SHOWN_FLIPS}`,
  ).all();
  for (const { id, first_seen_ms } of ids) {
    const row = readDetectionRow(db, id);
    const before = readVersionBeforeFlip(db, id);
    if (!row || !before) continue;
    items.push({
      kind: 'turned',
      fileId: id,
      name: nameOf(row.path),
      ...before,
      positives: row.positives ?? 0,
      total: row.total ?? 0,
      agents: row.agentCount,
      firstSeenAt: toIso(first_seen_ms),
    });
  }
  return items;
}

type BeforeFlip = Pick<Extract<AttentionItem, { kind: 'turned' }>, 'before' | 'beforeAt'>;

function readVersionBeforeFlip(db: Database, fileId: number): BeforeFlip | null {
  const row = statement<{ standing: number; judged_ms: number }>(
    db,
    `SELECT standing, judged_ms FROM verdict WHERE file_id = ? AND standing <> 1 ORDER BY judged_ms DESC, id DESC LIMIT 1`,
  ).get(fileId);
  const before = row && standingFromCode(row.standing);
  if (before !== 'clean' && before !== 'no-records' && before !== 'suspicious') return null;
  return { before, beforeAt: toIso(row?.judged_ms ?? 0) };
}

function readToTriage(db: Database): AttentionItem[] {
  const files = readTallies(db).to_triage;
  const newest = statement<{ id: number }>(
    db,
    'SELECT id FROM file WHERE triage = 1 ORDER BY activity_ms DESC LIMIT 1',
  ).get();
  const row = newest && readDetectionRow(db, newest.id);
  if (!row) return [];
  return [
    {
      kind: 'to-triage',
      files,
      newestFileId: row.fileId,
      newestName: nameOf(row.path) || (row.sha256 ?? ''),
    },
  ];
}

function readMalformed(db: Database): AttentionItem[] {
  const lines = readTallies(db).malformed;
  const newest = statement<{ found_ms: number }>(
    db,
    'SELECT found_ms FROM malformed_line ORDER BY id DESC LIMIT 1',
  ).get();
  if (lines === 0 || !newest) return [];
  return [{ kind: 'malformed', lines, newestAt: toIso(newest.found_ms) }];
}

function readManagerFailures(db: Database, nowMs: number): AttentionItem[] {
  return statement<{ rule: number; count: number; newest: number }>(
    db,
    `SELECT rule, count(*) AS count, max(alert_sec) AS newest FROM manager_failure
     WHERE alert_sec >= ? GROUP BY rule ORDER BY rule`,
  )
    .all(Math.floor((nowMs - DAY_MS) / 1000))
    .map(({ rule, count, newest }) => ({
      kind: 'manager-failures',
      rule,
      count,
      newestAt: toIso(newest * 1000),
    }));
}

function readLosses(db: Database, nowMs: number): AttentionItem[] {
  return statement<{ source_id: number; path: string; detail: string; found_ms: number }>(
    db,
    `SELECT reading_loss.source_id, source.path, reading_loss.detail, reading_loss.found_ms
     FROM reading_loss JOIN source ON source.id = reading_loss.source_id
     WHERE reading_loss.found_ms >= ? ORDER BY reading_loss.id DESC LIMIT ${SHOWN_LOSSES}`,
  )
    .all(nowMs - LOSSES_SHOWN_MS)
    .map((loss) => ({
      kind: 'loss',
      sourceId: loss.source_id,
      path: loss.path,
      detail: loss.detail,
      at: toIso(loss.found_ms),
    }));
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
