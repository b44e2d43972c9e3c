import { describe, expect, it } from 'vitest';
import {
  countOf,
  formatBytes,
  formatLag,
  formatNumber,
  formatShare,
  formatSpan,
} from '../../../../src-renderer/ui/format.ts';

describe('numbers in the window', () => {
  it('separates thousands and writes a missing value as a dash, not as zero', () => {
    expect(formatNumber(48_211)).toBe('48,211');
    expect(formatNumber(0)).toBe('0');
    expect(formatNumber(null)).toBe('–');
  });

  it('counts one thing in the singular', () => {
    expect(countOf(1, 'file')).toBe('1 file');
    expect(countOf(0, 'file')).toBe('0 files');
    expect(countOf(2, 'verdict of the manager', 'verdicts of the manager')).toBe('2 verdicts of the manager');
  });

  it('never writes a part that is there as nothing', () => {
    expect(formatShare(1, 1_000_000)).toBe('under 0.1 %');
    expect(formatShare(0, 10)).toBe('0 %');
    expect(formatShare(7904, 48_211)).toBe('16.4 %');
    expect(formatShare(3, 0)).toBe('0 %');
  });

  it('writes bytes in steps of a thousand without reading 1,000 KB', () => {
    expect(formatBytes(512)).toBe('512 B');
    expect(formatBytes(999_600)).toBe('1 MB');
    expect(formatBytes(1_412_096)).toBe('1.4 MB');
    expect(formatBytes(433_000_000)).toBe('433 MB');
    expect(formatBytes(null)).toBe('–');
  });

  it('writes a span in at most two units', () => {
    expect(formatSpan(14_200)).toBe('14 s');
    expect(formatSpan(26 * 60_000)).toBe('26 min');
    expect(formatSpan(10 * 3_600_000 + 28 * 60_000)).toBe('10 h 28 min');
    expect(formatSpan(2 * 3_600_000)).toBe('2 h');
    expect(formatSpan(25 * 3_600_000)).toBe('1 day');
    expect(formatSpan(-5)).toBe('0 s');
  });

  it('tells milliseconds from seconds in a delay', () => {
    expect(formatLag(12)).toBe('12 ms');
    expect(formatLag(430)).toBe('0.4 s');
    expect(formatLag(2000)).toBe('2 s');
    expect(formatLag(90_000)).toBe('1 min');
  });
});
