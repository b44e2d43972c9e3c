import { z } from 'zod';
import type { Dispatch } from '../../src-shared/domain/scan-plan-types.ts';
import {
  AGENT_PROGRAMS,
  EVIDENCE_KINDS,
  EVIDENCE_SOURCES,
  SCAN_ACTIONS,
  SCAN_KINDS,
  SCAN_ROUTES,
  SCAN_STATES,
  type EvidenceFacts,
  type FleetRules,
  type ScanEvidence,
  type ScanOnAgent,
  type ScanResult,
} from '../../src-shared/domain/scan.ts';
import type { StoredOrder, StoredScan } from '../kes/scan-store.ts';

/** A row of `scan`. */
export interface ScanRecord {
  readonly id: number;
  readonly order_id: number | null;
  readonly profile: string;
  readonly agent_id: string;
  readonly agent_name: string;
  readonly kind: string;
  readonly path: string | null;
  readonly action: string;
  readonly route: string | null;
  readonly program: string | null;
  readonly dispatch: string | null;
  readonly exact: string;
  readonly token: string;
  readonly is_canary: number;
  readonly waits_until_ms: number | null;
  readonly state: string;
  readonly summary: string;
  readonly result: string | null;
  readonly percent: number | null;
  readonly asked_ms: number;
  readonly sent_ms: number | null;
  readonly launched_ms: number | null;
  readonly ended_ms: number | null;
  readonly task: string | null;
  readonly likely_cause: string | null;
}

/** A row of `scan_order`. */
export interface OrderRecord {
  readonly id: number;
  readonly kind: string;
  readonly path: string | null;
  readonly action: string;
  readonly rules: string;
  readonly asked_ms: number;
  readonly asked_by: string;
  readonly origin_file_id: number | null;
  readonly held_because: string | null;
}

export interface EvidenceRecord {
  readonly what: string;
  readonly source: string;
  readonly time: string;
  readonly detail: string;
  readonly facts: string | null;
}

// What an older or newer version wrote is read as far as it is understood.
export const storedKind = z.enum(SCAN_KINDS).catch('full');
export const storedState = z.enum(SCAN_STATES).catch('planned');
const storedAction = z.enum(SCAN_ACTIONS).catch('as-set');
const storedRoute = z.enum(SCAN_ROUTES).nullable().catch(null);
export const storedProgram = z.enum(AGENT_PROGRAMS).nullable().catch(null);
const storedWhat = z.enum(EVIDENCE_KINDS);
const storedSource = z.enum(EVIDENCE_SOURCES);

const rulesSchema = z.object({
  atOnce: z.number(),
  pauseSeconds: z.number(),
  canary: z.boolean(),
  waitHours: z.number(),
});
/** The most careful pace, for rules that cannot be read any more. */
const CAREFUL: FleetRules = { atOnce: 1, pauseSeconds: 0, canary: true, waitHours: 0 };

export function orderFromRecord(row: OrderRecord): StoredOrder {
  return {
    id: row.id,
    kind: storedKind.parse(row.kind),
    path: row.path,
    action: storedAction.parse(row.action),
    rules: rulesFrom(row.rules),
    askedMs: row.asked_ms,
    askedBy: row.asked_by,
    originFileId: row.origin_file_id,
    heldBecause: row.held_because,
  };
}

export function rulesFrom(text: string): FleetRules {
  return rulesSchema.catch(CAREFUL).parse(JSON.parse(text));
}

const dispatchSchema: z.ZodType<Dispatch> = z.discriminatedUnion('route', [
  z.object({
    route: z.literal('api'),
    path: z.string(),
    query: z.record(z.string(), z.string()),
    body: z.record(z.string(), z.unknown()),
  }),
  z.object({ route: z.literal('agent-control'), argv: z.array(z.string()) }),
  z.object({ route: z.literal('agent-ssh') }),
]);
const textsSchema = z.array(z.string()).catch([]);
const taskSchema = z.object({ name: z.string(), since: z.string().nullable() }).nullable().catch(null);
const causeSchema = z
  .object({
    alertId: z.string(),
    ruleId: z.string(),
    description: z.string(),
    secondsBefore: z.number(),
  })
  .nullable()
  .catch(null);

/** What the desk and the lists read of a scan alike. */
export function scanOnAgentFrom(row: ScanRecord): ScanOnAgent {
  return {
    id: row.id,
    orderId: row.order_id,
    profile: row.profile,
    agentId: row.agent_id,
    agentName: row.agent_name,
    kind: storedKind.parse(row.kind),
    path: row.path,
    action: storedAction.parse(row.action),
    route: storedRoute.parse(row.route),
    program: storedProgram.parse(row.program),
    state: storedState.parse(row.state),
  };
}

export function scanFromRecord(row: ScanRecord): StoredScan {
  return {
    ...scanOnAgentFrom(row),
    dispatch:
      row.dispatch === null ? null : dispatchSchema.nullable().catch(null).parse(JSON.parse(row.dispatch)),
    exact: exactFrom(row.exact),
    token: row.token,
    isCanary: row.is_canary === 1,
    waitsUntilMs: row.waits_until_ms,
    askedMs: row.asked_ms,
    sentMs: row.sent_ms,
    endedMs: row.ended_ms,
    task: taskSchema.parse(jsonOrNull(row.task)),
    likelyCause: causeFrom(row.likely_cause),
  };
}

export function exactFrom(text: string): readonly string[] {
  return textsSchema.parse(JSON.parse(text));
}

export function causeFrom(text: string | null): StoredScan['likelyCause'] {
  return causeSchema.parse(jsonOrNull(text));
}

const countSchema = z.number().nullable();
const resultSchema: z.ZodType<ScanResult> = z.object({
  exitCode: countSchema,
  scannedObjects: countSchema,
  detections: countSchema,
  disinfected: countSchema,
  removed: countSchema,
  notDisinfected: countSchema,
  skipped: countSchema,
  errors: countSchema,
  finishedAt: z.string().nullable(),
});
const TASK_STATES = [
  'starting',
  'started',
  'stopping',
  'stopped',
  'suspending',
  'suspended',
  'resuming',
  'completed',
  'failed',
  'unknown',
] as const;
const factsSchema: z.ZodType<EvidenceFacts> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('task-state'),
    taskName: z.string(),
    state: z.enum(TASK_STATES).catch('unknown'),
  }),
  z.object({ kind: z.literal('progress'), percent: countSchema, objects: countSchema }),
  z.object({ kind: z.literal('result'), result: resultSchema }),
  z.object({ kind: z.literal('code'), code: z.number() }),
  z.object({ kind: z.literal('alert'), alertId: z.string(), ruleId: z.string() }),
  z.object({
    kind: z.literal('detection'),
    path: z.string(),
    threat: z.string().nullable(),
    deed: z.string().nullable(),
  }),
]);

export function resultFrom(text: string | null): ScanResult | null {
  return resultSchema.nullable().catch(null).parse(jsonOrNull(text));
}

/** Null for a piece of a kind that this version does not know: it counts for nothing. */
export function evidenceFromRecord(row: EvidenceRecord): ScanEvidence | null {
  const what = storedWhat.safeParse(row.what);
  const source = storedSource.safeParse(row.source);
  if (!what.success || !source.success) return null;
  return {
    what: what.data,
    source: source.data,
    time: row.time,
    detail: row.detail,
    facts: factsSchema.nullable().catch(null).parse(jsonOrNull(row.facts)),
  };
}

function jsonOrNull(text: string | null): unknown {
  return text === null ? null : JSON.parse(text);
}
