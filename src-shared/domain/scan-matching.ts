/**
 * Which scan an alert belongs to. Our script's lines carry the scan's token. All else is told by agent, program, words and
 * time; the alert id inside a response is not reliable (observed on 3.13.6 and 4.14.7).
 */
import type { HeardKes, HeardResponse } from './heard-alert.ts';
import { isOurScript, isWrapper, programName, wrapperDeed, type ResponseDeed } from './response-deed.ts';
import { ownTaskName } from './scan-dispatch.ts';
import { deedFor } from './scan-kinds.ts';
import { looksAtFiles } from './scan-state.ts';
import type { AgentProgram, ScanKind, ScanState } from './scan.ts';

/** A scan that may be heard of, as far as matching needs to know it. */
export interface AwaitedScan {
  readonly id: number;
  readonly agentId: string;
  readonly agentName: string;
  readonly kind: ScanKind;
  readonly path: string | null;
  readonly program: AgentProgram | null;
  readonly token: string;
  readonly state: ScanState;
  /** Epoch milliseconds; null for what a manager launched by itself, and before a request left. */
  readonly sentMs: number | null;
  readonly launchedMs: number | null;
  readonly endedMs: number | null;
  /** Lines of the wrapper's programs that were given to it. */
  readonly launches: readonly { readonly program: string; readonly timeMs: number }[];
}

export type ResponseMatch =
  /** A sign of this scan. */
  | { readonly kind: 'scan'; readonly scanId: number }
  /** A Kaspersky response that nobody here asked for. */
  | { readonly kind: 'automatic'; readonly deed: ResponseDeed; readonly program: 'wrapper' | 'script' }
  | { readonly kind: 'none' };

/** The manager's clock and this workstation's may differ by so much, ms. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;
/** A response reaches a connected agent at once; execd may be held up by another one. */
export const LAUNCH_WINDOW_MS = 60 * 60_000;
/** The compiled wrapper's line and the Python script's, of one run. */
export const ONE_RUN_MS = 60_000;
/** Lines of syslog and of the agent's log overtake each other. */
const OVERTAKING_MS = 2 * 60_000;
/** Nothing is followed for longer (as in the script). */
export const LONGEST_SCAN_MS = 25 * 3_600_000;

const NO_MATCH: ResponseMatch = { kind: 'none' };

/** `scans`: those of the same profile that were sent or launched in the last `LONGEST_SCAN_MS`, in any order. */
export function matchResponse(response: HeardResponse, scans: readonly AwaitedScan[]): ResponseMatch {
  if (!response.isFromAgentLog) return NO_MATCH;
  const ofAgent = scans.filter((scan) => isOn(scan, response));
  if (isOurScript(response)) return matchReport(response, ofAgent);
  const deed = isWrapper(response) ? wrapperDeed(response) : null;
  if (!deed) return NO_MATCH;
  const scan = sameRun(response, deed, ofAgent) ?? oldestAwaited(response, deed, ofAgent);
  return scan ? { kind: 'scan', scanId: scan.id } : { kind: 'automatic', deed, program: 'wrapper' };
}

/** A token is a secret between the app and the agent's root, yet another agent's is worth nothing here. */
function matchReport({ report }: HeardResponse, ofAgent: readonly AwaitedScan[]): ResponseMatch {
  if (!report) return NO_MATCH;
  const [scan] = ofAgent.filter(({ token }) => token === report.token).toSorted((a, b) => b.id - a.id);
  if (scan) return { kind: 'scan', scanId: scan.id };
  const { kind, path } = report;
  if (kind === null) return NO_MATCH;
  return { kind: 'automatic', deed: { kind, path, action: 'as-set' }, program: 'script' };
}

/** The other line of a run that was seen to start: what starts the Python script writes one, and so does that script. */
function sameRun(
  response: HeardResponse,
  deed: ResponseDeed,
  ofAgent: readonly AwaitedScan[],
): AwaitedScan | null {
  const isPython = programName(response) === PYTHON;
  const runs = ofAgent.filter(
    (scan) =>
      fits(scan, deed) &&
      !(response.trigger && scan.sentMs !== null) &&
      scan.launches.length > 0 &&
      scan.launches.every(
        ({ program, timeMs }) =>
          (program === PYTHON) !== isPython && Math.abs(response.timeMs - timeMs) <= ONE_RUN_MS,
      ),
  );
  return first(runs, ({ launches }) => launches[0]?.timeMs ?? 0);
}

