import type { ScanState } from '../../../src-shared/domain/scan.ts';
import { isSettled } from '../../../src-shared/domain/scan-state.ts';
import { DirectReader } from '../../store/reader.ts';
import type { StoredScan } from '../../kes/scan-store.ts';
import type { FollowFlags } from '../commands/scan.ts';
import type { CommandContext } from '../context.ts';
import { followOrder, hasLeft, isToldOut, type Following, type FollowingEnd } from './follow-order.ts';
import { printScans } from './print-scans.ts';
import { scanReports, type NotAsked, type ScanReport } from './scan-report.ts';

export interface OrderEnd {
  readonly orderId: number;
  readonly end: FollowingEnd;
  /** All of them were waited for to their ends. */
  readonly isWaited: boolean;
  readonly heldBecause: string | null;
}

/** To their ends with `--wait`, else until nothing here is needed any more. */
export async function followAsAsked(
  orderId: number,
  { wait, timeout }: FollowFlags,
  { opened, ways, context }: Omit<Following, 'timeoutMs'>,
): Promise<OrderEnd> {
  const { store } = opened.engine;
  const isWaited = wait === true;
  const timeoutMs = timeout === undefined ? null : timeout * 60_000;
  const isDone = isWaited ? isToldOut : (scan: StoredScan) => hasLeft(scan, store);
  const end = await followOrder(orderId, isDone, { opened, ways, context, timeoutMs });
  return { orderId, end, isWaited, heldBecause: store.scans.order(orderId)?.heldBecause ?? null };
}

const GOOD_ENDS: readonly ScanState[] = ['finished-clean', 'done'];
const BAD_ENDS: readonly ScanState[] = ['failed', 'refused', 'expired', 'cancelled', 'unknown'];

/** Prints what became of them, from the store that nobody here writes to any more, and sets the exit code. */
export async function printEnd(
  scanIds: readonly number[],
  missing: readonly NotAsked[],
  order: OrderEnd,
  { dataFolder, terminal }: CommandContext,
): Promise<void> {
  const reader = new DirectReader(dataFolder);
  try {
    const reports = [...scanReports(reader.connection, scanIds)];
    if (terminal.isJson) terminal.jsonArray([...reports, ...missing]);
    else printScans([...reports, ...missing], terminal);
    const words = wordsFor(reports, order);
    if (words !== null) terminal.note(words);
    if (missing.length > 0 || order.end !== 'done' || reports.some((one) => isBad(one, order.isWaited))) {
      process.exitCode = 1;
    }
  } finally {
    await reader.close();
  }
}

function isBad({ state }: ScanReport, isWaited: boolean): boolean {
  return isWaited ? !GOOD_ENDS.includes(state) : BAD_ENDS.includes(state);
}

function wordsFor(
  reports: readonly ScanReport[],
  { end, orderId, isWaited, heldBecause }: OrderEnd,
): string | null {
  const open = reports.filter(({ state }) => !isSettled(state)).length;
  const look = `verdict-desk scans --order ${orderId} shows what was seen.`;
  switch (end) {
    case 'held':
      return `${heldBecause ?? 'The others wait for a person.'}\nGo on with verdict-desk scan go-on --order ${orderId}, or take them back: verdict-desk scan cancel --order ${orderId}.`;
    case 'interrupted':
      return `Interrupted: ${countScans(open)} left open. What was sent goes on there; a window, or the next verdict-desk scan, goes on with them. ${look}`;
    case 'timeout':
      return `The time is over: ${countScans(open)} left open. A window, or the next verdict-desk scan, goes on with them. ${look}`;
    case 'done':
      return !isWaited && open > 0
        ? `Order ${orderId}: ${look} Results come in while a window is open, or --wait follows.`
        : null;
  }
}

function countScans(count: number): string {
  return count === 1 ? '1 scan is' : `${count} scans are`;
}
