import { setTimeout as pause } from 'node:timers/promises';
import { isSettled } from '../../../src-shared/domain/scan-state.ts';
import { summarise } from '../../../src-shared/domain/scan-words.ts';
import type { ScanState } from '../../../src-shared/domain/scan.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { StoredScan } from '../../kes/scan-store.ts';
import type { Store } from '../../store/open-store.ts';
import type { CommandContext } from '../context.ts';
import type { AttendedWays } from './attended-ways.ts';
import type { OpenedScans } from './open-scans.ts';

/** `held`: the first agent did not end well, and the others wait for a person. */
export type FollowingEnd = 'done' | 'held' | 'interrupted' | 'timeout';

export interface Following {
  readonly opened: OpenedScans;
  readonly ways: AttendedWays;
  readonly context: CommandContext;
  readonly timeoutMs: number | null;
}

/** More is not to be seen of it: it ended, was never seen to start, or is left to Wazuh's wrapper. */
export function isToldOut({ state, program }: StoredScan): boolean {
  return isSettled(state) || state === 'unknown' || (state === 'launched' && program === 'wrapper');
}

/**
 * Nothing here is needed any more for it to go on: the manager answered the request, the task was started over SSH, or the
 * agent is waited for. A scan of a path over SSH runs within its connection: it is left when it has ended.
 */
export function hasLeft(scan: StoredScan, { scans }: Pick<Store, 'scans'>): boolean {
  const { id, state, route, path } = scan;
  if (state === 'waiting-for-agent' || isToldOut(scan)) return true;
  if (route === 'agent-ssh') return path === null && (state === 'launched' || state === 'running');
  return state !== 'planned' && scans.evidence(id).at(-1)?.what !== 'sending';
}

/** Changes come in bursts: a large order is not read again for each. */
const LOOK_AGAIN_MS = 150;

/** Follows the scans of an order until each is `done`; tells how they go. */
export async function followOrder(
  orderId: number,
  isDone: (scan: StoredScan) => boolean,
  { opened, ways, context, timeoutMs }: Following,
): Promise<FollowingEnd> {
  const { engine, changes } = opened;
  const { scans: store } = engine.store;
  const timeout = timeoutMs === null ? null : AbortSignal.timeout(timeoutMs);
  const stop = AbortSignal.any([context.signal, ...(timeout ? [timeout] : [])]);
  const stopped = new Promise<void>((resolve) =>
    stop.aborted ? resolve() : stop.addEventListener('abort', () => resolve(), { once: true }),
  );
  const told = new Map<number, ScanState>();
  try {
    for (;;) {
      const next = changes.next();
      await ways.look();
      const scans = store.scansOf(orderId);
      tell(scans, told, context);
      context.terminal.progress(progressOf(scans, store));
      const open = scans.filter((scan) => !isDone(scan));
      if (open.length === 0) return 'done';
      const isHeld = (store.order(orderId)?.heldBecause ?? null) !== null;
      if (isHeld && open.every(({ state }) => state === 'planned' || state === 'waiting-for-agent'))
        return 'held';
      await Promise.race([next, stopped]);
      if (stop.aborted) return context.signal.aborted ? 'interrupted' : 'timeout';
      await pause(LOOK_AGAIN_MS);
    }
  } finally {
    context.terminal.endProgress();
  }
}

/** Each change of a few agents; of many only how they ended. */
const FEW_AGENTS = 20;

function tell(
  scans: readonly StoredScan[],
  told: Map<number, ScanState>,
  { terminal }: CommandContext,
): void {
  for (const scan of scans) {
    const { id, agentId, agentName, state } = scan;
    if (told.get(id) === state || state === 'planned') continue;
    told.set(id, state);
    if (scans.length > FEW_AGENTS && !isToldOut(scan)) continue;
    terminal.note(`${agentId} ${visibleText(agentName)}: ${state}`);
  }
}

function progressOf(scans: readonly StoredScan[], store: Store['scans']): string {
  const [only] = scans;
  if (only && scans.length === 1) return summarise(only.kind, only.state, store.evidence(only.id));
  const ended = scans.filter(isToldOut).length;
  const waiting = scans.filter(({ state }) => state === 'planned' || state === 'waiting-for-agent').length;
  return `${ended} of ${scans.length} ended, ${scans.length - ended - waiting} under way, ${waiting} wait`;
}
