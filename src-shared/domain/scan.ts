/**
 * On-demand scans by Kaspersky Endpoint Security for Linux (KES). An *order* is what a person asks for once; it holds one
 * *scan* for each agent, and a scan's state is derived from its evidence alone (scan-state.ts).
 */
export const SCAN_KINDS = [
  'full',
  'critical-areas',
  'file',
  'folder',
  'memory',
  'boot',
  'realtime-on',
  'realtime-off',
  'update',
] as const;
export type ScanKind = (typeof SCAN_KINDS)[number];

/** What KES does with what it finds: as the agent's task is set, or look only (`--action Skip`). */
export const SCAN_ACTIONS = ['as-set', 'skip'] as const;
export type ScanAction = (typeof SCAN_ACTIONS)[number];

/** How the request travels. Only `agent-ssh` sees progress by itself; our script on the agent reports through alerts. */
export const SCAN_ROUTES = ['api', 'agent-control', 'agent-ssh'] as const;
export type ScanRoute = (typeof SCAN_ROUTES)[number];

/**
 * What runs on the agent: our own script, Wazuh's wrapper (`kaspersky` from 4.2 on, `kaspersky.sh` before), or
 * `kesl-control` itself over SSH.
 */
export const AGENT_PROGRAMS = ['script', 'wrapper', 'kesl-control'] as const;
export type AgentProgram = (typeof AGENT_PROGRAMS)[number];

export const SCAN_STATES = [
  /** Its turn has not come: the limit of scans at once, the canary before it. */
  'planned',
  'waiting-for-agent',
  'sent',
  'launched',
  'running',
  /** It ended, and nobody saw what it found. */
  'finished',
  'finished-clean',
  'finished-with-detections',
  /** For kinds that look at nothing: protection switched, databases updated. */
  'done',
  'failed',
  'refused',
  /** Sent, and never seen to start within the time. */
  'unknown',
  'cancelled',
  'expired',
] as const;
export type ScanState = (typeof SCAN_STATES)[number];

/** One scan of an order: where and what. */
export interface ScanOnAgent {
  readonly id: number;
  /** Null for a scan that the manager launched by a trigger. */
  readonly orderId: number | null;
  readonly profile: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly kind: ScanKind;
  readonly path: string | null;
  readonly action: ScanAction;
  /** Null for a scan that the manager launched by a trigger: nobody here chose one. */
  readonly route: ScanRoute | null;
  readonly program: AgentProgram | null;
  /** Derived from its evidence; `unknown` from time alone. */
  readonly state: ScanState;
}

/** What was seen of a scan. Everything a person is told about it stands on one of these. */
export const EVIDENCE_KINDS = [
  'requested',
  'held',
  'waiting-for-agent',
  'sending',
  'accepted',
  'refused',
  'launched',
  'task-state',
  'progress',
  'detection',
  'result',
  'failed',
  'cancel-requested',
  'cancelled',
  'expired',
  'not-seen',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** Who saw it. */
export const EVIDENCE_SOURCES = [
  'app',
  'manager-api',
  'agent-control',
  'alert',
  'script',
  'kesl-control',
  'ssh',
] as const;
export type EvidenceSource = (typeof EVIDENCE_SOURCES)[number];

export interface ScanEvidence {
  readonly what: EvidenceKind;
  readonly source: EvidenceSource;
  /** ISO 8601 UTC; of the machine that saw it. */
  readonly time: string;
  /** One sentence for the eye; hostile text made visible. */
  readonly detail: string;
  /** What the state is derived from; null where the kind says all. */
  readonly facts: EvidenceFacts | null;
}

export type EvidenceFacts =
  | { readonly kind: 'task-state'; readonly taskName: string; readonly state: TaskState }
  | { readonly kind: 'progress'; readonly percent: number | null; readonly objects: number | null }
  | { readonly kind: 'result'; readonly result: ScanResult }
  | { readonly kind: 'code'; readonly code: number }
  | { readonly kind: 'alert'; readonly alertId: string; readonly ruleId: string }
  | {
      readonly kind: 'detection';
      readonly path: string;
      readonly threat: string | null;
      readonly deed: string | null;
    };

/** In English whatever the agent's locale; `unknown` is a word we do not know. */
export type TaskState =
  | 'starting'
  | 'started'
  | 'stopping'
  | 'stopped'
  | 'suspending'
  | 'suspended'
  | 'resuming'
  | 'completed'
  | 'failed'
  | 'unknown';

export interface ScanResult {
  /** Of kesl-control; null where nobody saw it. Its meaning: kesl.md section 6. */
  readonly exitCode: number | null;
  readonly scannedObjects: number | null;
  readonly detections: number | null;
  readonly disinfected: number | null;
  readonly removed: number | null;
  readonly notDisinfected: number | null;
  readonly skipped: number | null;
  readonly errors: number | null;
  /** ISO 8601 UTC. */
  readonly finishedAt: string | null;
}

/** A result of which nothing was seen. */
export const UNSEEN_RESULT: ScanResult = {
  exitCode: null,
  scannedObjects: null,
  detections: null,
  disinfected: null,
  removed: null,
  notDisinfected: null,
  skipped: null,
  errors: null,
  finishedAt: null,
};

/** An order's rules for many agents. */
export interface FleetRules {
  /** Scans that run side by side. */
  readonly atOnce: number;
  readonly pauseSeconds: number;
  /** One agent first; the rest follows only after it ended without failing. */
  readonly canary: boolean;
  /** How long an agent that is away is waited for; 0: not at all. */
  readonly waitHours: number;
}
