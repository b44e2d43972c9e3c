/**
 * Which way a scan takes to one agent, and exactly what is sent on it. Facts: wazuh.md 6.2, 6.3, 7.1, 7.5, 8; kesl.md 9.
 */
import { agentVersionOf, dispatchOf, exactOf } from './scan-dispatch.ts';
import { availabilityOf } from './scan-kinds.ts';
import type { PlanInput, Refusal, ScanPlan, Way } from './scan-plan-types.ts';
import { refusalOfAgent, refusalOfWay } from './scan-refusals.ts';
import { AGENT_PROGRAMS, SCAN_ROUTES } from './scan.ts';
import { hasTrait } from './wazuh-version.ts';

/** The best way that works, or the chosen one; what else would work; why nothing does. */
export function planScan(input: PlanInput): ScanPlan {
  const whole = refusalOfAgent(input);
  const ways = ALL_WAYS.map((way) => ({ ...way, refusal: whole ?? refusalOfWay(way, input) }));
  const open = ways.filter(({ refusal }) => refusal === null);
  const { route, program } = input.chosen;
  const fits = (way: Way) => (route ?? way.route) === way.route && (program ?? way.program) === way.program;
  const best = open.find(fits) ?? null;
  const alternatives = open
    .filter((way) => way !== best)
    .map(({ route: r, program: p }) => ({ route: r, program: p }));
  const common = {
    profile: input.profile,
    agentId: input.agent.agentId,
    agentName: input.agent.name,
    alternatives,
    waitsUntil: input.agent.status === 'active' ? null : input.waitsUntil,
  };
  if (!best) {
    // What hinders a way that is there says more than that another one is not set up.
    const hindered = ways.filter(fits).toSorted((a, b) => strangeness(a, input) - strangeness(b, input));
    const refusal = whole ?? hindered[0]?.refusal ?? NO_WAY;
    return {
      ...common,
      route: null,
      program: null,
      exact: [],
      caveats: [],
      reports: 'nothing',
      refusal,
      dispatch: null,
    };
  }
  const dispatch = dispatchOf(best, input);
  return {
    ...common,
    route: best.route,
    program: best.program,
    exact: exactOf(dispatch, input),
    caveats: caveatsOf(best, input),
    reports: best.program === 'wrapper' ? 'launch' : 'result',
    refusal: null,
    dispatch,
  };
}

/** Most evidence first. `kesl-control` is reached over SSH only, and nothing else is. */
const ALL_WAYS: readonly Way[] = SCAN_ROUTES.toReversed()
  .flatMap((route) => AGENT_PROGRAMS.map((program) => ({ route, program })))
  .filter(({ route, program }) => (route === 'agent-ssh') === (program === 'kesl-control'))
  .toSorted((a, b) => preference(a) - preference(b));

function preference({ route, program }: Way): number {
  if (route === 'agent-ssh') return 0;
  return (program === 'script' ? 1 : 3) + (route === 'api' ? 0 : 1);
}

function strangeness({ route, program }: Way, { manager, access, script }: PlanInput): number {
  const isThere = {
    api: manager.api !== null,
    'agent-control': manager.mayRunAgentControl,
    'agent-ssh': access !== null,
  };
  // Where our script is there, what hinders the wrapper is beside the point.
  const byProgram = { wrapper: script === 'installed' ? 3 : 0, script: 2, 'kesl-control': 4 };
  return (isThere[route] ? 0 : 10) + byProgram[program] + (route === 'api' ? 0 : 1);
}

const NO_WAY: Refusal = {
  message: 'No way leads to this agent.',
  remedy: 'Add the manager’s API or SSH to its connection, or give the agent SSH access of its own.',
};

/** What this way suffers from, said before it is used. */
function caveatsOf({ route, program }: Way, input: PlanInput): string[] {
  const { agent, kes, kind, manager } = input;
  const version = agentVersionOf(agent);
  const isJson = version !== null && hasTrait(version, 'sendsResponsesAsJson');
  const caveats: string[] = [];
  if (agent.status === 'unknown') caveats.push('Nobody says whether the agent is connected.');
  if (route === 'api' && !manager.version)
    caveats.push('The manager’s version is not known; it may turn the request down.');
  if (route === 'api' && manager.api?.mayDispatch === null)
    caveats.push('Whether the API account may dispatch responses has not been asked.');
  if (program === 'script' && input.script === 'unknown')
    caveats.push(
      'Nobody here has seen our script on this agent: where it is missing, nothing starts and nobody says so.',
    );
  if (program === 'wrapper') {
    if (isJson)
      caveats.push(
        'Wazuh’s wrapper closes kesl-control’s output from 4.2 on: it may be killed at its first line, and success is reported all the same.',
      );
    caveats.push(
      'The wrapper needs python on the agent, and reports neither progress nor result.',
      'The wrapper starts tasks by number; nothing shows whether KES is there.',
    );
  }
  const { state, words } = availabilityOf(kind, kes);
  if (state === 'unknown' || state === 'replaced') caveats.push(`${upperFirst(words)}.`);
  return caveats;
}

function upperFirst(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
