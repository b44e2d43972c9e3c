import type { Database } from 'better-sqlite3';
import type { DetectionRow } from '../../../src-shared/ipc/detections.ts';
import type { FileFilter } from './file-filter.ts';
import { listFiles } from './list-files.ts';

const PAGE = 200;

/** The filtered list from its newest row on, at most `limit` rows, read page by page. */
export function* walkFiles(db: Database, filter: FileFilter, limit: number): Generator<DetectionRow> {
  let cursor: string | null = null;
  let left = limit;
  while (left > 0) {
    const page = listFiles(db, {
      filter,
      sort: 'activity',
      direction: 'descending',
      cursor,
      limit: Math.min(PAGE, left),
    });
    yield* page.rows;
    left -= page.rows.length;
    cursor = page.nextCursor;
    if (cursor === null) return;
  }
}
