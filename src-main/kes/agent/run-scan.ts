/** A scan on an agent that is reached by SSH: started by name, followed to its end, reported as evidence. */
import { deedFor, type KeslDeed } from '../../../src-shared/domain/scan-kinds.ts';
import { ownTaskName } from '../../../src-shared/domain/scan-dispatch.ts';
import { looksAtFiles } from '../../../src-shared/domain/scan-state.ts';
import {
  UNSEEN_RESULT,
  type EvidenceFacts,
  type EvidenceKind,
  type ScanAction,
  type ScanKind,
  type ScanResult,
  type TaskState,
} from '../../../src-shared/domain/scan.ts';
import { explainExitCode } from '../../../src-shared/domain/kesl-exit-code.ts';
import { parseKesVersion } from '../../../src-shared/domain/kes-version.ts';
import {
  findTask,
  parseScanTotals,
  type KeslEvent,
  type KeslTask,
} from '../../../src-shared/formats/kesl-output.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { Clock } from '../../app/clock.ts';
import { detectionsSince, type DetectionsSince } from './detections-since.ts';
import { firstLine, type KeslControl, type KeslOutcome } from './kesl-control.ts';
import { totalsWords } from './totals-words.ts';

export interface AgentScan {
  readonly kesl: KeslControl;
  readonly kind: ScanKind;
  readonly path: string | null;
  readonly action: ScanAction;
  readonly clock: Clock;
  /** Lets go of following; the task on the agent goes on. */
  readonly signal: AbortSignal;
  readonly report: (what: EvidenceKind, detail: string, facts?: EvidenceFacts) => void;
  /** Told before a task is started, with the agent's clock: what to follow after a restart of the app. */
  readonly startingTask?: (name: string, since: string | null) => void;
  /** What the agent told of itself on the way. */
  readonly learnt?: (kesVersion: string | null, taskNames: readonly string[]) => void;
  /** A start was seen before: what runs no more has ended. */
  readonly wasLaunched?: boolean;
  /** On going on: the task was seen to run before. */
  readonly wasSeenToRun?: boolean;
  /** Another hand had started it before: what it detected until then is not known. */
  readonly ranAlready?: boolean;
  /** Whether a person had the task stopped: its end is no result then. */
  readonly isStopping?: () => boolean;
  /** Milliseconds between looks; tests shorten it. */
  readonly pollMs?: number;
}

const POLL_MS = 5_000;
/** A start is asynchronous: a task that was never seen to run is taken to have ended after so many looks. */
const LOOKS_BEFORE_ENDED = 3;
/** KES restarts now and then, by an update for example: only after so many looks its silence counts. */
const LOOKS_WITHOUT_ANSWER = 12;
/** The task that `--scan-file` runs under; the temporary ones are named `Scan_File_…` (kesl.md section 8). */
const PATH_TASK = 'Scan_File';

/** Resolves when the end was seen or nothing can be started. Errors: those of the host, `manager.offline` above all. */
export async function runAgentScan(scan: AgentScan): Promise<void> {
  const { kesl, report } = scan;
  if (!(await kesl.isInstalled())) {
    return report('failed', 'KES is not installed there: /opt/kaspersky/kesl/bin/kesl-control is missing.');
  }
  if (scan.path !== null) return scanPath(scan, scan.path);
  const { tasks, outcome } = await kesl.tasks();
  if (outcome.code !== 0) return fail(scan, outcome);
  const { info } = await kesl.info();
  const version = parseKesVersion(info.version ?? '');
  const taskNames = tasks.map(({ name }) => name);
  scan.learnt?.(version?.text ?? null, taskNames);
  const deed = deedFor(scan.kind, { version, taskNames });
  if (!deed) return report('refused', 'This KES has no such task.');
  if (deed.how === 'own-task') return runOwnTask(scan, deed);
  if (deed.how === 'scan-path') return report('refused', 'This kind needs a path.');
  const task = findTask(tasks, deed.names);
  if (!task) return report('refused', 'This KES has no such task.');
  if (looksAtFiles(scan.kind) || scan.kind === 'update') return startAndFollow(scan, task.name);
  return switchTask(scan, deed, task.name);
}

/** Goes on with what was started before the connection was lost or the app ended. */
export function takeUpAgain(scan: AgentScan, name: string, since: string | null): Promise<void> {
  return scan.path === null
    ? followTask(scan, name, since, scan.wasLaunched ?? false)
    : findPathScan(scan, since);
}

