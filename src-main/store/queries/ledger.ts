import type { Database } from 'better-sqlite3';
import type { LedgerDetail } from '../../../src-shared/domain/ledger.ts';
import { NO_TALLIES, type Tallies, type TallyName } from '../tally.ts';
import { statement } from './statements.ts';

/** The whole-store counters by name; absent ones are 0. */
export function readTallies(db: Database): Tallies {
  const tallies: Record<string, number> & Record<TallyName, number> = { ...NO_TALLIES };
  for (const { name, value } of statement<{ name: string; value: number }>(db, 'SELECT * FROM tally').all()) {
    tallies[name] = value;
  }
  return tallies;
}

/** The accounted-for sum with what stands behind it. */
export function readLedger(db: Database): LedgerDetail {
  const tallies = readTallies(db);
  const reasons = {
    deleted: tallies.deleted,
    'no-hash': tallies.no_hash,
    'empty-file': tallies.empty_file,
    registry: tallies.registry,
    excluded: tallies.excluded,
  };
  return {
    fimEvents: tallies.fim_events,
    states: {
      answered: tallies.answered,
      fromStore: tallies.from_store,
      queued: tallies.queued,
      muted: tallies.muted,
      notLookable: Object.values(reasons).reduce((sum, count) => sum + count, 0),
    },
    queuedFiles: tallies.queued_files,
    muteRules:
      db.prepare<[], number>(`SELECT count(*) FROM exclusion WHERE effect = 'mute'`).pluck().get() ?? 0,
    reasons,
  };
}
