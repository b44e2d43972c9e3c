/**
 * From evidence to state. Evidence is only ever added; the state is what all of it together says, so a late alert corrects
 * what was believed before. Time alone leads to one state: `unknown`, sent and never seen to start.
 */
import { explainExitCode, isOrdinary } from './kesl-exit-code.ts';
import type { ScanEvidence, ScanKind, ScanResult, ScanState, TaskState } from './scan.ts';
import { assertNever } from '../errors/domain-error.ts';

/** How long a scan may be sent without a sign of life, ms. */
export const UNKNOWN_AFTER_MS = 10 * 60_000;

/** Kinds that look at nothing: they switch protection or fetch databases. */
export function looksAtFiles(kind: ScanKind): boolean {
  return kind !== 'realtime-on' && kind !== 'realtime-off' && kind !== 'update';
}

export function deriveScanState(kind: ScanKind, evidence: readonly ScanEvidence[], nowMs: number): ScanState {
  const told = fold(kind, evidence);
  if (told !== 'sent') return told;
  const sent = evidence.findLast(({ what }) => what === 'accepted' || what === 'sending');
  return sent && nowMs - Date.parse(sent.time) > UNKNOWN_AFTER_MS ? 'unknown' : told;
}

function fold(kind: ScanKind, evidence: readonly ScanEvidence[]): ScanState {
  let state: ScanState = 'planned';
  let isStopping = false;
  for (const piece of evidence) {
    isStopping ||= piece.what === 'cancel-requested';
    state = isStopping && isEndOfTask(piece) ? further(state, 'cancelled') : advance(kind, state, piece);
  }
  const isEnded = state === 'finished' || state === 'finished-clean';
  // One detection that was seen weighs more than a count of none, in whatever order they came.
  return isEnded && looksAtFiles(kind) && evidence.some(({ what }) => what === 'detection')
    ? 'finished-with-detections'
    : state;
}

/** A task that a person had stopped shows no other end than one that came to its end: it is never called finished. */
function isEndOfTask({ what, facts }: ScanEvidence): boolean {
  return what === 'task-state' && facts?.kind === 'task-state' && facts.state === 'stopped';
}

/** Nothing more is expected; a late result may still correct it. */
export function isSettled(state: ScanState): boolean {
  return RANK[state] >= SETTLED;
}

/** How far a scan has come: evidence that says less than what is known already changes nothing. */
const RANK: Readonly<Record<ScanState, number>> = {
  planned: 0,
  'waiting-for-agent': 1,
  sent: 2,
  unknown: 2,
  launched: 3,
  running: 4,
  expired: 5,
  cancelled: 5,
  refused: 5,
  failed: 5,
  finished: 6,
  done: 7,
  'finished-clean': 7,
  'finished-with-detections': 8,
};
const SETTLED = 5;

function advance(kind: ScanKind, state: ScanState, { what, facts }: ScanEvidence): ScanState {
  switch (what) {
    case 'requested':
    case 'held':
    case 'progress':
    case 'detection':
    case 'cancel-requested':
    case 'not-seen':
      return what === 'progress' || what === 'detection' ? further(state, 'running') : state;
    case 'waiting-for-agent':
      return further(state, 'waiting-for-agent');
    case 'sending':
    case 'accepted':
      return further(state, 'sent');
    case 'launched':
      // A request that seemed to fail on its way and started all the same: what was seen on the agent counts.
      return state === 'failed' || state === 'expired' ? 'launched' : further(state, 'launched');
    case 'task-state':
      return facts?.kind === 'task-state' ? afterTaskState(kind, state, facts.state) : state;
    case 'result':
      return facts?.kind === 'result' ? further(state, stateOfResult(kind, facts.result)) : state;
    case 'refused':
    case 'failed':
    case 'cancelled':
    case 'expired':
      return further(state, what);
    default:
      return assertNever(what);
  }
}

function further(state: ScanState, told: ScanState): ScanState {
  return RANK[told] > RANK[state] ? told : state;
}

function afterTaskState(kind: ScanKind, state: ScanState, task: TaskState): ScanState {
  switch (task) {
    case 'starting':
    case 'started':
    case 'resuming':
    case 'suspending':
    case 'suspended':
      if (kind === 'realtime-on' && task === 'started') return further(state, 'done');
      return state === 'failed' || state === 'expired' ? 'running' : further(state, 'running');
    case 'stopped':
      if (kind === 'realtime-off') return further(state, 'done');
      // A task that nobody saw run is stopped all the time: that is no end of this scan.
      return state === 'running' || state === 'cancelled' ? further(state, 'finished') : state;
    case 'completed':
      return further(state, 'finished');
    case 'failed':
      return further(state, 'failed');
    case 'stopping':
    case 'unknown':
      return state;
    default:
      return assertNever(task);
  }
}

/**
 * A clean end needs a count of detections that is zero: an exit code alone may come from a version that tells none. A zero
 * is none either without an exit code, or where nothing was looked at, or where some of it could not be.
 */
export function stateOfResult(kind: ScanKind, result: ScanResult): ScanState {
  const { exitCode, detections, scannedObjects, errors } = result;
  if ((detections ?? 0) > 0 || exitCode === 72) return 'finished-with-detections';
  if (exitCode !== null && !isOrdinary(exitCode)) {
    return explainExitCode(exitCode).meaning === 'managed-by-policy' ? 'refused' : 'failed';
  }
  if (!looksAtFiles(kind)) return 'done';
  const hasLookedAtAll = exitCode !== null && scannedObjects !== 0 && (errors ?? 0) === 0;
  return detections === 0 && hasLookedAtAll ? 'finished-clean' : 'finished';
}