/** Follows a task that was started before, by this app or another hand. */
async function followTask(
  scan: AgentScan,
  name: string,
  since: string | null,
  wasLaunched: boolean,
): Promise<void> {
  const { kesl, clock, signal, report, pollMs = POLL_MS } = scan;
  let told: TaskState | null = null;
  let hasRun = false;
  let silentLooks = 0;
  for (let looks = 1; !signal.aborted; looks += 1) {
    const task = await kesl.task(name);
    silentLooks = task ? 0 : silentLooks + 1;
    if (silentLooks >= LOOKS_WITHOUT_ANSWER) return reportSilence(scan, name);
    const state = task?.state ?? 'unknown';
    const isOver = state === 'stopped' || state === 'completed' || state === 'failed';
    if (task && isOver && (hasRun || looks >= LOOKS_BEFORE_ENDED)) {
      if (hasRun || wasLaunched) return reportEnd(scan, task, since, hasRun || scan.wasSeenToRun === true);
      return report('not-seen', `${name} does not run, and nobody saw whether it was started`);
    }
    if (task && !isOver && state !== told) {
      told = state;
      reportState(scan, task);
    }
    hasRun ||= !isOver && state !== 'unknown';
    await clock.wait(pollMs, signal);
  }
}

/** The service is gone, or the task is. */
async function reportSilence(scan: AgentScan, name: string): Promise<void> {
  const { outcome } = await scan.kesl.tasks();
  if (outcome.code !== 0) return fail(scan, outcome);
  scan.report('failed', `KES does not list ${name} any more.`);
}

async function startAndFollow(scan: AgentScan, name: string): Promise<void> {
  const { kesl, report } = scan;
  const since = await kesl.localTime();
  scan.startingTask?.(name, since);
  const outcome = await kesl.call(['--start-task', name]);
  const { code } = outcome;
  if (code !== 0 && code !== 70) return fail(scan, outcome);
  const words = code === 70 ? `${name} ran already; it is followed` : `${name} started`;
  report('launched', words, { kind: 'code', code });
  await followTask({ ...scan, ranAlready: code === 70 }, name, since, true);
}

/** All of it at once: an end whose detections are not told yet would look like one without any. */
/** A start that was accepted is no run: of a task that nobody saw run, only what it detected counts. */
async function reportEnd(
  scan: AgentScan,
  task: KeslTask,
  since: string | null,
  wasSeenToRun: boolean,
): Promise<void> {
  const { kind, report, clock } = scan;
  const { name, state } = task;
  const found = looksAtFiles(kind) ? await detectionsOf(scan, (other) => other === name, since) : NONE;
  reportState(scan, task);
  reportDetections(scan, found?.events ?? []);
  if (state === 'failed') return report('failed', `${name} failed on the agent.`);
  if (state === 'stopped' && scan.isStopping?.() === true) return;
  const result: ScanResult = {
    ...UNSEEN_RESULT,
    exitCode: 0,
    detections: looksAtFiles(kind) && !scan.ranAlready && wasSeenToRun ? countOf(found) : atLeast(found),
    finishedAt: new Date(clock.now()).toISOString(),
  };
  const words = wasSeenToRun ? endWords(scan, found) : '; nobody saw it run';
  report('result', `${name} ended${words}`, { kind: 'result', result });
}

function endWords({ kind, ranAlready }: AgentScan, found: DetectionsSince | null): string {
  if (found === null) return '; its events could not be read';
  if (!found.areAll) return '; its events could not be read whole, so there may be more detections';
  return ranAlready && looksAtFiles(kind) ? '; what it detected before it was followed is not known' : '';
}

const NONE: DetectionsSince = { events: [], areAll: true };

/** None were detected only if all that was detected is known. */
function countOf(found: DetectionsSince | null): number | null {
  return found?.areAll ? found.events.length : atLeast(found);
}

function atLeast(found: DetectionsSince | null): number | null {
  return found && found.events.length > 0 ? found.events.length : null;
}

function reportState({ report }: AgentScan, { name, state, stateText }: KeslTask): void {
  report('task-state', `${name}: ${visibleText(stateText)}`, { kind: 'task-state', taskName: name, state });
}

async function detectionsOf(
  { kesl }: AgentScan,
  isIts: (taskName: string) => boolean,
  since: string | null,
): Promise<DetectionsSince | null> {
  if (since === null) return null;
  const page = await kesl.detections();
  return page && detectionsSince(page, { since, now: await kesl.localTime() }, isIts);
}

const MOST_DETECTIONS_TOLD = 100;

function reportDetections(scan: AgentScan, events: readonly KeslEvent[]): void {
  for (const event of events.slice(0, MOST_DETECTIONS_TOLD)) reportDetection(scan, event);
}

