import type {
  AgentProgram,
  EvidenceSource,
  ScanKind,
  ScanRoute,
  ScanState,
} from '../../../src-shared/domain/scan.ts';
import { KIND_WORDS } from '../../../src-shared/domain/scan-words.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ScanRow } from '../../../src-shared/ipc/scans.ts';
import { formatSpan, MISSING } from '../../ui/format.ts';
import type { MarkName } from '../../ui/mark.tsx';

/** Octagon: something was detected. Square: broken. Triangle: read this. Clock: under way. Ring: not yet, or not at all. */
export const STATE_MARKS: Readonly<Record<ScanState, MarkName>> = {
  planned: 'waits',
  'waiting-for-agent': 'waits',
  sent: 'queued',
  launched: 'suspicious',
  running: 'queued',
  finished: 'suspicious',
  'finished-clean': 'clean',
  'finished-with-detections': 'malicious',
  done: 'clean',
  failed: 'failed',
  refused: 'failed',
  unknown: 'no-records',
  cancelled: 'waits',
  expired: 'failed',
};

export const STATE_WORDS: Readonly<Record<ScanState, string>> = {
  planned: 'Its turn comes',
  'waiting-for-agent': 'Waits for the agent',
  sent: 'Sent',
  launched: 'Started, no result seen',
  running: 'Running',
  finished: 'Ended, not seen what it found',
  'finished-clean': 'Nothing detected',
  'finished-with-detections': 'With detections',
  done: 'Done',
  failed: 'Failed',
  refused: 'Refused',
  unknown: 'Never seen to start',
  cancelled: 'Cancelled',
  expired: 'Expired',
};

export const PROGRAM_WORDS: Readonly<Record<AgentProgram, string>> = {
  script: 'our script',
  wrapper: 'Wazuh’s wrapper',
  'kesl-control': 'kesl-control',
};

export const ROUTE_WORDS: Readonly<Record<ScanRoute, string>> = {
  api: 'manager API',
  'agent-control': 'agent_control',
  'agent-ssh': 'SSH to the agent',
};

export const SOURCE_WORDS: Readonly<Record<EvidenceSource, string>> = {
  app: 'this app',
  'manager-api': 'manager API',
  'agent-control': 'agent_control',
  alert: 'alert',
  script: 'our script, through an alert',
  'kesl-control': 'kesl-control',
  ssh: 'SSH session',
};

/** `manager API, our script`; over SSH there is one program only. */
export function wayWords({
  route,
  program,
}: {
  readonly route: ScanRoute;
  readonly program: AgentProgram;
}): string {
  return program === 'kesl-control' ? ROUTE_WORDS[route] : `${ROUTE_WORDS[route]}, ${PROGRAM_WORDS[program]}`;
}

/** In the middle of a sentence: `full scan`, `database update`, `scan of a folder`. */
export const KIND_NOUNS: Readonly<Record<ScanKind, string>> = {
  full: 'full scan',
  'critical-areas': 'scan of critical areas',
  file: 'scan of a file',
  folder: 'scan of a folder',
  memory: 'memory scan',
  boot: 'boot scan',
  'realtime-on': 'switching real-time protection on',
  'realtime-off': 'switching real-time protection off',
  update: 'database update',
};

/** What the button does. */
export const KIND_VERBS: Readonly<Record<ScanKind, string>> = {
  full: 'Start full scan',
  'critical-areas': 'Scan critical areas',
  file: 'Scan file',
  folder: 'Scan folder',
  memory: 'Start memory scan',
  boot: 'Start boot scan',
  'realtime-on': 'Switch protection on',
  'realtime-off': 'Switch protection off',
  update: 'Update databases',
};

/** `Full on db-fra-1`. */
export function scanTitle({ kind, agentName }: Pick<ScanRow, 'kind' | 'agentName'>): string {
  return `${KIND_WORDS[kind]} on ${visibleText(agentName)}`;
}

/** From being asked to its end; a dash while it has none. */
export function tookWords({ askedAt, endedAt }: Pick<ScanRow, 'askedAt' | 'endedAt'>): string {
  return endedAt === null ? MISSING : formatSpan(Date.parse(endedAt) - Date.parse(askedAt));
}

/** States in which something may still be seen. */
export const OPEN_STATES = [
  'planned',
  'waiting-for-agent',
  'sent',
  'launched',
  'running',
  'unknown',
] as const;
