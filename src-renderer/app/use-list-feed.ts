import { useEffect, useState, useSyncExternalStore } from 'react';
import { useConnection, useStatus } from './backend-context.tsx';
import { CONNECTION_LOST } from './failure.ts';
import type { FeedState, ListFeed } from './list-feed.ts';

export interface FeedList<Query, Row> extends FeedState<Row> {
  readonly feed: ListFeed<Query, Row>;
}

/** The rows on screen; `query` keeps its identity until it changes. Asked again as the store changes. */
export function useListFeed<Query, Row>(
  makeFeed: () => ListFeed<Query, Row>,
  query: Query,
): FeedList<Query, Row> {
  const connection = useConnection();
  const { revision } = useStatus();
  const session = connection.kind === 'open' ? connection.session : null;
  const [feed] = useState(makeFeed);
  const state = useSyncExternalStore(feed.subscribe, feed.read);
  useEffect(() => void feed.open(query), [feed, query]);
  useEffect(() => {
    if (session !== null && revision >= 0) void feed.refresh();
  }, [feed, revision, session]);
  // That the connection is lost is told once, above everything.
  const error = state.error?.code === CONNECTION_LOST ? null : state.error;
  return { ...state, error, feed };
}
