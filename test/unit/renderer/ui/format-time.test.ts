import { describe, expect, it } from 'vitest';
import {
  absoluteTime,
  evidenceTime,
  fullDate,
  futureTime,
  momentToCome,
  pastTime,
} from '../../../../src-renderer/ui/format-time.ts';

/** Built from local parts, so that the sentences hold in any time zone. */
const at = (month: number, day: number, hour: number, minute = 0, year = 2026) =>
  new Date(year, month - 1, day, hour, minute, 8).getTime();
const now = at(11, 17, 14, 32);

describe('points in time', () => {
  it('are told by their age, then by their day', () => {
    expect(pastTime(now - 20_000, now)).toBe('just now');
    expect(pastTime(now - 11 * 60_000, now)).toBe('11 min ago');
    expect(pastTime(at(11, 17, 11), now)).toBe('3 h ago');
    expect(pastTime(at(11, 16, 22), now)).toBe('yesterday');
    expect(pastTime(at(11, 9, 8), now)).toBe('9 Nov');
    expect(pastTime(at(11, 9, 8, 0, 2025), now)).toBe('9 Nov 2025');
  });

  it('are hours ago, not yesterday, shortly after midnight', () => {
    const night = at(11, 17, 1);
    expect(pastTime(at(11, 16, 22), night)).toBe('3 h ago');
  });

  it('to come are told as a wait, then as a clock time, then as a day', () => {
    expect(futureTime(now - 1, now)).toBe('now');
    expect(futureTime(now + 13_200, now)).toBe('in 14 s');
    expect(futureTime(now + 4 * 60_000, now)).toBe('in 4 min');
    expect(futureTime(at(11, 18, 1), now)).toBe('from 01:00');
    expect(futureTime(at(12, 1, 1), now)).toBe('from 1 Dec');
  });

  it('in a sentence name the day unless it is today', () => {
    expect(momentToCome(at(11, 17, 18, 5), now)).toBe('18:05');
    expect(momentToCome(at(11, 18, 1, 56), now)).toBe('tomorrow 01:56');
    expect(momentToCome(at(11, 24, 1, 56), now)).toBe('24 Nov 01:56');
  });

  it('in evidence keep their clock time', () => {
    expect(evidenceTime(at(11, 17, 14, 21), now)).toBe('14:21');
    expect(evidenceTime(at(11, 9, 8, 12), now)).toBe('9 Nov 08:12');
    expect(evidenceTime(at(11, 9, 8, 12, 2024), now)).toBe('9 Nov 2024 08:12');
  });

  it('are exact on hover', () => {
    expect(absoluteTime(at(11, 17, 14, 21))).toBe('17 Nov 2026 14:21:08');
    expect(fullDate(at(11, 1, 3))).toBe('1 November 2026');
  });

  it('that cannot be read are shown as they came', () => {
    expect(pastTime('soon', now)).toBe('soon');
    expect(pastTime('', now)).toBe('–');
  });
});
