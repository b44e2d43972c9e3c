import { describe, expect, test } from 'vitest';
import { routeSentence, summarisePlan } from '../../../../src-renderer/scans/launch/plan-words.ts';
import type { PlannedScan } from '../../../../src-shared/ipc/scans.ts';

function planned(part: Partial<PlannedScan>): PlannedScan {
  return {
    profile: 'mgr-fra-1',
    agentId: '003',
    agentName: 'web-ams-1',
    route: 'agent-ssh',
    program: 'kesl-control',
    alternatives: [{ route: 'api', program: 'wrapper' }],
    exact: [],
    caveats: [],
    reports: 'result',
    refusal: null,
    waitsUntil: null,
    ...part,
  };
}
const WRAPPER = planned({
  agentName: 'db-fra-1',
  route: 'api',
  program: 'wrapper',
  alternatives: [],
  reports: 'launch',
  caveats: ['It needs python.'],
});
const REFUSED = planned({
  agentName: 'DESKTOP',
  route: null,
  program: null,
  alternatives: [],
  refusal: { message: 'Windows has no KES for Linux.', remedy: 'Start it there.' },
});

describe('a plan over many agents', () => {
  test('one way is said with what it reports', () => {
    expect(routeSentence(summarisePlan([planned({})]).taken)).toBe(
      'SSH to the agent; progress and result are seen',
    );
    expect(routeSentence(summarisePlan([WRAPPER]).taken)).toBe(
      'manager API, Wazuh’s wrapper; reports its start at most, no result',
    );
  });

  test('several ways are said with how many take each', () => {
    const { taken } = summarisePlan([planned({}), planned({}), WRAPPER]);
    expect(routeSentence(taken)).toBe(
      'SSH to the agent for 2 agents; manager API, Wazuh’s wrapper for 1 agent',
    );
  });

  test('a caveat that is not about all agents says about whom it is', () => {
    expect(summarisePlan([WRAPPER]).caveats).toEqual(['It needs python.']);
    expect(summarisePlan([WRAPPER, planned({})]).caveats).toEqual(['It needs python. (db-fra-1)']);
  });

  test('ways that other agents could take are offered, with how many could', () => {
    expect(summarisePlan([planned({}), WRAPPER]).offered).toEqual([
      { route: 'agent-ssh', program: 'kesl-control', agents: 1 },
      { route: 'api', program: 'wrapper', agents: 2 },
    ]);
  });

  test('refused agents are kept out of it, by reason', () => {
    const plan = summarisePlan([REFUSED, REFUSED, planned({})]);
    expect(plan.sendable).toHaveLength(1);
    expect(plan.refused).toMatchObject([
      { message: 'Windows has no KES for Linux.', agents: [REFUSED, REFUSED] },
    ]);
  });
});
