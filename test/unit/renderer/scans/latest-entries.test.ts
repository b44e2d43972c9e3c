import { expect, test } from 'vitest';
import { firstPick, latestEntries } from '../../../../src-renderer/scans/history/latest-entries.ts';
import { aScanOrder, aScanRow } from '../../../builders/a-scan-row.ts';

const ORDER = aScanOrder({ id: 5, agents: 3 });
const ALONE = aScanOrder({ id: 6, agents: 1 });

test('an order over many agents is one line where its newest scan stands; a scan alone stays a scan', () => {
  const rows = [
    aScanRow({ id: 9, orderId: 6 }),
    aScanRow({ id: 8, orderId: 5 }),
    aScanRow({ id: 7, orderId: 5 }),
    aScanRow({ id: 6, orderId: null, isAutomatic: true }),
    aScanRow({ id: 5, orderId: 5 }),
  ];
  expect(latestEntries(rows, [ALONE, ORDER]).map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    'scan 9',
    'order 5',
    'scan 6',
  ]);
});

test('what runs is shown first, else the newest', () => {
  const ended = latestEntries([aScanRow({ id: 9, orderId: null }), aScanRow({ id: 8, orderId: null })], []);
  expect(firstPick(ended)?.id).toBe(9);
  const running = latestEntries(
    [aScanRow({ id: 9, orderId: null }), aScanRow({ id: 8, orderId: null, state: 'running' })],
    [],
  );
  expect(firstPick(running)?.id).toBe(8);
  expect(firstPick([])).toBeNull();
});
