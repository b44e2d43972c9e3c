import { z } from 'zod';
import { STANDINGS, type EngineResult, type Standing, type VerdictSource } from '../domain/outcome.ts';
import type { FileChange } from '../domain/alert.ts';
import { TRIAGE_STATES, VIEWS, type TriageState, type View } from '../domain/triage.ts';
import { answer, command, query } from './procedure.ts';

export type { TriageState, View } from '../domain/triage.ts';

/** One distinct file and where it stands. */
export interface DetectionRow {
  readonly fileId: number;
  readonly standing: Standing;
  /** Null without a verdict and for no records. */
  readonly positives: number | null;
  readonly suspicious: number | null;
  readonly total: number | null;
  /** Newest path seen. */
  readonly path: string;
  readonly agentName: string;
  /** Agents that reported it, that one included. */
  readonly agentCount: number;
  readonly judgedAt: string | null;
  /** For queued and failed: when it is asked (again); null when that is not known. */
  readonly waitsUntil: string | null;
  /** Newest FIM event of this file. */
  readonly lastSeenAt: string;
  /** What the list is ordered by: the newest of judged and last seen. */
  readonly activityAt: string;
  /** Null where there is nothing to triage (clean, no records, queued, failed). */
  readonly triage: TriageState | null;
  /** Malicious now, was not before. */
  readonly turned: boolean;
  readonly sha256: string | null;
  readonly sha1: string | null;
  readonly md5: string | null;
}

export interface VerdictVersion {
  readonly id: number;
  readonly standing: Standing;
  readonly positives: number | null;
  readonly suspicious: number | null;
  readonly total: number | null;
  readonly source: VerdictSource;
  /** The agent whose file alone it answers: set where a manager called it harmless, and knows of whom. */
  readonly speaksFor: string | null;
  readonly rule: number;
  readonly judgedAt: string;
  readonly scanDate: string | null;
  /** True when this version is a flip from the one before it. */
  readonly turned: boolean;
}

export interface Sighting {
  readonly eventId: number;
  readonly profile: string;
  readonly agentId: string | null;
  readonly agentName: string;
  readonly path: string;
  readonly change: FileChange;
  readonly time: string;
  readonly alertId: string;
  readonly user: string | null;
  readonly process: string | null;
}

export interface DetectionDetail {
  readonly row: DetectionRow;
  readonly sizeBytes: number | null;
  readonly typeDescription: string | null;
  readonly threatLabel: string | null;
  readonly meaningfulName: string | null;
  readonly tags: readonly string[];
  readonly firstSeenAt: string;
  /** Newest first. */
  readonly versions: readonly VerdictVersion[];
  /** Of the newest report with engines; detecting engines first, then by name. */
  readonly engines: readonly EngineResult[];
  readonly sightings: readonly Sighting[];
  readonly sightingsTotal: number;
  readonly permalink: string | null;
  readonly note: string;
  readonly triagedAt: string | null;
  /** Last failed attempt, for queued and failed: in words. */
  readonly lookup: {
    readonly attempts: number;
    readonly lastOutcome: string | null;
    readonly message: string;
  } | null;
}

/** The alert as the manager wrote it. `text` has invalid UTF-8 replaced. */
export interface SourceAlert {
  readonly text: string;
  readonly format: 'json' | 'log';
  readonly hadInvalidUtf8: boolean;
}

/** A saved view, and what the filter box narrows. */
export const detectionFilter = z.object({
  view: z.enum(VIEWS).default('everything'),
  /** Narrows the view to these standings; empty = all. */
  standings: z.array(z.enum(STANDINGS)).max(STANDINGS.length).default([]),
  agentName: z.string().max(512).nullable().default(null),
  /** ISO 8601 bounds on activity. */
  since: z.iso.datetime().nullable().default(null),
  until: z.iso.datetime().nullable().default(null),
  /** Path text, a hash or its beginning, or an agent's name. */
  text: z.string().max(512).default(''),
});
export type DetectionFilter = z.infer<typeof detectionFilter>;

export const DETECTION_SORTS = ['activity', 'positives'] as const;
export type DetectionSort = (typeof DETECTION_SORTS)[number];

const listInput = z.object({
  filter: detectionFilter,
  sort: z.enum(DETECTION_SORTS).default('activity'),
  direction: z.enum(['ascending', 'descending']).default('descending'),
  /** From the page before; null = from the start. */
  cursor: z.string().max(200).nullable().default(null),
  limit: z.number().int().min(1).max(500).default(200),
});

export interface DetectionPage {
  readonly rows: readonly DetectionRow[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

export type ViewCounts = Readonly<Record<View, number>>;

export const detections = {
  list: query(listInput, answer<DetectionPage>()),
  /** Whole-store counts of the views, and how many rows match the filter (capped at `matchingCap`). */
  counts: query(
    detectionFilter,
    answer<{ readonly views: ViewCounts; readonly matching: number; readonly matchingCap: number }>(),
  ),
  get: query(z.object({ fileId: z.number().int() }), answer<DetectionDetail | null>()),
  /** Finds the file a digest belongs to, if it was ever seen. */
  find: query(z.object({ hash: z.string().max(200) }), answer<{ readonly fileId: number } | null>()),
  sightings: query(
    z.object({
      fileId: z.number().int(),
      before: z.number().int().nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    answer<readonly Sighting[]>(),
  ),
  sourceAlert: query(z.object({ eventId: z.number().int() }), answer<SourceAlert | null>()),
  agents: query(z.void(), answer<readonly string[]>()),
  triage: command(
    z.object({
      fileId: z.number().int(),
      state: z.enum(TRIAGE_STATES),
      note: z.string().max(4000).nullable(),
    }),
    answer<void>(),
  ),
  /** Puts the file at the head of the queue; answered through status and the list, not here. */
  askNow: command(z.object({ fileId: z.number().int() }), answer<void>()),
  /** A digest a person typed: answered from the store or queued at the head. Errors: not a hash. */
  askHash: command(z.object({ hash: z.string().max(200) }), answer<{ readonly fileId: number }>()),
  /** The filtered list as text, safe against formula injection. At most 100,000 rows. */
  exportRows: query(
    z.object({ filter: detectionFilter, format: z.enum(['csv', 'json']) }),
    answer<{
      readonly fileName: string;
      readonly text: string;
      readonly rows: number;
      readonly cut: boolean;
    }>(),
  ),
};
