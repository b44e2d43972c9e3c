/** What an alert says about the scan it belongs to, as evidence. Its texts come from agents: they are made visible. */
import { toTaskState } from '../formats/kesl-output.ts';
import { visibleText } from '../formats/visible-text.ts';
import type { HeardAlert, HeardKes, HeardResponse } from './heard-alert.ts';
import { explainExitCode } from './kesl-exit-code.ts';
import { programName } from './response-deed.ts';
import type { EvidenceFacts, EvidenceKind, EvidenceSource, ScanEvidence, ScanResult } from './scan.ts';
import type { ResponseTrigger, ScriptReport } from './script-report.ts';
import { assertNever } from '../errors/domain-error.ts';

interface Said {
  readonly what: EvidenceKind;
  readonly source: EvidenceSource;
  readonly detail: string;
  readonly facts: EvidenceFacts | null;
}

/** Null for a message that says nothing about a scan: a state without a name. */
export function evidenceOf(alert: HeardAlert): ScanEvidence | null {
  const said = alert.kind === 'kes' ? saidByKes(alert) : saidByResponse(alert);
  return said && { ...said, time: new Date(alert.timeMs).toISOString() };
}

/** The first piece of a scan that a manager launched by itself. */
export function evidenceOfTrigger({ timeMs, trigger }: HeardResponse): ScanEvidence {
  return {
    what: 'requested',
    source: 'alert',
    time: new Date(timeMs).toISOString(),
    detail: trigger ? `The manager asked for it by itself, ${causeWords(trigger, timeMs)}` : ASKED_ELSEWHERE,
    facts: trigger && { kind: 'alert', alertId: trigger.alertId, ruleId: trigger.ruleId },
  };
}

const ASKED_ELSEWHERE =
  'Nobody asked for it here: by hand on the manager, over its API, or by another workstation';

function causeWords({ ruleId, description, timeMs: raisedMs }: ResponseTrigger, timeMs: number): string {
  const words = description === '' ? '' : ` (${visibleText(description)})`;
  const seconds = Math.max(0, Math.round((timeMs - raisedMs) / 1000));
  const when = seconds === 0 ? 'in the same second' : `${seconds} s before`;
  return `most likely because of rule ${ruleId}${words}, ${when}`;
}

function saidByResponse(response: HeardResponse): Said {
  const { report, alertId, ruleId } = response;
  if (report) return saidByScript(report, { kind: 'alert', alertId, ruleId });
  const words = visibleText(response.arguments.join(' ').slice(0, MOST_CHARACTERS));
  return {
    what: 'launched',
    source: 'alert',
    detail: `${visibleText(programName(response) ?? 'A response')} ran on the agent${words === '' ? '' : ` with ${words}`}`,
    facts: { kind: 'alert', alertId, ruleId },
  };
}

const MOST_CHARACTERS = 1000;

function saidByScript(report: ScriptReport, alert: EvidenceFacts): Said {
  const task = visibleText(report.task ?? 'The task');
  const source = 'script';
  switch (report.event) {
    case 'started': {
      const detail = report.code === 70 ? `${task} ran already; it is followed` : `${task} started`;
      return { what: 'launched', source, detail, facts: alert };
    }
    case 'state': {
      const state = toTaskState(report.state ?? '');
      const facts = { kind: 'task-state', taskName: task, state } as const;
      return {
        what: 'task-state',
        source,
        detail: `${task}: ${visibleText(report.state ?? 'no state')}`,
        facts,
      };
    }
    case 'detection':
      return detected(source, report.threat, report.path ?? '');
    case 'result':
      return { what: 'result', source, detail: endWords(report, task), facts: resultFacts(report) };
    case 'refused':
      return {
        what: 'refused',
        source,
        detail: `The script on the agent refused it: ${visibleText(report.words ?? 'without a reason')}`,
        facts: alert,
      };
    default:
      return assertNever(report.event);
  }
}

function detected(source: EvidenceSource, threat: string | null, path: string): Said {
  const shown = { threat: threat === null ? null : visibleText(threat), path: visibleText(path) };
  return {
    what: 'detection',
    source,
    detail: `${shown.threat ?? 'A threat'} in ${shown.path}`,
    facts: { kind: 'detection', ...shown, deed: null },
  };
}

function endWords({ code, words, counts, kind }: ScriptReport, task: string): string {
  if (code !== null && code !== 0 && code !== 72) {
    const said = words === null ? '' : ` kesl-control said: ${visibleText(words)}`;
    return `${task}: ${explainExitCode(code).words}${said}`;
  }
  if (kind === 'realtime-on' || kind === 'realtime-off') return `${task}: kesl-control accepted the command.`;
  const isUntold = counts.detected === null && kind !== 'update';
  return isUntold ? `${task} ended; what it found was not told` : `${task} ended`;
}

function resultFacts({ code, counts }: ScriptReport): EvidenceFacts {
  const { scanned, detected: detections, disinfected, removed, notDisinfected, errors, skipped } = counts;
  const result: ScanResult = {
    exitCode: code,
    scannedObjects: scanned,
    detections,
    disinfected,
    removed,
    notDisinfected,
    skipped,
    errors,
    finishedAt: null,
  };
  return { kind: 'result', result };
}

/** Rule 17000 also fires for messages without a state, and for tails that are no JSON (observed). */
function saidByKes({ taskName, taskState, detection, ruleId }: HeardKes): Said | null {
  if (detection) return detected('alert', detection.threat, detection.path ?? '');
  if (taskName === null || taskState === null) return null;
  const name = visibleText(taskName);
  return {
    what: 'task-state',
    source: 'alert',
    detail: `${name}: ${visibleText(taskState)} (rule ${ruleId})`,
    facts: { kind: 'task-state', taskName: name, state: toTaskState(taskState) },
  };
}
