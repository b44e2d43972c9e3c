import { kindFacts } from '../../../src-shared/domain/scan-kinds.ts';
import { KIND_WORDS } from '../../../src-shared/domain/scan-words.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { AgentPreflight, PlannedScan } from '../../../src-shared/ipc/scans.ts';
import { wayOut } from '../connections/print-checks.ts';
import { nameOf } from './look-before.ts';
import type { RequestWords } from './request-from-flags.ts';

/** Agents that are shown one by one before something is sent; `--dry-run` shows all. */
export const SHOWN_AGENTS = 20;

const REPORTS: Readonly<Record<PlannedScan['reports'], string>> = {
  launch: 'its start can be seen, its result cannot',
  result: 'its result comes back',
  nothing: 'nothing comes back',
};

/** What would be sent where, with what speaks against it, agent by agent. */
export function planLines(
  planned: readonly PlannedScan[],
  preflights: readonly AgentPreflight[],
  words: RequestWords,
): readonly string[] {
  const looks = new Map(preflights.map((one) => [nameOf(one), one]));
  const { ruleGroup, wrapperOption, keslCall } = kindFacts(words.kind);
  const also = [ruleGroup && `rule group ${ruleGroup}`, wrapperOption && `wrapper ${wrapperOption}`];
  return [
    `${KIND_WORDS[words.kind]}${words.path === null ? '' : ` of ${visibleText(words.path)}`}: kesl-control ${keslCall}`,
    ...also.filter((one) => one !== null && one !== '').map((one) => `  ${one}`),
    ...planned.flatMap((plan) => ['', ...agentLines(plan, looks.get(nameOf(plan)))]),
  ];
}

function agentLines(plan: PlannedScan, look: AgentPreflight | undefined): readonly string[] {
  const { agentId, agentName, route, program, exact, caveats, reports, refusal, waitsUntil, alternatives } =
    plan;
  const head = `${agentId} ${visibleText(agentName)}`;
  if (refusal) return [`${head}: not possible`, `  ${refusal.message} ${refusal.remedy}`, ...lookLines(look)];
  const others = alternatives.map((other) => `--route ${other.route} --program ${other.program}`);
  return [
    `${head}: ${route ?? ''}, ${program ?? ''}; ${REPORTS[reports]}`,
    ...exact.map((line) => `    ${visibleText(line)}`),
    ...(waitsUntil === null ? [] : [`  The agent is away: it is waited for until ${waitsUntil}.`]),
    ...caveats.map((caveat) => `  ! ${caveat}`),
    ...lookLines(look),
    ...(others.length === 0 ? [] : [`  also possible: ${others.join('; ')}`]),
  ];
}

function lookLines(look: AgentPreflight | undefined): readonly string[] {
  if (!look) return [];
  if (look.problem) {
    const { message, remedy, need } = look.problem;
    const hint = need && wayOut(need);
    return [`  ! Not looked at: ${message} ${remedy}`, ...(hint ? [`    ${hint}`] : [])];
  }
  const marks = { holds: ' ', warns: '!', forbids: '✗', 'not-seen': '?' } as const;
  return look.facts.map(({ what, state, found }) => `  ${marks[state]} ${what}: ${visibleText(found)}`);
}

/** What `--dry-run --json` prints for one agent. */
export interface PlanReport extends PlannedScan {
  readonly kind: RequestWords['kind'];
  readonly path: string | null;
  readonly preflight: AgentPreflight | null;
}

export function planReports(
  planned: readonly PlannedScan[],
  preflights: readonly AgentPreflight[],
  { kind, path }: RequestWords,
): readonly PlanReport[] {
  const looks = new Map(preflights.map((one) => [nameOf(one), one]));
  return planned.map((plan) => ({ ...plan, kind, path, preflight: looks.get(nameOf(plan)) ?? null }));
}
