import { z } from 'zod';
import type { KesEvent, ResponseEvent } from '../../src-shared/domain/alert.ts';
import type { HeardAlert } from '../../src-shared/domain/heard-alert.ts';
import { SCAN_KINDS } from '../../src-shared/domain/scan.ts';
import { REPORT_EVENTS } from '../../src-shared/domain/script-report.ts';

/** A row of `response_event` with the names of its agent and its source. */
export interface HeardRecord {
  readonly id: number;
  readonly alert_sec: number;
  readonly alert_off: number;
  readonly time_ms: number;
  readonly rule_id: string;
  readonly wazuh_id: string | null;
  readonly agent_name: string;
  readonly is_from_agent_log: number;
  readonly detail: string;
  readonly profile: string;
  readonly profile_id: number | null;
}

const MOST_WORDS = 64;
const LONGEST_WORD = 4096;

/** What is kept of an alert; the rest of it stands in columns. */
export function heardOf(alert: ResponseEvent | KesEvent): z.infer<typeof heardSchema> {
  if (alert.kind === 'kes') {
    const { kind, taskName, taskState, detection } = alert;
    return { kind, taskName, taskState, detection };
  }
  const { kind, program, command, report, trigger } = alert;
  const words = alert.arguments.slice(0, MOST_WORDS).map((word) => word.slice(0, LONGEST_WORD));
  return { kind, program, command, arguments: words, report, trigger };
}

const text = z.string().nullable();
const count = z.number().nullable();
const reportSchema = z.object({
  token: z.string(),
  event: z.enum(REPORT_EVENTS),
  kind: z.enum(SCAN_KINDS).nullable(),
  task: text,
  state: text,
  code: count,
  words: text,
  path: text,
  threat: text,
  counts: z.object({
    scanned: count,
    detected: count,
    disinfected: count,
    removed: count,
    notDisinfected: count,
    errors: count,
    skipped: count,
  }),
});
const triggerSchema = z.object({
  alertId: z.string(),
  ruleId: z.string(),
  description: z.string(),
  timeMs: z.number(),
});
const heardSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('response'),
    program: text,
    command: z.enum(['add', 'delete']).nullable(),
    arguments: z.array(z.string()),
    report: reportSchema.nullable(),
    trigger: triggerSchema.nullable(),
  }),
  z.object({
    kind: z.literal('kes'),
    taskName: text,
    taskState: text,
    detection: z.object({ threat: z.string(), path: text }).nullable(),
  }),
]);

/** Null for what does not read as one any more. */
export function heardFromRecord(row: HeardRecord): HeardAlert | null {
  const parsed = heardSchema.safeParse(JSON.parse(row.detail));
  if (!parsed.success) return null;
  const said = parsed.data;
  const heard = {
    alertId: `${row.alert_sec}.${row.alert_off}`,
    ruleId: row.rule_id,
    timeMs: row.time_ms,
    agentId: row.wazuh_id,
    agentName: row.agent_name,
  };
  return said.kind === 'kes'
    ? { ...heard, ...said }
    : { ...heard, ...said, isFromAgentLog: row.is_from_agent_log === 1 };
}
