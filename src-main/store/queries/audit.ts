import type { Database } from 'better-sqlite3';
import { firstBreak, printAudit } from '../../../src-shared/domain/audit-chain.ts';
import type { AuditEntry } from '../../../src-shared/ipc/scans.ts';
import { sha256 } from '../sha256.ts';
import { preparedOnce, toIso } from './statements.ts';

export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly isWhole: boolean;
  readonly total: number;
}

/** Newest first; `before` is the last one of the page before. Each answer proves the whole chain anew. */
export function readAudit(
  db: Database,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): AuditPage {
  const total = selectCount(db).get()?.entries ?? 0;
  return {
    entries: selectPage(db).all(before ?? Number.MAX_SAFE_INTEGER, limit),
    isWhole: isWhole(db, total),
    total,
  };
}

/** All of it, as JSON lines. */
export function exportAudit(
  db: Database,
  nowMs: number,
): { readonly fileName: string; readonly text: string } {
  const at = toIso(nowMs);
  return {
    fileName: `verdict-desk-audit-${at.slice(0, 10)}.jsonl`,
    text: printAudit(selectAll(db).iterate(), at),
  };
}

/** The counter is moved with each entry: entries cut off at the end show, too. */
function isWhole(db: Database, total: number): boolean {
  const counted = selectTally(db).get()?.value ?? 0;
  return counted === total && firstBreak(selectAll(db).iterate(), sha256) === null;
}

const COLUMNS = 'sequence, at, who, deed, detail, hash';
const selectCount = preparedOnce<{ entries: number }>('SELECT count(*) AS entries FROM audit_entry');
const selectTally = preparedOnce<{ value: number }>("SELECT value FROM tally WHERE name = 'audit_entries'");
const selectPage = preparedOnce<AuditEntry>(
  `SELECT ${COLUMNS} FROM audit_entry WHERE sequence < ? ORDER BY sequence DESC LIMIT ?`,
);
const selectAll = preparedOnce<AuditEntry>(`SELECT ${COLUMNS} FROM audit_entry ORDER BY sequence`);
