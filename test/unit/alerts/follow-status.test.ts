import { expect, test } from 'vitest';
import { stateOfError } from '../../../src-main/alerts/follow-status.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';

test.each([
  ['manager.offline', 'offline'],
  ['manager.cancelled', 'offline'],
  ['manager.no-sftp', 'unreadable'],
  ['manager.bad-argument', 'unreadable'],
  ['manager.file-too-large', 'unreadable'],
  ['alerts.not-allowed', 'unreadable'],
  ['alerts.missing', 'missing'],
])('an alert file that is not read for %s is %s', (code, state) => {
  expect(stateOfError(new DomainError(code, 'What happened.', 'What to do.'))).toBe(state);
});
