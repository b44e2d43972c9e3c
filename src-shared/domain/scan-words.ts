/** What lists and notifications say of a scan: the news first, then the figures. */
import { explainExitCode } from './kesl-exit-code.ts';
import type { ScanEvidence, ScanKind, ScanResult, ScanState } from './scan.ts';
import { assertNever } from '../errors/domain-error.ts';

export const KIND_WORDS: Readonly<Record<ScanKind, string>> = {
  full: 'Full',
  'critical-areas': 'Critical areas',
  file: 'File',
  folder: 'Folder',
  memory: 'Memory',
  boot: 'Boot',
  'realtime-on': 'Real-time on',
  'realtime-off': 'Real-time off',
  update: 'Database update',
};

export function resultOf(evidence: readonly ScanEvidence[]): ScanResult | null {
  const piece = evidence.findLast(({ facts }) => facts?.kind === 'result');
  return piece?.facts?.kind === 'result' ? piece.facts.result : null;
}

/** 0 to 100, of the newest progress that tells it. */
export function percentOf(evidence: readonly ScanEvidence[]): number | null {
  const piece = evidence.findLast(({ facts }) => facts?.kind === 'progress' && facts.percent !== null);
  return piece?.facts?.kind === 'progress' ? piece.facts.percent : null;
}

/** One line without a full stop. */
export function summarise(kind: ScanKind, state: ScanState, evidence: readonly ScanEvidence[]): string {
  const result = resultOf(evidence);
  switch (state) {
    case 'planned':
      return last(evidence, 'held') ?? 'Its turn comes';
    case 'waiting-for-agent':
      return last(evidence, 'waiting-for-agent') ?? 'Waits for the agent';
    case 'sent':
      return 'Sent; no sign of a start yet';
    case 'unknown':
      return 'Sent, never seen to start';
    case 'launched':
      return 'Started; no result seen';
    case 'running':
      return runningWords(evidence);
    case 'finished':
      return 'Ended; what it found was not seen';
    case 'finished-clean':
      return withObjects('Nothing detected', result);
    case 'finished-with-detections':
      return detectionWords(result, evidence);
    case 'done':
      return doneWords(kind);
    case 'failed':
    case 'refused':
      return failureWords(result, evidence, state);
    case 'cancelled':
      return 'Cancelled';
    case 'expired':
      return last(evidence, 'expired') ?? 'The agent did not come back in time; nothing was sent';
    default:
      return assertNever(state);
  }
}

function last(evidence: readonly ScanEvidence[], what: ScanEvidence['what']): string | null {
  return evidence.findLast((piece) => piece.what === what)?.detail ?? null;
}

function runningWords(evidence: readonly ScanEvidence[]): string {
  const percent = percentOf(evidence);
  const state = evidence.findLast(({ facts }) => facts?.kind === 'task-state')?.facts;
  const verb = state?.kind === 'task-state' && state.state === 'suspended' ? 'Suspended' : 'Running';
  return percent === null ? verb : `${verb}, ${Math.round(percent)} %`;
}

function withObjects(words: string, result: ScanResult | null): string {
  return result?.scannedObjects == null ? words : `${words}, ${formatCount(result.scannedObjects)} objects`;
}

function detectionWords(result: ScanResult | null, evidence: readonly ScanEvidence[]): string {
  const count = Math.max(result?.detections ?? 0, distinctDetections(evidence), 1);
  const head = count === 1 ? '1 detection' : `${formatCount(count)} detections`;
  if (!result) return head;
  const deeds = [
    deed(result.disinfected, 'disinfected'),
    deed(result.removed, 'removed'),
    deed(result.skipped, 'skipped'),
    deed(result.notDisinfected, 'not disinfected'),
  ].filter((words) => words !== null);
  return [head, ...deeds].join(', ');
}

/** KES tells a detection itself, and the manager's alert tells it once more: the same path and threat are one. */
function distinctDetections(evidence: readonly ScanEvidence[]): number {
  const named = evidence.flatMap(({ what, facts, detail }) => {
    if (what !== 'detection') return [];
    return [facts?.kind === 'detection' ? `${facts.path}\0${facts.threat}` : detail];
  });
  return new Set(named).size;
}

function deed(count: number | null, words: string): string | null {
  return count === null || count === 0 ? null : `${formatCount(count)} ${words}`;
}

function doneWords(kind: ScanKind): string {
  if (kind === 'realtime-on') return 'Real-time protection runs';
  if (kind === 'realtime-off') return 'Real-time protection is off';
  return 'Databases are up to date';
}

function failureWords(
  result: ScanResult | null,
  evidence: readonly ScanEvidence[],
  state: 'failed' | 'refused',
): string {
  if (result?.exitCode != null && result.exitCode !== 0) {
    return `${explainExitCode(result.exitCode).words.replace(/\.$/, '')}, exit code ${result.exitCode}`;
  }
  return (last(evidence, state) ?? 'It failed').replace(/\.$/, '');
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
