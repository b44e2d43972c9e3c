import { describe, expect, test } from 'vitest';
import { scanNews, statesOf } from '../../../../../src-renderer/app/scans/scan-news.ts';
import { aScanRow } from '../../../../builders/a-scan-row.ts';

const NOW = Date.parse('2026-11-17T08:21:00.000Z');
const RUNNING = aScanRow({ state: 'running', endedAt: null });

describe('news of scans', () => {
  test('on the first look nothing is new', () => {
    expect(scanNews([aScanRow()], null, NOW)).toEqual([]);
  });

  test('detections are told at once and stay; a clean end is said quietly', () => {
    const before = statesOf([RUNNING, aScanRow({ id: 2, orderId: 2, state: 'running' })]);
    const news = scanNews(
      [
        aScanRow({ state: 'finished-with-detections', summary: '1 detection, 1 skipped' }),
        aScanRow({ id: 2, orderId: 2 }),
      ],
      before,
      NOW,
    );
    expect(news).toMatchObject([
      { title: '1 detection, 1 skipped', words: 'Full on db-fra-1.', urgency: 'assertive', isNotice: true },
      { urgency: 'polite', isNotice: false },
    ]);
  });

  test('many scans of one order are one piece of news', () => {
    const before = statesOf([1, 2, 3].map((id) => aScanRow({ id, state: 'running' })));
    const rows = [
      aScanRow({ id: 1, state: 'failed' }),
      aScanRow({ id: 2, state: 'finished-with-detections' }),
      aScanRow({ id: 3 }),
    ];
    expect(scanNews(rows, before, NOW)).toMatchObject([
      {
        title: '1 scan with detections, 1 scan failed',
        words: 'Full on db-fra-1 and 2 more agents.',
        pick: { kind: 'order', id: 1 },
      },
    ]);
  });

  test('a late result corrects what was said before', () => {
    const before = statesOf([aScanRow({ state: 'failed' })]);
    expect(scanNews([aScanRow({ state: 'finished-with-detections' })], before, NOW)).toHaveLength(1);
  });

  test('neither what a person cancelled nor what is read of long after is news', () => {
    expect(scanNews([aScanRow({ state: 'cancelled' })], statesOf([RUNNING]), NOW)).toEqual([]);
    const hoursLater = NOW + 5 * 3_600_000;
    expect(scanNews([aScanRow({ orderId: null, isAutomatic: true })], new Map(), hoursLater)).toEqual([]);
  });
});
