import { useEffect, useRef } from 'react';
import type { DetectionRow } from '../../src-shared/ipc/detections.ts';
import { useClient } from '../app/backend-context.tsx';
import { asDomainError } from '../app/failure.ts';
import { useListFeed, type FeedList } from '../app/use-list-feed.ts';
import { announce } from '../ui/announce.ts';
import { DetectionFeed, type FeedQuery, type FeedState } from './detection-feed.ts';
import { toContractFilter } from './list-filter.ts';
import { newsOf } from './news.ts';

const PAGE_ROWS = 200;
const REFRESH_GAP_MS = 500;

export type DetectionList = FeedList<FeedQuery, DetectionRow>;

/** The files on screen; `query` keeps its identity until it changes. Announced when something is news. */
export function useDetectionList(query: FeedQuery): DetectionList {
  const client = useClient();
  const list = useListFeed(
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
    query,
  );
  useNews(list, query);
  return list;
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
