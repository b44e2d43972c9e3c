import type { ScanKind } from './scan.ts';

export const REPORT_EVENTS = ['started', 'state', 'detection', 'result', 'refused'] as const;
export type ReportEvent = (typeof REPORT_EVENTS)[number];

/** One line that our script on an agent wrote (src-main/kes/agent-script). Everything in it comes from the agent. */
export interface ScriptReport {
  /** Of the scan it belongs to: 16 of [a-z0-9]. */
  readonly token: string;
  readonly event: ReportEvent;
  readonly kind: ScanKind | null;
  readonly task: string | null;
  /** As kesl-control printed it. */
  readonly state: string | null;
  /** Of kesl-control. */
  readonly code: number | null;
  /** Why it was refused, or the first line that kesl-control printed. */
  readonly words: string | null;
  readonly path: string | null;
  readonly threat: string | null;
  readonly counts: ReportCounts;
}

/** Null where the line does not tell. */
export interface ReportCounts {
  readonly scanned: number | null;
  readonly detected: number | null;
  readonly disinfected: number | null;
  readonly removed: number | null;
  readonly notDisinfected: number | null;
  readonly errors: number | null;
  readonly skipped: number | null;
}

/**
 * The alert that made a manager launch a response, as the response carries it. Rule and second hold; the offset in the
 * id may be that of the alert before (observed on 3.13.6 and 4.14.7).
 */
export interface ResponseTrigger {
  readonly alertId: string;
  readonly ruleId: string;
  /** Empty before 4.2: only the rule's number travels. */
  readonly description: string;
  /** Epoch milliseconds; whole seconds before 4.2. */
  readonly timeMs: number;
}