const PYTHON = 'kaspersky.py';

/** The scan that was sent first and not seen to start. What carries a trigger was not asked for by a person. */
function oldestAwaited(
  response: HeardResponse,
  deed: ResponseDeed,
  ofAgent: readonly AwaitedScan[],
): AwaitedScan | null {
  if (response.trigger || response.command === 'delete') return null;
  const awaited = ofAgent.filter(
    (scan) =>
      scan.program === 'wrapper' &&
      AWAITING.includes(scan.state) &&
      scan.launches.length === 0 &&
      fits(scan, deed) &&
      isWithin(response.timeMs, scan.sentMs),
  );
  return first(awaited, ({ sentMs }) => sentMs ?? 0);
}

/** A request that seemed to fail on its way may have arrived. */
const AWAITING: readonly ScanState[] = ['sent', 'unknown', 'failed'];

function isWithin(timeMs: number, sentMs: number | null): boolean {
  return sentMs !== null && timeMs >= sentMs - CLOCK_TOLERANCE_MS && timeMs <= sentMs + LAUNCH_WINDOW_MS;
}

function fits(scan: AwaitedScan, { kind, path }: ResponseDeed): boolean {
  return scan.kind === kind && (scan.path === null || scan.path === path);
}

/** Rule 17000: the newest launched scan of this agent that the task belongs to, in its time. Null: none of ours. */
export function matchKes(event: HeardKes, scans: readonly AwaitedScan[]): number | null {
  const { taskName, timeMs, detection } = event;
  if (taskName === null) return null;
  // What the protection finds once it is on is its ordinary work, and no part of switching it on.
  const running = scans.filter(
    (scan) =>
      isOn(scan, event) &&
      belongs(taskName, scan.kind) &&
      isInSpan(timeMs, scan) &&
      (detection === null || looksAtFiles(scan.kind)),
  );
  return first(running, ({ launchedMs }) => -(launchedMs ?? 0))?.id ?? null;
}

function isInSpan(timeMs: number, { launchedMs, endedMs }: AwaitedScan): boolean {
  if (launchedMs === null || timeMs < launchedMs - OVERTAKING_MS) return false;
  return endedMs === null ? timeMs <= launchedMs + LONGEST_SCAN_MS : timeMs <= endedMs + OVERTAKING_MS;
}

/** A scan of a path is a passing task with a name of its own, or the one that the wrapper keeps for folders. */
function belongs(taskName: string, kind: ScanKind): boolean {
  const name = taskName.toLowerCase();
  if (kind === 'file' || kind === 'folder') {
    return name.startsWith('scan_file') || (kind === 'folder' && name === 'custom_folder_scan_1');
  }
  return taskNamesOf(kind).some((known) => known.toLowerCase() === name);
}

/** What the kind's task is called on any version, those of our own included. */
function taskNamesOf(kind: ScanKind): readonly string[] {
  const deed = deedFor(kind, { version: null, taskNames: null });
  const names = deed && 'names' in deed ? deed.names : [];
  if (kind === 'memory') return [...names, ownTaskName('ScanComputerMemory')];
  return kind === 'boot' ? [...names, ownTaskName('ScanBootSectors')] : names;
}

function isOn(
  { agentId, agentName }: Pick<AwaitedScan, 'agentId' | 'agentName'>,
  heard: Pick<HeardResponse, 'agentId' | 'agentName'>,
): boolean {
  return heard.agentId === null ? heard.agentName === agentName : heard.agentId === agentId;
}

/** The one with the smallest key, then the smallest number; null of none. */
function first(scans: readonly AwaitedScan[], keyOf: (scan: AwaitedScan) => number): AwaitedScan | null {
  return scans.toSorted((a, b) => keyOf(a) - keyOf(b) || a.id - b.id)[0] ?? null;
}
