import { describe, expect, it } from 'vitest';
import { matchesText, narrowSections } from '../../../../src-renderer/app/palette-entries.ts';

const entry = (label: string, keywords = '') => ({ id: label, label, keywords, run: () => {} });

describe('the palette', () => {
  it('finds an entry by the beginnings of its words, in any order and case', () => {
    const add = entry('Add alert file', 'source import');
    expect(matchesText(add, 'ADD al')).toBe(true);
    expect(matchesText(add, 'file add')).toBe(true);
    expect(matchesText(add, 'import')).toBe(true);
    expect(matchesText(add, 'lert')).toBe(false);
    expect(matchesText(entry('10.8.0.12'), '10.8.0')).toBe(true);
    expect(matchesText(entry('mgr-fra-1'), 'fra')).toBe(true);
    expect(matchesText(add, 'add x')).toBe(false);
  });

  it('offers all while nothing is typed, and leaves out sections without a match', () => {
    const sections = [
      { title: 'Go to', entries: [entry('Overview')] },
      { title: 'Commands', entries: [entry('Pause the queue')] },
    ];
    expect(narrowSections(sections, '  ')).toEqual(sections);
    expect(narrowSections(sections, 'pau').map(({ title }) => title)).toEqual(['Commands']);
  });

  it('offers rare entries once something is typed', () => {
    const sections = [{ title: 'Go to', entries: [{ ...entry('Connections'), isRare: true }] }];
    expect(narrowSections(sections, ' ')).toEqual([]);
    expect(narrowSections(sections, 'conn')).toHaveLength(1);
  });
});
