import type { Database } from 'better-sqlite3';
import { zstdDecompressSync } from 'node:zlib';
import { z } from 'zod';
import type { EngineResult } from '../../../src-shared/domain/outcome.ts';
import { ruleOf } from '../../../src-shared/domain/outcome.ts';
import type { DetectionDetail, DetectionRow, VerdictVersion } from '../../../src-shared/ipc/detections.ts';
import { speaksForOneAgent } from '../file-record.ts';
import { STANDING_CODE, standingFromCode, verdictSourceFromCode } from '../codes.ts';
import { presentFileId, readDetectionRow } from './detection-rows.ts';
import { listSightings } from './sightings.ts';
import { statement, toIso, toIsoOrNull } from './statements.ts';

/** Versions and sightings shown at once; more sightings are asked for page by page. */
const SHOWN_VERSIONS = 200;
const SHOWN_SIGHTINGS = 100;

/** One file's whole story; null when it is unknown. A number from before a join is understood. */
export function readDetection(db: Database, fileId: number): DetectionDetail | null {
  const id = presentFileId(db, fileId);
  const row = id === null ? null : readDetectionRow(db, id);
  return row && { row, ...readFacts(db, row), ...readReport(db, row.fileId) };
}

function readFacts(db: Database, row: DetectionRow) {
  const facts = statement<FactsRow>(
    db,
    `SELECT file.size_bytes, file.first_seen_ms, file.events, file.queue_priority, file.attempts, file.last_outcome,
       file.last_message, triage_note.note, triage_note.triaged_ms
     FROM file LEFT JOIN triage_note ON triage_note.file_id = file.id WHERE file.id = ?`,
  ).get(row.fileId);
  return {
    sizeBytes: facts?.size_bytes ?? null,
    firstSeenAt: toIso(facts?.first_seen_ms ?? 0),
    versions: readVersions(db, row.fileId),
    sightings: listSightings(db, { fileId: row.fileId, before: null, limit: SHOWN_SIGHTINGS }),
    sightingsTotal: facts?.events ?? 0,
    note: facts?.note ?? '',
    triagedAt: toIsoOrNull(facts?.triaged_ms ?? null),
    lookup: facts ? lookupOf(facts) : null,
  };
}

function lookupOf(facts: FactsRow): DetectionDetail['lookup'] {
  if (facts.queue_priority === null) return null;
  return {
    attempts: facts.attempts,
    lastOutcome: facts.last_outcome,
    message: facts.last_message ?? 'Not asked yet.',
  };
}

export function readVersions(db: Database, fileId: number): readonly VerdictVersion[] {
  return statement<VersionRow>(
    db,
    `SELECT verdict.id, standing, positives, verdict.suspicious, total, source, judged_ms, scan_date, turned,
       agent.name AS agent
     FROM verdict LEFT JOIN agent ON agent.id = verdict.agent_id WHERE file_id = ? ORDER BY judged_ms DESC, verdict.id DESC LIMIT ${SHOWN_VERSIONS}`,
  )
    .all(fileId)
    .map((version) => ({
      id: version.id,
      standing: standingFromCode(version.standing) ?? 'clean',
      positives: version.positives,
      suspicious: version.suspicious,
      total: version.total,
      source: verdictSourceFromCode(version.source),
      speaksFor: speaksForOneAgent(version) ? version.agent : null,
      rule: ruleOfStanding(version.standing),
      judgedAt: toIso(version.judged_ms),
      scanDate: version.scan_date,
      turned: version.turned === 1,
    }));
}

/** The manager's rule for a standing: suspicion alone is "no positives" there. */
export function ruleOfStanding(standing: number): number {
  if (standing === STANDING_CODE.malicious) return ruleOf('detected') ?? 0;
  return ruleOf(standing === STANDING_CODE['no-records'] ? 'no-records' : 'no-positives') ?? 0;
}

type ReportFacts = Pick<
  DetectionDetail,
  'typeDescription' | 'threatLabel' | 'meaningfulName' | 'tags' | 'engines' | 'permalink'
>;

/** Engines come from the newest report that has any; the manager's verdicts carry counts only. */
function readReport(db: Database, fileId: number): ReportFacts {
  const permalink = statement<{ permalink: string }>(
    db,
    `SELECT permalink FROM verdict WHERE file_id = ? AND permalink IS NOT NULL ORDER BY judged_ms DESC, id DESC LIMIT 1`,
  ).get(fileId)?.permalink;
  const report = newestReport(db, fileId)?.report;
  return {
    typeDescription: report?.typeDescription ?? null,
    threatLabel: report?.threatLabel ?? null,
    meaningfulName: report?.meaningfulName ?? null,
    tags: report?.tags ?? [],
    engines: (report?.engines ?? []).toSorted(detectingFirst),
    permalink: permalink ?? null,
  };
}

/** The engines of the newest report that has any, and when it was read. */
export function readEngines(
  db: Database,
  fileId: number,
): { readonly engines: readonly EngineResult[]; readonly judgedMs: number | null } {
  const newest = newestReport(db, fileId);
  return { engines: newest?.report.engines ?? [], judgedMs: newest?.judgedMs ?? null };
}

function newestReport(db: Database, fileId: number) {
  const row = statement<{ report: Uint8Array; judged_ms: number }>(
    db,
    `SELECT report, judged_ms FROM verdict WHERE file_id = ? AND report IS NOT NULL
     ORDER BY judged_ms DESC, id DESC LIMIT 1`,
  ).get(fileId);
  const report = row ? unpackReport(row.report) : null;
  return row && report ? { report, judgedMs: row.judged_ms } : null;
}

const MOST_REPORT_BYTES = 16 * 1024 * 1024;

const engineSchema = z.object({
  engine: z.string(),
  category: z.string(),
  result: z.string().nullable(),
  engineVersion: z.string().nullable(),
  engineUpdate: z.string().nullable(),
});
const reportSchema = z.object({
  typeDescription: z.string().nullable(),
  threatLabel: z.string().nullable(),
  meaningfulName: z.string().nullable(),
  tags: z.array(z.string()),
  engines: z.array(engineSchema),
});

function unpackReport(packed: Uint8Array): z.infer<typeof reportSchema> | null {
  const text = zstdDecompressSync(packed, { maxOutputLength: MOST_REPORT_BYTES }).toString();
  const parsed = reportSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}

const CATEGORY_ORDER = ['malicious', 'suspicious'];

function detectingFirst(a: EngineResult, b: EngineResult): number {
  return urgency(a) - urgency(b) || a.engine.localeCompare(b.engine, 'en');
}

function urgency({ category }: EngineResult): number {
  const place = CATEGORY_ORDER.indexOf(category);
  return place < 0 ? CATEGORY_ORDER.length : place;
}

interface FactsRow {
  readonly size_bytes: number | null;
  readonly first_seen_ms: number;
  readonly events: number;
  readonly queue_priority: number | null;
  readonly attempts: number;
  readonly last_outcome: string | null;
  readonly last_message: string | null;
  readonly note: string | null;
  readonly triaged_ms: number | null;
}

interface VersionRow {
  readonly id: number;
  readonly standing: number;
  readonly positives: number | null;
  readonly suspicious: number | null;
  readonly total: number | null;
  readonly source: number;
  readonly judged_ms: number;
  readonly scan_date: string | null;
  readonly turned: number;
  readonly agent: string | null;
}
