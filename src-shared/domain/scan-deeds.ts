/** What a person may still do to a scan (kesl.md section 6: only tasks of scans can be suspended). */
import { looksAtFiles } from './scan-state.ts';
import type { ScanEvidence, ScanKind, ScanRoute, ScanState } from './scan.ts';

export interface ScanDeeds {
  /** Take back what was not sent. */
  readonly cancel: boolean;
  readonly stop: boolean;
  readonly suspend: boolean;
  readonly resume: boolean;
}

export interface ScanAtHand {
  readonly kind: ScanKind;
  readonly state: ScanState;
  readonly route: ScanRoute | null;
  /** Whether KES has a task of it that can be named; a scan of a path has none. */
  readonly hasTask: boolean;
}

export function deedsFor(
  { kind, state, route, hasTask }: ScanAtHand,
  evidence: readonly ScanEvidence[],
): ScanDeeds {
  const isUnderWay = state === 'launched' || state === 'running';
  const isHeld = route === 'agent-ssh' && hasTask && isUnderWay;
  const isStopping = evidence.some(({ what }) => what === 'cancel-requested');
  const isTaskOfScan = isHeld && !isStopping && looksAtFiles(kind) && kind !== 'file' && kind !== 'folder';
  const isSuspended = lastTaskState(evidence) === 'suspended';
  return {
    cancel: state === 'planned' || state === 'waiting-for-agent',
    stop: isHeld && !isStopping,
    suspend: isTaskOfScan && state === 'running' && !isSuspended,
    resume: isTaskOfScan && isSuspended,
  };
}

function lastTaskState(evidence: readonly ScanEvidence[]): string | null {
  const facts = evidence.findLast((piece) => piece.facts?.kind === 'task-state')?.facts;
  return facts?.kind === 'task-state' ? facts.state : null;
}
