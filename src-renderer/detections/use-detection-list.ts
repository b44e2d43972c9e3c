import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useClient, useConnection, useStatus } from '../app/backend-context.tsx';
import { asDomainError, CONNECTION_LOST } from '../app/failure.ts';
import { announce } from '../ui/announce.ts';
import { DetectionFeed, type FeedQuery, type FeedState } from './detection-feed.ts';
import { toContractFilter } from './list-filter.ts';
import { newsOf } from './news.ts';

const PAGE_ROWS = 200;
const REFRESH_GAP_MS = 500;

export interface DetectionList extends FeedState {
  readonly feed: DetectionFeed;
}

/** The rows on screen; `query` keeps its identity until it changes. Asked again as the store changes, announced when something is news. */
export function useDetectionList(query: FeedQuery): DetectionList {
  const client = useClient();
  const connection = useConnection();
  const { revision } = useStatus();
  const session = connection.kind === 'open' ? connection.session : null;

  const [feed] = useState(
    () =>
      new DetectionFeed({
        ask: ({ filter, sort, direction }, cursor) =>
          client.detections.list({
            filter: toContractFilter(filter, Date.now()),
            sort,
            direction,
            cursor,
            limit: PAGE_ROWS,
          }),
        toError: asDomainError,
        refreshGapMs: REFRESH_GAP_MS,
      }),
  );
  const state = useSyncExternalStore(feed.subscribe, feed.read);

  useEffect(() => void feed.open(query), [feed, query]);
  useEffect(() => {
    if (session !== null && revision >= 0) void feed.refresh();
  }, [feed, revision, session]);

  useNews(state, query);
  const error = state.error?.code === CONNECTION_LOST ? null : state.error;
  return { ...state, error, feed };
}

/** Tells screen readers what arrives in this list; a list just opened has no news. */
function useNews({ rows, isOpening, arrivals }: FeedState, query: FeedQuery): void {
  const before = useRef<{ rows: FeedState['rows']; query: FeedQuery | null }>({ rows: null, query: null });
  useEffect(() => {
    if (isOpening) return;
    const news = before.current.query === query ? newsOf(before.current.rows, rows) : null;
    before.current = { rows, query };
    if (news) announce(news);
  }, [rows, isOpening, query]);
  useEffect(() => {
    if (arrivals > 0) announce(`${arrivals} new above`);
  }, [arrivals]);
}
