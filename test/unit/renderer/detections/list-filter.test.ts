import { describe, expect, test } from 'vitest';
import { readAddress, writeAddress } from '../../../../src-renderer/detections/list-address.ts';
import {
  emptyFilter,
  isNarrowed,
  timeWords,
  toContractFilter,
  withView,
  type ListFilter,
} from '../../../../src-renderer/detections/list-filter.ts';

const NOW = Date.parse('2026-11-17T13:32:00.000Z');

describe('the filter of the list', () => {
  test('a view alone narrows nothing further', () => {
    expect(isNarrowed(emptyFilter('malicious'))).toBe(false);
    expect(isNarrowed({ ...emptyFilter('malicious'), text: '  ' })).toBe(false);
    expect(isNarrowed({ ...emptyFilter('malicious'), agentName: 'db-fra-2' })).toBe(true);
  });

  test('today begins at local midnight', () => {
    const { since, until } = toContractFilter({ ...emptyFilter('everything'), time: { kind: 'today' } }, NOW);
    expect(new Date(since ?? '').getHours()).toBe(0);
    expect(new Date(since ?? '').toDateString()).toBe(new Date(NOW).toDateString());
    expect(until).toBeNull();
  });

  test('a range holds both of its days', () => {
    const time = { kind: 'range', from: '2026-11-09', to: '2026-11-09' } as const;
    const { since, until } = toContractFilter({ ...emptyFilter('everything'), time }, NOW);
    expect(since).toBe(new Date('2026-11-09T00:00:00').toISOString());
    expect(until).toBe(new Date('2026-11-10T00:00:00').toISOString());
    expect(timeWords(time)).toBe('9 Nov');
  });

  test('a day that is none bounds nothing instead of failing', () => {
    const time = { kind: 'range', from: '2026-13-45', to: '2026-99-99' } as const;
    const filter = toContractFilter({ ...emptyFilter('everything'), time }, NOW);
    expect(filter).toMatchObject({ since: null, until: null });
  });

  test('changing the view keeps what can still narrow it', () => {
    const filter: ListFilter = {
      ...emptyFilter('everything'),
      text: 'upload',
      standings: ['malicious', 'queued'],
    };
    expect(withView(filter, 'to-triage')).toMatchObject({ text: 'upload', standings: ['malicious'] });
    expect(withView(filter, 'malicious').standings).toEqual([]);
  });
});

describe('the address of the list', () => {
  test('what was written is read back', () => {
    const address = {
      fileId: 12,
      filter: {
        view: 'to-triage',
        text: 'a&b=c d',
        time: { kind: 'range', from: '2026-11-01', to: '2026-11-09' },
        standings: ['malicious', 'suspicious'],
        agentName: 'web ämsterdam #1',
      },
    } as const;
    const href = writeAddress(address);
    expect(readAddress(new URLSearchParams(href.split('?')[1]))).toEqual(address);
  });

  test('what is not understood narrows nothing', () => {
    const odd = new URLSearchParams('view=nonsense&file=x&outcome=evil,clean&time=2026-11-09..2026-11-01');
    expect(readAddress(odd)).toEqual({
      fileId: null,
      filter: { ...emptyFilter('everything'), standings: ['clean'] },
    });
  });
});
