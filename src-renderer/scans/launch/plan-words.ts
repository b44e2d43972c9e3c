import type { AgentProgram, ScanRoute } from '../../../src-shared/domain/scan.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { PlannedScan } from '../../../src-shared/ipc/scans.ts';
import { wayWords } from '../../app/scans/scan-words.ts';
import { countOf } from '../../ui/format.ts';
import { listed } from './merge-preflight.ts';

export interface Way {
  readonly route: ScanRoute;
  readonly program: AgentProgram;
}

/** A way that would work, and for how many of the agents. */
export interface OfferedWay extends Way {
  readonly agents: number;
}

/** What a plan over one or many agents says, put together. */
export interface PlanSummary {
  readonly sendable: readonly PlannedScan[];
  readonly refused: readonly RefusedGroup[];
  /** The ways that are taken, most agents first. */
  readonly taken: readonly (OfferedWay & { readonly reports: PlannedScan['reports'] })[];
  /** Every way that would work for at least one agent. */
  readonly offered: readonly OfferedWay[];
  readonly caveats: readonly string[];
  /** Agents that are away: theirs waits. */
  readonly waiting: readonly PlannedScan[];
}

export interface RefusedGroup {
  readonly message: string;
  readonly remedy: string;
  readonly agents: readonly PlannedScan[];
}

export function summarisePlan(plan: readonly PlannedScan[]): PlanSummary {
  const sendable = plan.filter(({ refusal }) => refusal === null);
  return {
    sendable,
    refused: refusedOf(plan),
    taken: takenOf(sendable),
    offered: offeredOf(sendable),
    caveats: caveatsOf(sendable),
    waiting: sendable.filter(({ waitsUntil }) => waitsUntil !== null),
  };
}

function refusedOf(plan: readonly PlannedScan[]): readonly RefusedGroup[] {
  const refused = plan.flatMap((scan) => (scan.refusal ? [{ scan, refusal: scan.refusal }] : []));
  return [...Map.groupBy(refused, ({ refusal }) => `${refusal.message} ${refusal.remedy}`).values()].map(
    (same) => ({
      message: visibleText(same[0]?.refusal.message ?? ''),
      remedy: visibleText(same[0]?.refusal.remedy ?? ''),
      agents: same.map(({ scan }) => scan),
    }),
  );
}

function takenOf(sendable: readonly PlannedScan[]): PlanSummary['taken'] {
  const ways = sendable.flatMap(({ route, program, reports }) =>
    route && program ? [{ route, program, reports }] : [],
  );
  return [...Map.groupBy(ways, wayKey).values()]
    .flatMap((same) => (same[0] ? [{ ...same[0], agents: same.length }] : []))
    .toSorted((a, b) => b.agents - a.agents);
}

function offeredOf(sendable: readonly PlannedScan[]): readonly OfferedWay[] {
  const ways = sendable.flatMap(({ route, program, alternatives }) => [
    ...(route && program ? [{ route, program }] : []),
    ...alternatives,
  ]);
  return [...Map.groupBy(ways, wayKey).values()].flatMap((same) =>
    same[0] ? [{ route: same[0].route, program: same[0].program, agents: same.length }] : [],
  );
}

/** Said once, with the agents it is about when it is not about all. */
function caveatsOf(sendable: readonly PlannedScan[]): readonly string[] {
  const said = sendable.flatMap(({ agentName, caveats }) =>
    caveats.map((caveat) => ({ caveat, agentName: visibleText(agentName) })),
  );
  return [...Map.groupBy(said, ({ caveat }) => caveat)].map(([caveat, of]) =>
    of.length === sendable.length
      ? visibleText(caveat)
      : `${visibleText(caveat)} (${listed(of.map(({ agentName }) => agentName))})`,
  );
}

export function wayKey({ route, program }: Way): string {
  return `${route} ${program}`;
}

const REPORTS: Readonly<Record<PlannedScan['reports'], string>> = {
  launch: 'reports its start at most, no result',
  result: 'reports its result through an alert',
  nothing: 'reports nothing',
};

/** `manager API, our script; reports its result through an alert`. */
export function routeSentence(taken: PlanSummary['taken']): string {
  const [only, ...others] = taken;
  if (!only) return 'no way yet';
  if (others.length === 0) return `${wayWords(only)}; ${reportsWords(only)}`;
  return taken.map((way) => `${wayWords(way)} for ${countOf(way.agents, 'agent')}`).join('; ');
}

function reportsWords({ route, reports }: Way & { readonly reports: PlannedScan['reports'] }): string {
  return route === 'agent-ssh' ? 'progress and result are seen' : REPORTS[reports];
}
