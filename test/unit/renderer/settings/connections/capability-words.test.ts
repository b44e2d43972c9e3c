import { describe, expect, it } from 'vitest';
import {
  capabilityGroups,
  capabilitySummary,
  clockWords,
} from '../../../../../src-renderer/settings/connections/capability-words.ts';
import { CAPABILITIES, type CapabilityReport } from '../../../../../src-shared/domain/capability.ts';

const report: CapabilityReport = {
  probedAt: '2026-11-17T13:32:00.000Z',
  tookMs: 2000,
  manager: { hostName: null, version: null, prefix: null, account: null, daemons: [], clusterNode: null },
  clockDifferenceMs: null,
  findings: CAPABILITIES.map((capability, index) => ({
    capability,
    state: index === 0 ? 'missing' : index === 1 ? 'not-asked' : 'holds',
    found: '',
    via: 'ssh',
    remedy: null,
  })),
};

describe('what an account may do, in words', () => {
  it('puts every capability under a head', () => {
    const shown = capabilityGroups(report).flatMap(({ findings }) => findings);
    expect(shown.map(({ capability }) => capability).toSorted()).toEqual(CAPABILITIES.toSorted());
  });

  it('counts what was asked only', () => {
    const asked = CAPABILITIES.length - 1;
    expect(capabilitySummary(report)).toBe(`${asked - 1} of ${asked} hold, 1 is missing`);
  });
});

describe('the difference of two clocks', () => {
  it.each([
    [null, 'not asked'],
    [120, 'agrees with this computer’s'],
    [1240, '1.2 s ahead of this computer’s'],
    [-240_000, '4 min behind this computer’s'],
  ])('of %s ms reads "%s"', (differenceMs, words) => {
    expect(clockWords(differenceMs)).toBe(words);
  });
});
