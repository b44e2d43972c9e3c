import type { DetectionRow, DetectionSort } from '../../src-shared/ipc/detections.ts';
import { ListFeed, type FeedOptions, type FeedState as StateOf } from '../app/list-feed.ts';
import type { ListFilter } from './list-filter.ts';

export interface FeedQuery {
  readonly filter: ListFilter;
  readonly sort: DetectionSort;
  readonly direction: 'ascending' | 'descending';
}

export type FeedState = StateOf<DetectionRow>;

/** The list of files: long, and changing under one's eyes. */
export class DetectionFeed extends ListFeed<FeedQuery, DetectionRow> {
  constructor(options: Omit<FeedOptions<FeedQuery, DetectionRow>, 'idOf'>) {
    super({ ...options, idOf: ({ fileId }) => fileId });
  }
}
