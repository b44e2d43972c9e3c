import type { ContractClient } from '../../../src-shared/ipc/index.ts';
import type { ScanOrder, ScanRow } from '../../../src-shared/ipc/scans.ts';

/** One line of the latest scans: a scan, or an order over many agents as one. */
export type LatestEntry =
  | { readonly kind: 'scan'; readonly id: number; readonly scan: ScanRow }
  | { readonly kind: 'order'; readonly id: number; readonly order: ScanOrder };

export interface Latest {
  readonly entries: readonly LatestEntry[];
  /** All scans there are, each agent counted. */
  readonly total: number;
}

const PAGE_ROWS = 200;
/** So many lines are worth showing beside the evidence; the rest is one press away. */
const ENTRIES = 60;
/** Orders over very many agents fill pages with what becomes one line. */
const MOST_PAGES = 8;

/** Newest first. */
export async function readLatest(client: ContractClient, signal: AbortSignal): Promise<Latest> {
  const orders = await client.scans.orders({ limit: 200 }, { signal });
  const rows: ScanRow[] = [];
  let cursor: string | null = null;
  for (let page = 0; ; page += 1) {
    const found = await client.scans.list({ filter: {}, cursor, limit: PAGE_ROWS }, { signal });
    rows.push(...found.rows);
    cursor = found.nextCursor;
    const entries = latestEntries(rows, orders);
    if (cursor === null || entries.length >= ENTRIES || page + 1 >= MOST_PAGES) {
      return { entries: entries.slice(0, ENTRIES), total: found.matching };
    }
  }
}

/** An order over many agents stands where its newest scan stands. */
export function latestEntries(
  rows: readonly ScanRow[],
  orders: readonly ScanOrder[],
): readonly LatestEntry[] {
  const many = new Map(orders.filter(({ agents }) => agents > 1).map((order) => [order.id, order]));
  const seen = new Set<number>();
  return rows.flatMap((scan): readonly LatestEntry[] => {
    const order = scan.orderId === null ? undefined : many.get(scan.orderId);
    if (!order) return [{ kind: 'scan', id: scan.id, scan }];
    if (seen.has(order.id)) return [];
    seen.add(order.id);
    return [{ kind: 'order', id: order.id, order }];
  });
}

/** What is shown when nobody chose: what runs, else the newest. */
export function firstPick(entries: readonly LatestEntry[]): LatestEntry | null {
  const running = entries.find((entry) =>
    entry.kind === 'scan'
      ? entry.scan.state === 'running' || entry.scan.state === 'sent'
      : (entry.order.byState.running ?? 0) > 0 || entry.order.heldBecause !== null,
  );
  return running ?? entries[0] ?? null;
}

/** Unique over both kinds: `scan-12`, `order-5`. */
export function entryKey({ kind, id }: { readonly kind: 'scan' | 'order'; readonly id: number }): string {
  return `${kind}-${id}`;
}
