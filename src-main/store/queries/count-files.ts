import type { Database } from 'better-sqlite3';
import type { ViewCounts } from '../../../src-shared/ipc/detections.ts';
import { planFilter, type FileFilter } from './file-filter.ts';
import { readTallies } from './ledger.ts';
import { armsOf } from './list-files.ts';
import { statement } from './statements.ts';

/** Counting stops here: nobody scrolls further, and a broad filter over millions of rows would take seconds. */
export const MATCHING_CAP = 10_000;

export interface FileCounts {
  readonly views: ViewCounts;
  readonly matching: number;
  readonly matchingCap: number;
}

export function countFiles(db: Database, filter: FileFilter): FileCounts {
  return { views: readViewCounts(db), matching: countMatching(db, filter), matchingCap: MATCHING_CAP };
}

function readViewCounts(db: Database): ViewCounts {
  const tallies = readTallies(db);
  return {
    'to-triage': tallies.to_triage,
    turned: tallies.turned,
    malicious: tallies.malicious,
    suspicious: tallies.suspicious,
    'no-records': tallies.no_records,
    everything: tallies.listed,
  };
}

function countMatching(db: Database, filter: FileFilter): number {
  const plan = planFilter(db, filter);
  let matching = 0;
  for (const arm of armsOf(plan)) {
    if (matching >= MATCHING_CAP) break;
    const conditions = [arm.sql, ...plan.conditions.map(({ sql }) => sql)].join(' AND ');
    const row = statement<{ count: number }>(
      db,
      `SELECT count(*) AS count FROM (SELECT 1 FROM file WHERE ${conditions} LIMIT ?)`,
    ).get(...arm.bound, ...plan.conditions.flatMap(({ bound }) => bound), MATCHING_CAP - matching);
    matching += row?.count ?? 0;
  }
  return matching;
}
