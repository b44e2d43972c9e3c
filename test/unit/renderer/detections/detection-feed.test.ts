import { describe, expect, test } from 'vitest';
import { DomainError } from '../../../../src-shared/errors/domain-error.ts';
import type { DetectionPage, DetectionRow } from '../../../../src-shared/ipc/detections.ts';
import { DetectionFeed, type FeedQuery } from '../../../../src-renderer/detections/detection-feed.ts';
import { emptyFilter } from '../../../../src-renderer/detections/list-filter.ts';
import { aDetectionRow } from '../../../builders/a-detection-row.ts';

const EVERYTHING: FeedQuery = {
  filter: emptyFilter('everything'),
  sort: 'activity',
  direction: 'descending',
};
const MALICIOUS: FeedQuery = { ...EVERYTHING, filter: emptyFilter('malicious') };

/** A store of rows behind pages of two, as the core keeps it: newest first, cursor = rows passed. */
class RowStore {
  rows: DetectionRow[];
  asked = 0;
  failure: Error | null = null;
  constructor(...ids: number[]) {
    this.rows = ids.map((fileId) => aDetectionRow({ fileId }));
  }
  readonly ask = async (_query: FeedQuery, cursor: string | null): Promise<DetectionPage> => {
    this.asked += 1;
    await Promise.resolve();
    if (this.failure) throw this.failure;
    const from = Number(cursor ?? 0);
    const rows = this.rows.slice(from, from + 2);
    return { rows, nextCursor: from + 2 < this.rows.length ? String(from + 2) : null };
  };
}

function feedOf(store: RowStore): DetectionFeed {
  return new DetectionFeed({
    ask: store.ask,
    toError: (error) => new DomainError('test', String(error), 'Try again.'),
    refreshGapMs: 0,
  });
}

function idsOf(feed: DetectionFeed): number[] | undefined {
  return feed.read().rows?.map(({ fileId }) => fileId);
}

describe('the feed of the list', () => {
  test('pages follow one another until there is no more', async () => {
    const feed = feedOf(new RowStore(5, 4, 3));
    await feed.open(EVERYTHING);
    expect(idsOf(feed)).toEqual([5, 4]);
    expect(feed.read().hasMore).toBe(true);

    await feed.loadMore();
    expect(idsOf(feed)).toEqual([5, 4, 3]);
    expect(feed.read().hasMore).toBe(false);
  });

  test('at its top, new rows are put in', async () => {
    const store = new RowStore(2, 1);
    const feed = feedOf(store);
    await feed.open(EVERYTHING);
    store.rows.unshift(aDetectionRow({ fileId: 3 }));
    await feed.refresh();
    expect(idsOf(feed)).toEqual([3, 2]);
    expect(feed.read().arrivals).toBe(0);
  });

  test('away from its top, nothing moves: new rows wait and are counted, known ones change in place', async () => {
    const store = new RowStore(2, 1);
    const feed = feedOf(store);
    await feed.open(EVERYTHING);
    feed.setAtTop(false);
    store.rows = [aDetectionRow({ fileId: 3 }), aDetectionRow({ fileId: 2, standing: 'malicious' })];
    await feed.refresh();
    expect(idsOf(feed)).toEqual([2, 1]);
    expect(feed.read().rows?.[0]?.standing).toBe('malicious');
    expect(feed.read().arrivals).toBe(1);
  });

  test('going back to the top shows what waited', async () => {
    const store = new RowStore(2, 1);
    const feed = feedOf(store);
    await feed.open(EVERYTHING);
    feed.setAtTop(false);
    store.rows.unshift(aDetectionRow({ fileId: 3 }));
    await feed.refresh();
    feed.setAtTop(true);
    await feed.refresh();
    await expect.poll(() => idsOf(feed)).toEqual([3, 2]);
    expect(feed.read().arrivals).toBe(0);
  });

  test('an answer without a change draws nothing', async () => {
    const store = new RowStore(2, 1);
    const feed = feedOf(store);
    await feed.open(EVERYTHING);
    const before = feed.read();
    let draws = 0;
    feed.subscribe(() => (draws += 1));
    store.rows = store.rows.map((row) => ({ ...row }));
    await feed.refresh();
    expect(feed.read()).toBe(before);
    expect(draws).toBe(0);
  });

  test('a row that moved between two pages is shown once', async () => {
    const store = new RowStore(4, 3, 2, 1);
    const feed = feedOf(store);
    await feed.open(EVERYTHING);
    store.rows.unshift(aDetectionRow({ fileId: 5 }));
    await feed.loadMore();
    expect(idsOf(feed)).toEqual([4, 3, 2]);
  });

  test('an answer to an earlier query is dropped', async () => {
    const store = new RowStore(2, 1);
    const feed = feedOf(store);
    const slow = feed.open(EVERYTHING);
    store.rows = [aDetectionRow({ fileId: 9 })];
    await feed.open(MALICIOUS);
    await slow;
    expect(idsOf(feed)).toEqual([9]);
  });

  test('many changes at once become one more question after the one under way', async () => {
    const store = new RowStore(2, 1);
    const feed = feedOf(store);
    await feed.open(EVERYTHING);
    await Promise.all([feed.refresh(), feed.refresh(), feed.refresh(), feed.refresh()]);
    await expect.poll(() => store.asked).toBe(3);
  });

  test('a failure keeps the rows and says why; the next answer clears it', async () => {
    const store = new RowStore(2, 1);
    const feed = feedOf(store);
    await feed.open(EVERYTHING);
    store.failure = new Error('The reader is gone.');
    await feed.refresh();
    expect(idsOf(feed)).toEqual([2, 1]);
    expect(feed.read().error?.message).toContain('The reader is gone.');

    store.failure = null;
    await feed.refresh();
    expect(feed.read().error).toBeNull();
  });

  test('a page that fails can be asked for again', async () => {
    const store = new RowStore(3, 2, 1);
    const feed = feedOf(store);
    await feed.open(EVERYTHING);
    store.failure = new Error('cut');
    await feed.loadMore();
    expect(feed.read().isLoadingMore).toBe(false);
    store.failure = null;
    await feed.loadMore();
    expect(idsOf(feed)).toEqual([3, 2, 1]);
  });

  test('a patched row changes in place and unknown rows are not added', async () => {
    const feed = feedOf(new RowStore(2, 1));
    await feed.open(EVERYTHING);
    feed.patch(aDetectionRow({ fileId: 1, triage: 'resolved' }));
    feed.patch(aDetectionRow({ fileId: 7 }));
    expect(idsOf(feed)).toEqual([2, 1]);
    expect(feed.read().rows?.[1]?.triage).toBe('resolved');
  });
});
