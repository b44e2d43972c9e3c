import { describe, expect, it } from 'vitest';
import { shownChecks } from '../../../../../../src-renderer/app/connections/form/check-words.ts';
import type { ConnectionCheck } from '../../../../../../src-shared/ipc/connections.ts';

const check = (part: Partial<ConnectionCheck>): ConnectionCheck => ({
  step: 'reach',
  outcome: 'ok',
  field: null,
  hop: null,
  message: '',
  remedy: '',
  need: null,
  ...part,
});

describe('the steps of a test', () => {
  it('name the jump host they are about', () => {
    expect(shownChecks([check({ step: 'sign-in', hop: 1 })])[0]?.name).toBe('Sign in, jump host 2');
  });

  it('stand together when none of them was tried for the same reason', () => {
    const skipped = { outcome: 'skipped', message: 'Not tried.' } as const;
    const shown = shownChecks([
      check({ outcome: 'failed' }),
      check({ step: 'shell', ...skipped }),
      check({ step: 'prefix', ...skipped }),
      check({ step: 'api-reach', outcome: 'skipped', message: 'Another reason.' }),
    ]);
    expect(shown.map(({ name }) => name)).toEqual([
      'Reach the machine',
      'Commands · Wazuh is installed',
      'Reach the API',
    ]);
  });
});
