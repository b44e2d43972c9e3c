import { stateOfResult } from '../../../src-shared/domain/scan-state.ts';
import type { EvidenceKind, ScanEvidence, ScanKind, TaskState } from '../../../src-shared/domain/scan.ts';
import { SOURCE_WORDS, STATE_MARKS } from '../../app/scans/scan-words.ts';
import { countOf, formatNumber } from '../../ui/format.ts';
import type { MarkName } from '../../ui/mark.tsx';

/** One step of the timeline. */
export interface Step {
  readonly key: string;
  readonly time: string;
  readonly mark: MarkName;
  readonly title: string;
  readonly detail: string;
  readonly source: string;
  /** 0 to 100 of what runs now; undefined where there is no bar. */
  readonly percent?: number | null;
}

const TITLES: Readonly<Record<Exclude<EvidenceKind, 'task-state' | 'progress'>, string>> = {
  requested: 'Asked for',
  held: 'Held back',
  'waiting-for-agent': 'Waits for the agent',
  sending: 'Sent',
  accepted: 'Accepted',
  refused: 'Refused',
  launched: 'Launched on the agent',
  detection: 'Detection',
  result: 'Result',
  failed: 'Failed',
  'cancel-requested': 'Asked to stop',
  cancelled: 'Cancelled',
  expired: 'Expired',
  'not-seen': 'Not seen',
};
const MARKS: Readonly<Record<Exclude<EvidenceKind, 'task-state' | 'progress' | 'result'>, MarkName>> = {
  requested: 'clean',
  held: 'waits',
  'waiting-for-agent': 'waits',
  sending: 'clean',
  accepted: 'clean',
  refused: 'failed',
  launched: 'clean',
  detection: 'malicious',
  failed: 'failed',
  'cancel-requested': 'clean',
  cancelled: 'waits',
  expired: 'failed',
  'not-seen': 'waits',
};
const TASK_MARKS: Readonly<Partial<Record<TaskState, MarkName>>> = {
  failed: 'failed',
  unknown: 'no-records',
  suspended: 'suspicious',
  stopped: 'suspicious',
};

/** Detections beyond these are counted: a thousand lines tell no more than ten. */
const DETECTIONS_SHOWN = 10;

/** What was seen, oldest first. Of the progress only the newest counts; of many detections the first ones are named. */
export function stepsOf(
  kind: ScanKind,
  evidence: readonly ScanEvidence[],
  isRunning: boolean,
): readonly Step[] {
  const newest = evidence.findLast(({ what }) => what === 'progress');
  const detections = evidence.filter(({ what }) => what === 'detection');
  const folded = new Set(detections.slice(DETECTIONS_SHOWN));
  const steps = evidence
    .filter((piece) => !folded.has(piece) && (piece.what !== 'progress' || (isRunning && piece === newest)))
    .map((piece, at) => stepOf(kind, piece, at));
  const lastFolded = detections.at(-1);
  if (folded.size === 0 || !lastFolded) return steps;
  const at = steps.findLastIndex(({ title }) => title === TITLES.detection) + 1;
  const more: Step = {
    key: 'more-detections',
    time: lastFolded.time,
    mark: 'malicious',
    title: countOf(folded.size, 'more detection'),
    detail: 'the newest of them then',
    source: SOURCE_WORDS[lastFolded.source],
  };
  return steps.toSpliced(at, 0, more);
}

function stepOf(kind: ScanKind, piece: ScanEvidence, at: number): Step {
  const { what, time, detail, facts } = piece;
  const common = { key: `${at} ${what} ${time}`, time, detail, source: sourceWords(piece) };
  if (what === 'progress') return { ...common, mark: 'queued', ...progressOf(piece) };
  if (what === 'task-state') {
    const state = facts?.kind === 'task-state' ? facts.state : 'unknown';
    return { ...common, mark: TASK_MARKS[state] ?? 'clean', title: taskTitle(state) };
  }
  if (what === 'result') {
    const state = facts?.kind === 'result' ? stateOfResult(kind, facts.result) : 'finished';
    return { ...common, mark: STATE_MARKS[state], title: TITLES.result };
  }
  return { ...common, mark: MARKS[what], title: TITLES[what] };
}

function taskTitle(state: TaskState): string {
  return state === 'unknown' ? 'Task in a state that is not known' : `Task ${state}`;
}

function progressOf({ facts }: ScanEvidence): Pick<Step, 'title' | 'percent'> {
  const percent = facts?.kind === 'progress' ? facts.percent : null;
  const objects = facts?.kind === 'progress' ? facts.objects : null;
  const head = percent === null ? 'Running' : `Running, ${Math.round(percent)} %`;
  return { title: objects === null ? head : `${head}, ${formatNumber(objects)} objects`, percent };
}

/** `alert, rule 657`. */
function sourceWords({ source, facts }: ScanEvidence): string {
  return facts?.kind === 'alert' ? `${SOURCE_WORDS[source]}, rule ${facts.ruleId}` : SOURCE_WORDS[source];
}