function reportDetection({ report }: AgentScan, event: KeslEvent): void {
  const path = visibleText((event.get('FileName') ?? '').slice(0, 1000));
  const threat = visibleText((event.get('DetectName') ?? '').slice(0, 200));
  report('detection', `${threat || 'A threat'} in ${path}`, {
    kind: 'detection',
    path,
    threat: threat || null,
    deed: null,
  });
}

/** `--scan-file` waits for its own end and prints what it counted. */
async function scanPath(scan: AgentScan, path: string): Promise<void> {
  const { kesl, action, report, clock, signal } = scan;
  const since = await kesl.localTime();
  scan.startingTask?.(PATH_TASK, since);
  report('launched', `Scan_File of ${visibleText(path)}${action === 'skip' ? ', looking only' : ''}`);
  report('task-state', 'Scan_File: Started', { kind: 'task-state', taskName: PATH_TASK, state: 'started' });
  const outcome = await kesl.scanPath(path, action === 'skip', signal);
  const { code, timedOut } = outcome;
  if (timedOut) return report('failed', 'The scan was ended after a day.');
  const totals = parseScanTotals(outcome.text);
  if (!totals && code !== 0 && code !== 72) return fail(scan, outcome);
  reportDetections(scan, (await detectionsOf(scan, isPathTask, since))?.events ?? []);
  const result: ScanResult = {
    exitCode: code,
    scannedObjects: totals?.scanned ?? null,
    detections: totals?.detected ?? null,
    disinfected: totals?.disinfected ?? null,
    removed: totals?.removed ?? null,
    notDisinfected: totals?.notDisinfected ?? null,
    skipped: totals?.skipped ?? null,
    errors: totals?.errors ?? null,
    finishedAt: new Date(clock.now()).toISOString(),
  };
  report('result', totals ? totalsWords(totals) : 'It ended without counters', {
    kind: 'result',
    result,
  });
}

function isPathTask(name: string): boolean {
  return name.startsWith(PATH_TASK);
}

/** Its counters went to the connection that broke: what it detected is all that can still be seen. */
async function findPathScan(scan: AgentScan, since: string | null): Promise<void> {
  const { kesl, clock, signal, report, pollMs = POLL_MS } = scan;
  for (;;) {
    const { tasks, outcome } = await kesl.tasks();
    if (outcome.code !== 0) return fail(scan, outcome);
    const isRunning = tasks.some(({ name, state }) => isPathTask(name) && state !== 'stopped');
    if (!isRunning) break;
    await clock.wait(pollMs, signal);
    if (signal.aborted) return;
  }
  const found = await detectionsOf(scan, isPathTask, since);
  reportDetections(scan, found?.events ?? []);
  const result: ScanResult = {
    ...UNSEEN_RESULT,
    detections: atLeast(found),
    finishedAt: new Date(clock.now()).toISOString(),
  };
  report('result', 'No scan of a path runs there any more; its counters were lost with the connection', {
    kind: 'result',
    result,
  });
}

async function runOwnTask(scan: AgentScan, { scans }: Extract<KeslDeed, { how: 'own-task' }>): Promise<void> {
  const { kesl } = scan;
  const name = ownTaskName(scans);
  const { tasks } = await kesl.tasks();
  if (!findTask(tasks, [name])) {
    const created = await kesl.call(['--create-task', name, '--type', 'ODS']);
    if (created.code !== 0) return fail(scan, created);
  }
  const set = await kesl.call(['--set-settings', name, 'ScanFiles=No', `${scans}=Yes`]);
  if (set.code !== 0) return fail(scan, set);
  return startAndFollow(scan, name);
}

async function switchTask(
  scan: AgentScan,
  { how }: Extract<KeslDeed, { how: 'start-task' | 'stop-task' }>,
  name: string,
): Promise<void> {
  const { kesl, report, clock } = scan;
  const outcome = await kesl.call([`--${how}`, name]);
  const task = await kesl.task(name);
  if (task) reportState(scan, task);
  const result = {
    ...UNSEEN_RESULT,
    exitCode: outcome.code,
    finishedAt: new Date(clock.now()).toISOString(),
  };
  report('result', `${name}: ${explainExitCode(outcome.code ?? -1).words}`, { kind: 'result', result });
}

/** A code is a result with its meaning; no code at all is a failure in words. */
function fail({ report, clock }: AgentScan, outcome: KeslOutcome): void {
  const { code, timedOut } = outcome;
  if (code === null) {
    return report(
      'failed',
      timedOut ? 'kesl-control did not answer in time.' : 'kesl-control was ended by a signal.',
    );
  }
  const said = firstLine(outcome);
  const result = { ...UNSEEN_RESULT, exitCode: code, finishedAt: new Date(clock.now()).toISOString() };
  report('result', said === '' ? explainExitCode(code).words : said, { kind: 'result', result });
}
