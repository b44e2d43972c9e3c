import { expect, test } from 'vitest';
import { scansHref } from '../../../../src-renderer/app/routes.ts';
import {
  addressOf,
  isNarrowed,
  NO_FILTER,
  readFilter,
  type HistoryFilter,
} from '../../../../src-renderer/scans/history/scan-filter.ts';

const NARROW: HistoryFilter = {
  text: 'upload',
  states: ['failed', 'unknown'],
  kinds: ['folder'],
  agent: { profile: 'mgr-fra-1', agentId: '007' },
  order: 12,
  onlyAutomatic: true,
};

function paramsOf(href: string): URLSearchParams {
  return new URLSearchParams(href.split('?')[1] ?? '');
}

test('the filter of the history survives its address', () => {
  expect(readFilter(paramsOf(scansHref(addressOf(NARROW))))).toEqual(NARROW);
  expect(readFilter(paramsOf(scansHref(addressOf(NO_FILTER))))).toEqual(NO_FILTER);
});

test('what the address does not know is left out', () => {
  expect(readFilter(new URLSearchParams('state=failed,nonsense&of=x&agent=noslash'))).toEqual({
    ...NO_FILTER,
    states: ['failed'],
  });
});

test('a filter that narrows nothing says so', () => {
  expect(isNarrowed(NO_FILTER)).toBe(false);
  expect(isNarrowed({ ...NO_FILTER, onlyAutomatic: true })).toBe(true);
});
