import { describe, expect, it } from 'vitest';
import { waitBeforeTry } from '../../../../src-renderer/app/websocket-transport.ts';

describe('dialling again', () => {
  it('waits twice as long each time, up to a quarter of a minute', () => {
    const waits = Array.from({ length: 8 }, (_, attempt) => waitBeforeTry(attempt, 0));
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000]);
  });

  it('spreads windows that lost the same server at once', () => {
    expect(waitBeforeTry(1, 1)).toBe(1300);
  });
});
