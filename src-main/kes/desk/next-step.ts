/** Which scan of an order goes next: the limit at once, the pause, the canary, agents that are away. Pure. */
import type { AgentStatus } from '../../../src-shared/domain/agent.ts';
import { isSettled } from '../../../src-shared/domain/scan-state.ts';
import type { ScanState } from '../../../src-shared/domain/scan.ts';
import type { StoredOrder, StoredScan } from '../scan-store.ts';

export type NextStep =
  | { readonly kind: 'send'; readonly scan: StoredScan }
  /** Its agent is away; told once. */
  | { readonly kind: 'wait-for-agent'; readonly scan: StoredScan; readonly status: AgentStatus | null }
  | { readonly kind: 'expire'; readonly scan: StoredScan }
  /** The canary ended in a way that a person should see first. */
  | { readonly kind: 'hold'; readonly because: string };

/** A way that reports its end holds its place until then, but no longer than this. */
const LONGEST_SCAN_MS = 25 * 3_600_000;

export interface OrderView {
  readonly order: StoredOrder;
  readonly scans: readonly StoredScan[];
  readonly nowMs: number;
  /** When the order last sent something; null before. */
  readonly lastSentMs: number | null;
  statusOf(scan: StoredScan): AgentStatus | null;
}

/** Null: nothing to do now. */
export function nextStep(view: OrderView): NextStep | null {
  const { order, scans, nowMs } = view;
  const expired = scans.find(
    (scan) =>
      isWaiting(scan) && scan.waitsUntilMs !== null && nowMs >= scan.waitsUntilMs && isAway(view, scan),
  );
  if (expired) return { kind: 'expire', scan: expired };
  if (order.heldBecause !== null) return null;
  const canary = scans.find(({ isCanary }) => isCanary);
  if (canary && order.rules.canary) {
    const verdict = judgeCanary(canary);
    if (verdict.kind === 'hold' && scans.some(isWaiting)) return verdict;
    if (verdict.kind === 'wait') return isWaiting(canary) ? stepFor(view, [canary]) : null;
  }
  return stepFor(view, scans.filter(isWaiting));
}

function stepFor(view: OrderView, waiting: readonly StoredScan[]): NextStep | null {
  const { order, scans, nowMs, lastSentMs } = view;
  for (const scan of waiting) {
    if (!isAway(view, scan)) {
      const isFull = scans.filter((other) => holdsPlace(other, nowMs)).length >= order.rules.atOnce;
      const isPausing = lastSentMs !== null && nowMs - lastSentMs < order.rules.pauseSeconds * 1000;
      return isFull || isPausing ? null : { kind: 'send', scan };
    }
    if (scan.state === 'planned') return { kind: 'wait-for-agent', scan, status: view.statusOf(scan) };
  }
  return null;
}

function isWaiting({ state }: StoredScan): boolean {
  return state === 'planned' || state === 'waiting-for-agent';
}

/** Over SSH an agent is reached whether its Wazuh agent is connected or not. */
function isAway(view: OrderView, scan: StoredScan): boolean {
  if (scan.route === 'agent-ssh') return false;
  const status = view.statusOf(scan);
  return status !== 'active' && status !== 'unknown';
}

/** Wazuh's wrapper reports no end: its place is free as soon as a start was seen. */
export function holdsPlace({ state, program, sentMs }: StoredScan, nowMs: number): boolean {
  if (sentMs !== null && nowMs - sentMs > LONGEST_SCAN_MS) return false;
  if (state === 'sent') return true;
  return (state === 'launched' || state === 'running') && program !== 'wrapper';
}

const GOOD_ENDS: readonly ScanState[] = ['finished-clean', 'finished', 'done'];

function judgeCanary(
  canary: StoredScan,
): { kind: 'go-on' } | { kind: 'wait' } | { kind: 'hold'; because: string } {
  const { state, program, agentName } = canary;
  if (GOOD_ENDS.includes(state)) return { kind: 'go-on' };
  if (state === 'launched' && program === 'wrapper') return { kind: 'go-on' };
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
