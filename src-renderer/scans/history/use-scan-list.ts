import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ScanRow } from '../../../src-shared/ipc/scans.ts';
import { useClient, useConnection, useStatus } from '../../app/backend-context.tsx';
import { asDomainError, CONNECTION_LOST } from '../../app/failure.ts';
import { ListFeed, type FeedState } from '../../app/list-feed.ts';
import { toContractFilter, type HistoryFilter } from './scan-filter.ts';

const PAGE_ROWS = 200;
/** A scan over hundreds of agents changes rows all the time. */
const REFRESH_GAP_MS = 1000;

export interface ScanList extends FeedState<ScanRow> {
  readonly feed: ListFeed<HistoryFilter, ScanRow>;
  /** All that match. */
  readonly matching: number | null;
}

/** The scans on screen; `filter` keeps its identity until it changes. */
export function useScanList(filter: HistoryFilter): ScanList {
  const client = useClient();
  const connection = useConnection();
  const { revision } = useStatus();
  const session = connection.kind === 'open' ? connection.session : null;
  const [matching, setMatching] = useState<number | null>(null);
  const [feed] = useState(
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
  );
  const state = useSyncExternalStore(feed.subscribe, feed.read);
  useEffect(() => void feed.open(filter), [feed, filter]);
  useEffect(() => {
    if (session !== null && revision >= 0) void feed.refresh();
  }, [feed, revision, session]);
  const error = state.error?.code === CONNECTION_LOST ? null : state.error;
  return { ...state, error, feed, matching };
}
