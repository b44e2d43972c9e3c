import type { AgentPreflight, PreflightFact } from '../../../src-shared/ipc/scans.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { countOf } from '../../ui/format.ts';

/** One line of "Before it starts": a fact of all agents that were looked at. */
export interface MergedFact {
  readonly what: PreflightFact['what'];
  /** The worst that was found. */
  readonly state: PreflightFact['state'];
  readonly words: readonly string[];
}

/** Agents that could not be looked at, for the same reason. */
export interface Unseen {
  readonly message: string;
  readonly remedy: string;
  readonly agents: readonly AgentPreflight[];
}

const SEVERITY: readonly PreflightFact['state'][] = ['forbids', 'warns', 'not-seen', 'holds'];
/** Among equals, what can hurt first. */
const ORDER: readonly PreflightFact['what'][] = [
  'action',
  'installed',
  'service',
  'databases',
  'licence',
  'task',
  'policy',
  'running-tasks',
  'load',
  'disk',
];
/** More findings of one fact than these are counted. */
const FINDINGS = 3;

/** Worst first; what was found alike is said once: "3 h old on both". */
export function mergePreflight(looked: readonly AgentPreflight[]): readonly MergedFact[] {
  const seen = looked.filter(({ problem }) => problem === null);
  return ORDER.flatMap((what) => mergeFact(what, seen)).toSorted(
    (a, b) => SEVERITY.indexOf(a.state) - SEVERITY.indexOf(b.state),
  );
}

function mergeFact(what: PreflightFact['what'], seen: readonly AgentPreflight[]): readonly MergedFact[] {
  const found = seen.flatMap(({ agentName, facts }) =>
    facts.filter((fact) => fact.what === what).map((fact) => ({ agentName, fact })),
  );
  const state = SEVERITY.find((candidate) => found.some(({ fact }) => fact.state === candidate));
  if (!state) return [];
  const worst = found.filter(({ fact }) => fact.state === state);
  const byWords = [...Map.groupBy(worst, ({ fact }) => fact.found)];
  const words = byWords
    .slice(0, FINDINGS)
    .map(([text, same]) => withAgents(visibleText(text), namesOf(same), seen.length));
  const left = byWords.slice(FINDINGS).reduce((sum, [, same]) => sum + same.length, 0);
  return [{ what, state, words: left > 0 ? [...words, `and ${countOf(left, 'more agent')}`] : words }];
}

function namesOf(same: readonly { readonly agentName: string }[]): readonly string[] {
  return same.map(({ agentName }) => visibleText(agentName));
}

/** One agent needs no name; all of them are "both" or "all 11"; else who it is. */
function withAgents(text: string, names: readonly string[], of: number): string {
  if (of === 1) return text;
  const isSentence = text.endsWith('.');
  const who = names.length === of ? `on ${of === 2 ? 'both' : `all ${of}`}` : `on ${listed(names)}`;
  return isSentence ? `${text.slice(0, -1)}, ${who}.` : `${text} ${who}`;
}

const NAMES = 3;

/** `db-fra-1, db-fra-2 and 9 more`. */
export function listed(names: readonly string[], most = NAMES): string {
  if (names.length <= 1) return names.join('');
  if (names.length <= most) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return `${names.slice(0, most).join(', ')} and ${names.length - most} more`;
}

export function unseenOf(looked: readonly AgentPreflight[]): readonly Unseen[] {
  const problems = looked.flatMap((agent) => (agent.problem ? [{ agent, problem: agent.problem }] : []));
  return [...Map.groupBy(problems, ({ problem }) => `${problem.message} ${problem.remedy}`).values()].map(
    (same) => ({
      message: same[0]?.problem.message ?? '',
      remedy: same[0]?.problem.remedy ?? '',
      agents: same.map(({ agent }) => agent),
    }),
  );
}

/** KES says itself what it would do on a detection, for every agent that was chosen. */
export function isActionKnown(looked: readonly AgentPreflight[], chosen: number): boolean {
  const known = looked.filter(({ facts }) => facts.some(({ what }) => what === 'action'));
  return chosen > 0 && known.length >= chosen;
}
