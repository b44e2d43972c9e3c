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

/** `forMs`: how long it has been seen in its state here. */
export type IsDone = (scan: StoredScan, forMs: number) => boolean;

/** Only agents that send KES events to syslog tell more of what the wrapper started, and they tell it at once. */
const WRAPPER_GRACE_MS = 15_000;
/** An end may be told before its result: by another alert, after the next look of the agent's script. */
const RESULT_GRACE_MS = 2 * 60_000;

/** More is not to be seen of it: it ended, was never seen to start, or is left to Wazuh's wrapper. */
export function isToldOut({ state, program }: StoredScan, forMs: number): boolean {
  if (state === 'launched') return program === 'wrapper' && forMs >= WRAPPER_GRACE_MS;
  if (state === 'finished') return program === 'wrapper' || forMs >= RESULT_GRACE_MS;
  return isSettled(state) || state === 'unknown';
}

/**
 * Nothing here is needed any more for it to go on: the manager answered the request, the task was started over SSH, or the
 * agent is waited for. A scan of a path over SSH runs within its connection: it is left when it has ended.
 */
export function hasLeft(scan: StoredScan, { scans }: Pick<Store, 'scans'>): boolean {
  const { id, state, route, path } = scan;
  if (isSettled(state) || state === 'unknown' || state === 'waiting-for-agent') return true;
  if (route === 'agent-ssh') return path === null && (state === 'launched' || state === 'running');
  return state !== 'planned' && scans.evidence(id).at(-1)?.what !== 'sending';
}

/** Changes come in bursts: a large order is not read again for each. */
const LOOK_AGAIN_MS = 150;
/** Some ends are told by time alone. */
const LOOK_ANYWAY_MS = 2_000;

/** Follows the scans of an order until each is `done`; tells how they go. */
export async function followOrder(
  orderId: number,
  isDone: IsDone,
  following: Following,
): Promise<FollowingEnd> {
  const { opened, ways, context, timeoutMs } = following;
  const { scans: store } = opened.engine.store;
  const timeout = timeoutMs === null ? [] : [AbortSignal.timeout(timeoutMs)];
  const stop = AbortSignal.any([context.signal, ...timeout]);
  const sightings = new Sightings();
  try {
    while (!stop.aborted) {
      const next = opened.changes.next();
      await ways.look();
      const scans = store.scansOf(orderId);
      tell(sightings.changed(scans), scans.length, context);
      context.terminal.progress(progressOf(scans, store));
      const open = scans.filter((scan) => !isDone(scan, sightings.ageOf(scan)));
      if (open.length === 0) return 'done';
      const isHeld = (store.order(orderId)?.heldBecause ?? null) !== null;
      if (isHeld && open.every(isWaiting)) return 'held';
      await Promise.race([next, elapsed(LOOK_ANYWAY_MS, stop)]);
      await elapsed(LOOK_AGAIN_MS, stop);
    }
    return context.signal.aborted ? 'interrupted' : 'timeout';
  } finally {
    context.terminal.endProgress();
  }
}

/** Also when the signal aborts. */
async function elapsed(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}

/** Since when each scan has been seen in its state. */
class Sightings {
  readonly #seen = new Map<number, { readonly state: ScanState; readonly sinceMs: number }>();

  changed(scans: readonly StoredScan[]): readonly StoredScan[] {
    const changed = scans.filter(({ id, state }) => this.#seen.get(id)?.state !== state);
    for (const { id, state } of changed) this.#seen.set(id, { state, sinceMs: performance.now() });
    return changed;
  }

  ageOf({ id }: StoredScan): number {
    return performance.now() - (this.#seen.get(id)?.sinceMs ?? performance.now());
  }
}

/** Each change of a few agents; of many only how they ended. */
const FEW_AGENTS = 20;

function tell(changed: readonly StoredScan[], of: number, { terminal }: CommandContext): void {
  for (const scan of changed) {
    const { agentId, agentName, state } = scan;
    if (state === 'planned' || (of > FEW_AGENTS && !isSettled(state))) continue;
    terminal.note(`${agentId} ${visibleText(agentName)}: ${state}`);
  }
}

function progressOf(scans: readonly StoredScan[], store: Store['scans']): string {
  const [only] = scans;
  if (only && scans.length === 1) return summarise(only.kind, only.state, store.evidence(only.id));
  const ended = scans.filter(({ state }) => isSettled(state)).length;
  const waiting = scans.filter(isWaiting).length;
  return `${ended} of ${scans.length} ended, ${scans.length - ended - waiting} under way, ${waiting} wait`;
}

function isWaiting({ state }: StoredScan): boolean {
  return state === 'planned' || state === 'waiting-for-agent';
}
