import { describe, expect, test } from 'vitest';
import {
  isActionKnown,
  listed,
  mergePreflight,
  unseenOf,
} from '../../../../src-renderer/scans/launch/merge-preflight.ts';
import type { AgentPreflight, PreflightFact } from '../../../../src-shared/ipc/scans.ts';

function looked(agentName: string, ...facts: readonly PreflightFact[]): AgentPreflight {
  return {
    profile: 'mgr-fra-1',
    agentId: agentName,
    agentName,
    facts,
    checkedAt: '2026-11-17T08:00:00.000Z',
    problem: null,
  };
}
const FRESH: PreflightFact = { what: 'databases', state: 'holds', found: '3 h old' };
const OLD: PreflightFact = { what: 'databases', state: 'warns', found: '9 days old' };
const ACTS: PreflightFact = { what: 'action', state: 'warns', found: 'On a detection: Disinfect.' };

describe('what was found before a start', () => {
  test('what is alike on all agents is said once', () => {
    expect(mergePreflight([looked('a', FRESH), looked('b', FRESH)])).toEqual([
      { what: 'databases', state: 'holds', words: ['3 h old on both'] },
    ]);
    expect(mergePreflight([looked('a', FRESH)])[0]?.words).toEqual(['3 h old']);
  });

  test('the worst of all agents counts, with the agents it is about', () => {
    expect(mergePreflight([looked('a', FRESH), looked('b', OLD), looked('c', FRESH)])).toEqual([
      { what: 'databases', state: 'warns', words: ['9 days old on b'] },
    ]);
  });

  test('what can hurt comes first', () => {
    const licence: PreflightFact = { what: 'licence', state: 'forbids', found: 'No licence key.' };
    const found = mergePreflight([looked('a', FRESH, ACTS, licence)]);
    expect(found.map(({ what }) => what)).toEqual(['licence', 'action', 'databases']);
  });

  test('many different findings of one fact are counted', () => {
    const agents = Array.from({ length: 9 }, (_, at) =>
      looked(`agent-${at}`, { what: 'disk', state: 'warns', found: `0.${at} GB free` }),
    );
    expect(mergePreflight(agents)[0]?.words.at(-1)).toBe('and 6 more agents');
  });

  test('agents that could not be looked at stand together by the reason', () => {
    const problem = { message: 'There is no SSH access to this agent.', remedy: 'Set it up.' };
    const unseen = unseenOf([{ ...looked('a'), problem }, { ...looked('b'), problem }, looked('c', ACTS)]);
    expect(unseen).toMatchObject([
      { message: problem.message, agents: [{ agentName: 'a' }, { agentName: 'b' }] },
    ]);
  });

  test('what KES would do is known only when every chosen agent told it', () => {
    expect(isActionKnown([looked('a', ACTS)], 1)).toBe(true);
    expect(isActionKnown([looked('a', ACTS)], 2)).toBe(false);
  });

  test('names are listed up to a few', () => {
    expect(listed(['a', 'b'])).toBe('a and b');
    expect(listed(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
  });
});
