import { expect, test } from 'vitest';
import { KeptRows } from '../../../../src-renderer/app/kept-rows.ts';

const rows = (...events: readonly number[]) => events.map((count, id) => ({ id, events: count }));

test('rows that did not change stay the same objects, others are new', () => {
  const kept = new KeptRows<{ id: number; events: number }>(({ id }) => String(id));
  const first = kept.keep(rows(1, 2, 3));
  const second = kept.keep(rows(1, 5, 3, 4));
  expect(second).toEqual(rows(1, 5, 3, 4));
  expect(second.map((row, at) => row === first[at])).toEqual([true, false, true, false]);
});

test('a list without a change stays the same list', () => {
  const kept = new KeptRows<{ id: number; events: number }>(({ id }) => String(id));
  const first = kept.keep(rows(1, 2));
  expect(kept.keep(rows(1, 2))).toBe(first);
  expect(kept.keep(rows(1))).not.toBe(first);
});

test('what left the list is forgotten', () => {
  const kept = new KeptRows<{ id: number; events: number }>(({ id }) => String(id));
  const [first] = kept.keep(rows(1));
  kept.keep([]);
  expect(kept.keep(rows(1))[0]).not.toBe(first);
});
