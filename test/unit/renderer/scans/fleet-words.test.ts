import { expect, test } from 'vitest';
import { rulesWords } from '../../../../src-renderer/scans/launch/fleet-words.ts';

const RULES = { atOnce: 5, pauseSeconds: 0, canary: true, waitHours: 24 };

test('the pace over many agents, and what becomes of one that is away', () => {
  expect(rulesWords(RULES, true)).toBe('5 at once, one first');
  expect(rulesWords({ ...RULES, pauseSeconds: 30, canary: false }, true)).toBe('5 at once, 30 s between');
  expect(rulesWords(RULES, false)).toBe('it is waited for, 24 h');
  expect(rulesWords({ ...RULES, waitHours: 0 }, false)).toBe('it is left out');
});
