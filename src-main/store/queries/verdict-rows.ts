import type { Database } from 'better-sqlite3';
import {
  JUDGED_STANDINGS,
  type JudgedStanding,
  type VerdictSource,
} from '../../../src-shared/domain/outcome.ts';
import type { DetectionRow } from '../../../src-shared/ipc/detections.ts';
import { STANDING_CODE, verdictSourceFromCode } from '../codes.ts';
import { presentFileId, readDetectionRow } from './detection-rows.ts';
import { ruleOfStanding } from './detection-detail.ts';
import { EVERYTHING } from './file-filter.ts';
import { walkFiles } from './walk-files.ts';
import { listSightings } from './sightings.ts';
import { preparedOnce } from './statements.ts';

/** A verdict as `verdicts` and `lookup` print it (design: the command line). Times ISO 8601 UTC. */
export interface VerdictRow {
  readonly outcome: JudgedStanding;
  /** The manager's rule for it: 87103, 87104 or 87105. */
  readonly rule: number;
  readonly sha256: string | null;
  readonly sha1: string | null;
  readonly md5: string | null;
  readonly positives: number | null;
  readonly suspicious: number | null;
  readonly total: number | null;
  readonly scanDate: string | null;
  readonly permalink: string | null;
  readonly source: VerdictSource;
  readonly judgedAt: string;
  /** Newest first, at most `SIGHTINGS_SHOWN`. */
  readonly sightings: readonly VerdictSighting[];
}

export interface VerdictSighting {
  readonly profile: string;
  readonly agentId: string | null;
  readonly agentName: string;
  readonly path: string;
  readonly alertId: string;
  readonly time: string;
}

export interface VerdictFilter {
  /** Empty: all four. */
  readonly outcomes: readonly JudgedStanding[];
  readonly agentName: string | null;
  /** Text within the path, without regard to case. */
  readonly path: string | null;
  /** ISO 8601 bounds on the newest activity. */
  readonly since: string | null;
  readonly until: string | null;
  readonly limit: number;
}

export const SIGHTINGS_SHOWN = 1000;

/** Newest activity first, read page by page: a million rows need no more memory than one page. */
export function* verdictRows(db: Database, filter: VerdictFilter): Generator<VerdictRow> {
  const standings = filter.outcomes.length === 0 ? JUDGED_STANDINGS : filter.outcomes;
  const fileFilter = {
    ...EVERYTHING,
    standings: [...standings],
    agentName: filter.agentName,
    since: filter.since,
    until: filter.until,
    ...(filter.path === null ? {} : { pathText: filter.path }),
  };
  for (const row of walkFiles(db, fileFilter, filter.limit)) {
    const verdict = toVerdictRow(db, row);
    if (verdict) yield verdict;
  }
}

/** The verdict of one file; null without one. */
export function readVerdictRow(db: Database, fileId: number): VerdictRow | null {
  const id = presentFileId(db, fileId);
  const row = id === null ? null : readDetectionRow(db, id);
  return row && toVerdictRow(db, row);
}

function toVerdictRow(db: Database, row: DetectionRow): VerdictRow | null {
  const outcome = JUDGED_STANDINGS.find((word) => word === row.standing);
  const current = selectCurrent(db).get(row.fileId);
  if (!outcome || !current) return null;
  return {
    outcome,
    rule: ruleOfStanding(STANDING_CODE[outcome]),
    sha256: row.sha256,
    sha1: row.sha1,
    md5: row.md5,
    positives: row.positives,
    suspicious: row.suspicious,
    total: row.total,
    scanDate: current.scan_date,
    permalink: current.permalink,
    source: verdictSourceFromCode(current.source),
    judgedAt: row.judgedAt ?? '',
    sightings: listSightings(db, { fileId: row.fileId, before: null, limit: SIGHTINGS_SHOWN }).map(
      ({ profile, agentId, agentName, path, alertId, time }) => ({
        profile,
        agentId,
        agentName,
        path,
        alertId,
        time,
      }),
    ),
  };
}

const selectCurrent = preparedOnce<{
  source: number;
  scan_date: string | null;
  permalink: string | null;
}>(
  `SELECT verdict.source, verdict.scan_date, verdict.permalink FROM file JOIN verdict ON verdict.id = file.verdict_id
   WHERE file.id = ?`,
);
