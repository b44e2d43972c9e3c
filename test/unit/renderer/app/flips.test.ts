import { describe, expect, it } from 'vitest';
import {
  flipKey,
  flipsOf,
  flipTitle,
  flipWords,
  newFlips,
  type Flip,
} from '../../../../src-renderer/app/flips.ts';

const flip = (fileId: number, beforeAt = '2026-11-09T07:12:00Z'): Flip => ({
  kind: 'turned',
  fileId,
  name: 'invoice.exe',
  before: 'clean',
  beforeAt,
  positives: 7,
  total: 67,
  agents: 3,
  firstSeenAt: '2026-11-09T07:12:00Z',
});

describe('a notification', () => {
  it('is not raised for what had turned before the window opened', () => {
    expect(newFlips([flip(1)], null)).toEqual([]);
  });

  it('is raised once for a file that turns while it is open', () => {
    const known = new Set([flipKey(flip(1))]);
    expect(newFlips([flip(1), flip(2)], known)).toEqual([flip(2)]);
  });

  it('is raised again when the same file turns another time', () => {
    const known = new Set([flipKey(flip(1))]);
    expect(newFlips([flip(1, '2026-11-12T07:00:00Z')], known)).toHaveLength(1);
  });

  it('names the file as it can be seen, the engines and the spread', () => {
    const hostile = { ...flip(1), name: 'invoice\u202Efdp.exe', agents: 1 };
    expect(flipTitle(hostile)).not.toContain('\u202E');
    expect(flipWords(hostile)).toBe('7 of 67 engines. On 1 agent since 9 Nov.');
  });

  it('comes from flips only', () => {
    expect(flipsOf([{ kind: 'ledger-mismatch', difference: 3 }, flip(4)])).toEqual([flip(4)]);
  });
});
