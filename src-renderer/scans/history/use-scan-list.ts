import { useState } from 'react';
import type { ScanRow } from '../../../src-shared/ipc/scans.ts';
import { useClient } from '../../app/backend-context.tsx';
import { asDomainError } from '../../app/failure.ts';
import { ListFeed } from '../../app/list-feed.ts';
import { useListFeed, type FeedList } from '../../app/use-list-feed.ts';
import { toContractFilter, type HistoryFilter } from './scan-filter.ts';

const PAGE_ROWS = 200;
/** A scan over hundreds of agents changes rows all the time. */
const REFRESH_GAP_MS = 1000;

export interface ScanList extends FeedList<HistoryFilter, ScanRow> {
  /** All that match. */
  readonly matching: number | null;
}

/** The scans on screen; `filter` keeps its identity until it changes. */
export function useScanList(filter: HistoryFilter): ScanList {
  const client = useClient();
  const [matching, setMatching] = useState<number | null>(null);
  const list = useListFeed(
    () =>
      new ListFeed<HistoryFilter, ScanRow>({
        ask: async (asked, cursor) => {
          const page = await client.scans.list({ filter: toContractFilter(asked), cursor, limit: PAGE_ROWS });
          setMatching(page.matching);
          return page;
        },
        idOf: ({ id }) => id,
        toError: asDomainError,
        refreshGapMs: REFRESH_GAP_MS,
      }),
    filter,
  );
  return { ...list, matching };
}
