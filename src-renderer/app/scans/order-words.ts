import type { ScanKind, ScanState } from '../../../src-shared/domain/scan.ts';
import type { ScanOrder } from '../../../src-shared/ipc/scans.ts';
import { formatNumber } from '../../ui/format.ts';
import type { MarkName } from '../../ui/mark.tsx';
import { STATE_MARKS, STATE_WORDS } from './scan-words.ts';

type Counts = ScanOrder['byState'];

/** What calls for a look first. */
const WORST_FIRST: readonly ScanState[] = [
  'finished-with-detections',
  'failed',
  'refused',
  'unknown',
  'expired',
  'running',
  'sent',
  'launched',
  'finished',
  'waiting-for-agent',
  'planned',
  'cancelled',
  'finished-clean',
  'done',
];
/** Said in the middle of a sum: `2 with detections, 1 failed`. */
const IN_SUM: Readonly<Record<ScanState, string>> = {
  'finished-with-detections': 'with detections',
  failed: 'failed',
  refused: 'refused',
  unknown: 'never seen to start',
  expired: 'expired',
  running: 'running',
  sent: 'sent',
  launched: 'started, no result seen',
  finished: 'ended, not seen what they found',
  'waiting-for-agent': 'waiting for the agent',
  planned: 'to come',
  cancelled: 'cancelled',
  'finished-clean': 'with nothing detected',
  done: 'done',
};

export interface StateCount {
  readonly state: ScanState;
  readonly count: number;
}

/** The states that are there, what calls for a look first. */
export function stateCounts(byState: Counts): readonly StateCount[] {
  return WORST_FIRST.flatMap((state) => {
    const count = byState[state] ?? 0;
    return count > 0 ? [{ state, count }] : [];
  });
}

export function orderMark({ byState, heldBecause }: Pick<ScanOrder, 'byState' | 'heldBecause'>): MarkName {
  if (heldBecause !== null && (byState['finished-with-detections'] ?? 0) === 0) return 'suspicious';
  const [worst] = stateCounts(byState);
  return worst ? STATE_MARKS[worst.state] : 'waits';
}

/** `Up to date on 11 of 11`, `2 with detections, 9 with nothing detected of 11`. */
export function orderSum({ kind, agents, byState }: Pick<ScanOrder, 'kind' | 'agents' | 'byState'>): string {
  const counts = stateCounts(byState);
  const [only, ...others] = counts;
  if (!only) return `0 of ${formatNumber(agents)}`;
  if (others.length === 0)
    return `${aloneWords(kind, only.state)} on ${formatNumber(only.count)} of ${formatNumber(agents)}`;
  const parts = counts.map(({ state, count }) => `${formatNumber(count)} ${IN_SUM[state]}`);
  return `${parts.join(', ')}; ${formatNumber(agents)} in all`;
}

function aloneWords(kind: ScanKind, state: ScanState): string {
  if (state !== 'done') return STATE_WORDS[state];
  if (kind === 'update') return 'Up to date';
  return kind === 'realtime-off' ? 'Protection is off' : 'Protection runs';
}

/** How many still come or run. */
export function openCount(byState: Counts): number {
  return (['planned', 'waiting-for-agent', 'sent', 'launched', 'running', 'unknown'] as const).reduce(
    (sum, state) => sum + (byState[state] ?? 0),
    0,
  );
}

/** Not sent yet: what can be taken back, or let go on. */
export function unsentCount(byState: Counts): number {
  return (byState.planned ?? 0) + (byState['waiting-for-agent'] ?? 0);
}
