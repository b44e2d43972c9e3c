import { describe, expect, it } from 'vitest';
import { completenessWords } from '../../../../../src-renderer/app/connections/completeness-words.ts';

const now = new Date(2026, 10, 17, 14, 32).getTime();
const since = new Date(2026, 10, 9, 8, 12).toISOString();

describe('completeness in words', () => {
  it('promises nothing before anything is proven', () => {
    expect(completenessWords({ since: null, gaps: 0, newestGap: null }, now)).toBeNull();
  });

  it('tells since when every alert was read', () => {
    expect(completenessWords({ since, gaps: 0, newestGap: null }, now)).toEqual({
      mark: 'clean',
      title: 'Complete since 9 Nov 08:12',
      detail: '',
    });
  });

  it('tells the newest gap and counts the others', () => {
    const newestGap = { at: new Date(2026, 10, 8, 7, 0).toISOString(), detail: 'Read from the archive.' };
    const words = completenessWords({ since, gaps: 3, newestGap }, now);
    expect(words?.detail).toBe('Gap 8 Nov 07:00: Read from the archive. 2 earlier gaps.');
  });
});
