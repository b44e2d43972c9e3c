import type { Database } from 'better-sqlite3';
import { statSync } from 'node:fs';
import { damagedStore, translating } from './store-errors.ts';

/**
 * What was checked at start. Up to 64 MiB everything is (a fraction of a second). A larger store is sampled: the small
 * tables that everything hangs on, in full. If it was also not closed properly, the whole of it should be checked in
 * the reader's thread, where nobody waits for it.
 */
export type StartCheck = 'full' | 'sampled' | 'full-check-due';

const CHECKED_AT_START_BYTES = 64 * 1024 * 1024;
const SAMPLED_TABLES = ['setting', 'tally', 'source', 'position', 'agent', 'exclusion', 'quota_use'];
const CLOSED = 'closed';

/** Errors: `store.damaged`. */
export function checkAtStart(db: Database, path: string): StartCheck {
  return translating(path, () => {
    const wasClosed = db.prepare('DELETE FROM setting WHERE name = ?').run(CLOSED).changes > 0;
    if (statSync(path).size <= CHECKED_AT_START_BYTES) {
      requireSound(checkIntegrity(db), path);
      return 'full';
    }
    for (const table of SAMPLED_TABLES) {
      requireSound(firstFinding(db.pragma(`quick_check(${table})`, { simple: true })), path);
    }
    return wasClosed ? 'sampled' : 'full-check-due';
  });
}

/** The first finding of SQLite's quick_check, or null when the store is sound. Reads every page. */
export function checkIntegrity(db: Database): string | null {
  return firstFinding(db.pragma('quick_check(1)', { simple: true }));
}

/** Remembered at the last moment, so that a killed writer is told from one that ended. */
export function markClosed(db: Database): void {
  db.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)').run(CLOSED, 'true');
}

function firstFinding(result: unknown): string | null {
  return result === 'ok' ? null : String(result);
}

function requireSound(finding: string | null, path: string): void {
  if (finding !== null) throw damagedStore(path, new Error(finding));
}
