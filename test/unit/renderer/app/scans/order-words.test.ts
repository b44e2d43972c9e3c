import { describe, expect, test } from 'vitest';
import {
  openCount,
  orderMark,
  orderSum,
  unsentCount,
} from '../../../../../src-renderer/app/scans/order-words.ts';
import { aScanOrder } from '../../../../builders/a-scan-row.ts';

describe('the sum of an order', () => {
  test('all alike is said in one word', () => {
    expect(orderSum(aScanOrder({ kind: 'update', byState: { done: 11 } }))).toBe('Up to date on 11 of 11');
    expect(orderSum(aScanOrder())).toBe('Nothing detected on 11 of 11');
  });

  test('what calls for a look comes first, and the whole is named', () => {
    const order = aScanOrder({
      byState: { 'finished-clean': 8, failed: 1, 'finished-with-detections': 2 },
    });
    expect(orderSum(order)).toBe('2 with detections, 1 failed, 8 with nothing detected; 11 in all');
    expect(orderMark(order)).toBe('malicious');
  });

  test('a held order calls for a look though nothing of it failed but one', () => {
    const order = aScanOrder({
      byState: { failed: 1, planned: 10 },
      heldBecause: 'The first agent failed.',
    });
    expect(orderMark(order)).toBe('suspicious');
    expect(unsentCount(order.byState)).toBe(10);
    expect(openCount(order.byState)).toBe(10);
  });
});
