import { expect, test } from 'vitest';
import { isSameStatus, NOT_STARTED, type FollowStatus } from '../../../src-main/alerts/follow-status.ts';

test('what to do about a file that is away is news of its own', () => {
  const broken = away('The connection was lost. It is made again by itself.');

  expect(isSameStatus(broken, away('Its host key changed. Compare the keys.'))).toBe(false);
  expect(isSameStatus(broken, { ...broken })).toBe(true);
});

function away(remedy: string): FollowStatus {
  return {
    ...NOT_STARTED,
    state: 'offline',
    error: { code: 'manager.offline', message: 'There is no connection to fra.', remedy },
  };
}
