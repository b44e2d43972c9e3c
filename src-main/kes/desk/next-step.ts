/** Which scan of an order goes next: the limit at once, the pause, the canary, agents that are away. Pure. */
import type { AgentStatus } from '../../../src-shared/domain/agent.ts';
import { isSettled } from '../../../src-shared/domain/scan-state.ts';
import type { ScanState } from '../../../src-shared/domain/scan.ts';
import type { StoredOrder, StoredScan } from '../scan-store.ts';

/** Whether a scan could leave at the moment. */
export type ScanWay =
  | { readonly kind: 'open' }
  /** Its agent is being reached; it holds a place. */
  | { readonly kind: 'taken' }
  /** Enough is on its way to that manager, or over SSH; others may go. */
  | { readonly kind: 'full' }
  | { readonly kind: 'agent-away'; readonly status: AgentStatus | 'unreachable' | null }
  | { readonly kind: 'manager-away'; readonly sinceMs: number };

export type NextStep =
  | { readonly kind: 'send'; readonly scan: StoredScan }
  /** Their agents are away; told once. */
  | { readonly kind: 'wait-for-agent'; readonly scans: readonly AwayScan[] }
  /** Nothing was sent, and nobody waits any longer. */
  | { readonly kind: 'expire'; readonly scan: StoredScan; readonly because: 'agent' | 'manager' }
  /** The canary ended in a way that a person should see first. */
  | { readonly kind: 'hold'; readonly because: string };

interface AwayScan {
  readonly scan: StoredScan;
  readonly status: AgentStatus | 'unreachable' | null;
}

/** A way that reports its end holds its place until then, but no longer than this. */
const LONGEST_SCAN_MS = 25 * 3_600_000;
/** A manager is waited for this long even by orders that do not wait for agents: connections come and go. */
const MANAGER_GRACE_MS = 10 * 60_000;

export interface OrderView {
  readonly order: StoredOrder;
  readonly scans: readonly StoredScan[];
  readonly nowMs: number;
  /** When the order last sent something; null before. */
  readonly lastSentMs: number | null;
  wayOf(scan: StoredScan): ScanWay;
}

/** Null: nothing to do now. */
export function nextStep(view: OrderView): NextStep | null {
  const { order, scans } = view;
  const expired = firstExpired(view);
  if (expired) return expired;
  if (order.heldBecause !== null) return null;
  const canary = scans.find(({ isCanary }) => isCanary);
  if (canary && order.rules.canary) {
    const verdict = judgeCanary(canary, view.nowMs);
    if (verdict.kind === 'hold' && scans.some(isWaiting)) return verdict;
    if (verdict.kind === 'wait') return isWaiting(canary) ? stepFor(view, [canary]) : null;
  }
  return stepFor(view, scans.filter(isWaiting));
}

function firstExpired(view: OrderView): NextStep | null {
  for (const scan of view.scans) {
    const isLate = scan.waitsUntilMs !== null && view.nowMs >= scan.waitsUntilMs;
    if (!isLate || !isWaiting(scan)) continue;
    const { kind } = view.wayOf(scan);
    if (kind === 'agent-away') return { kind: 'expire', scan, because: 'agent' };
    if (kind === 'manager-away') return { kind: 'expire', scan, because: 'manager' };
  }
  return null;
}

function stepFor(view: OrderView, waiting: readonly StoredScan[]): NextStep | null {
  const { order, scans, nowMs, lastSentMs } = view;
  if (pauseLeftMs(order, lastSentMs, nowMs) !== null) return null;
  const ways = new Map<StoredScan, ScanWay>();
  const wayOf = (scan: StoredScan) => {
    const way = ways.get(scan) ?? view.wayOf(scan);
    ways.set(scan, way);
    return way;
  };
  const placesTaken =
    scans.filter((scan) => holdsPlace(scan, nowMs)).length +
    waiting.filter((scan) => isOverSsh(scan) && wayOf(scan).kind === 'taken').length;
  if (placesTaken >= order.rules.atOnce) return null;
  const away: AwayScan[] = [];
  for (const scan of waiting) {
    const way = wayOf(scan);
    if (way.kind === 'open') return away.length > 0 ? tell(away) : { kind: 'send', scan };
    if (way.kind === 'agent-away') {
      if (scan.waitsUntilMs === null) return { kind: 'expire', scan, because: 'agent' };
      if (scan.state === 'planned') away.push({ scan, status: way.status });
    } else if (way.kind === 'manager-away' && scan.waitsUntilMs === null) {
      if (nowMs - way.sinceMs >= MANAGER_GRACE_MS) return { kind: 'expire', scan, because: 'manager' };
    }
  }
  return away.length > 0 ? tell(away) : null;
}

/** How long the order still rests after it sent something; null when it does not. */
export function pauseLeftMs(
  { rules }: Pick<StoredOrder, 'rules'>,
  lastSentMs: number | null,
  nowMs: number,
): number | null {
  const left = lastSentMs === null ? 0 : lastSentMs + rules.pauseSeconds * 1000 - nowMs;
  return left > 0 ? left : null;
}

function tell(scans: readonly AwayScan[]): NextStep {
  return { kind: 'wait-for-agent', scans };
}

export function isWaiting({ state }: Pick<StoredScan, 'state'>): boolean {
  return state === 'planned' || state === 'waiting-for-agent';
}

function isOverSsh({ route }: StoredScan): boolean {
  return route === 'agent-ssh';
}

/** Wazuh's wrapper reports no end: its place is free as soon as a start was seen. */
export function holdsPlace({ state, program, sentMs }: StoredScan, nowMs: number): boolean {
  if (sentMs !== null && nowMs - sentMs > LONGEST_SCAN_MS) return false;
  if (state === 'sent') return true;
  return (state === 'launched' || state === 'running') && program !== 'wrapper';
}

const GOOD_ENDS: readonly ScanState[] = ['finished-clean', 'done'];
/** The result of an end that was seen may come a little later: as another alert. */
const RESULT_WITHIN_MS = 2 * 60_000;

function judgeCanary(
  canary: StoredScan,
  nowMs: number,
): { kind: 'go-on' } | { kind: 'wait' } | { kind: 'hold'; because: string } {
  const { state, program, agentName, endedMs } = canary;
  if (GOOD_ENDS.includes(state)) return { kind: 'go-on' };
  // More is never seen of Wazuh's wrapper.
  if ((state === 'launched' || state === 'finished') && program === 'wrapper') return { kind: 'go-on' };
  if (state === 'finished') {
    if (endedMs !== null && nowMs - endedMs < RESULT_WITHIN_MS) return { kind: 'wait' };
    return {
      kind: 'hold',
      because: `The first agent, ${agentName}, ended, and nobody saw what it found. Look there before the others are scanned.`,
    };
  }
  if (state === 'finished-with-detections') {
    return {
      kind: 'hold',
      because: `The first agent, ${agentName}, had detections. Look at what KES did there before it does so elsewhere.`,
    };
  }
  if (isSettled(state) || state === 'unknown') {
    return {
      kind: 'hold',
      because: `The first agent, ${agentName}, did not come through it: the others wait.`,
    };
  }
  return { kind: 'wait' };
}
