/** What could still be seen of a scan on its way and was not: said beside what was (kesl.md section 10, wazuh.md 3.4). */
import { isSettled, looksAtFiles } from './scan-state.ts';
import type { AgentProgram, EvidenceKind, ScanEvidence, ScanKind, ScanRoute, ScanState } from './scan.ts';

export interface NotSeen {
  readonly what: string;
  /** Where it would come from. */
  readonly source: string;
  readonly why: string;
}

export interface WatchedScan {
  readonly kind: ScanKind;
  readonly state: ScanState;
  readonly route: ScanRoute | null;
  readonly program: AgentProgram | null;
  /** This app reads the alerts of the scan's manager. */
  readonly isFollowed: boolean;
}

export function notSeenOf(scan: WatchedScan, evidence: readonly ScanEvidence[]): readonly NotSeen[] {
  const has = (...kinds: readonly EvidenceKind[]) => evidence.some(({ what }) => kinds.includes(what));
  if (!wasSent(scan, evidence) || hasNoMore(scan.state)) return [];
  const missing: NotSeen[] = [];
  if (isSent(scan) && scan.route !== 'agent-ssh' && !has('accepted')) missing.push(acceptance(scan));
  if (!has('launched')) missing.push(launch(scan));
  if (!has('task-state')) missing.push(taskState(scan));
  if (!has('result')) missing.push(result(scan));
  return missing;
}

/** Launched by the manager itself: nobody here asked, and there is no answer to wait for. */
function isSent({ route }: WatchedScan): boolean {
  return route !== null;
}

function wasSent(scan: WatchedScan, evidence: readonly ScanEvidence[]): boolean {
  return !isSent(scan) || evidence.some(({ what }) => what === 'sending');
}

/** It never left, or was turned down: nothing of it will ever be seen. */
function hasNoMore(state: ScanState): boolean {
  return state === 'refused' || state === 'expired' || state === 'cancelled' || state === 'failed';
}

function acceptance({ route }: WatchedScan): NotSeen {
  const isApi = route === 'api';
  return {
    what: 'Accepted by the manager',
    source: isApi ? 'the API’s answer' : 'agent_control’s answer',
    why: 'no answer that names the agent was seen',
  };
}

function launch({ route, program, isFollowed }: WatchedScan): NotSeen {
  const what = 'Started on the agent';
  if (route === 'agent-ssh') return { what, source: 'kesl-control', why: 'not seen yet' };
  const source = program === 'script' ? 'the script’s line, as an alert' : 'rule 657 or 607';
  return { what, source, why: isFollowed ? 'no such alert was read' : NOT_FOLLOWED };
}

const NOT_FOLLOWED = 'this app does not follow the manager’s alerts';

function taskState({ program, isFollowed, state }: WatchedScan): NotSeen {
  const what = 'State of the task';
  if (program === 'kesl-control') return { what, source: 'kesl-control', why: 'not seen yet' };
  if (program === 'script')
    return {
      what,
      source: 'the script’s line, as an alert',
      why: isFollowed ? 'no such alert was read' : NOT_FOLLOWED,
    };
  const why = isSettled(state)
    ? 'the agent did not send KES events to syslog'
    : 'only where the agent sends KES events to syslog';
  return { what, source: 'rule 17000', why: isFollowed ? why : NOT_FOLLOWED };
}

function result({ kind, program, isFollowed }: WatchedScan): NotSeen {
  const what = looksAtFiles(kind) ? 'What it found' : 'Its end';
  if (program === 'wrapper' || program === null)
    return {
      what,
      source: 'none on this way',
      why: 'Wazuh’s wrapper hands no result back; our script or SSH would',
    };
  if (program === 'kesl-control') return { what, source: 'kesl-control’s exit code', why: 'not seen yet' };
  return { what, source: 'the script’s line, as an alert', why: isFollowed ? 'not seen yet' : NOT_FOLLOWED };
}
