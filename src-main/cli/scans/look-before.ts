import type { AgentPreflight, PlannedScan } from '../../../src-shared/ipc/scans.ts';
import type { Person } from '../connections/person.ts';
import type { CommandContext } from '../context.ts';
import type { OpenedScans } from './open-scans.ts';
import type { RequestWords } from './request-from-flags.ts';

interface LookParts {
  readonly opened: OpenedScans;
  readonly person: Person;
  readonly context: CommandContext;
  /** Fingerprints that the call accepts. */
  readonly acceptedHostKeys: readonly string[];
}

/**
 * Looks at the agents of a plan that SSH reaches, before anything is asked of them; changes nothing there. Host keys that
 * the call or the person accepts are pinned, and their agents looked at again.
 */
export async function lookBefore(
  planned: readonly PlannedScan[],
  { kind, path, action }: RequestWords,
  parts: LookParts,
): Promise<readonly AgentPreflight[]> {
  const { opened, context } = parts;
  const { desk, care } = opened;
  const purpose = { kind, path, action };
  const reached = planned.filter((plan) => care.kesOf(plan).access.effective !== null);
  if (reached.length === 0) return [];
  context.terminal.progress(`Looking at ${reached.length} agents`);
  const first = await desk.preflights.look(reached, purpose, context.signal);
  context.terminal.endProgress();
  const found = new Map(first.map((one) => [nameOf(one), one]));
  const again: AgentPreflight[] = [];
  for (const one of first) if (await isAccepted(one, parts)) again.push(one);
  for (const one of await desk.preflights.look(again, purpose, context.signal)) found.set(nameOf(one), one);
  return [...found.values()];
}

async function isAccepted({ problem }: AgentPreflight, parts: LookParts): Promise<boolean> {
  const { opened, person, acceptedHostKeys } = parts;
  if (problem?.need?.kind !== 'host-key-unknown') return false;
  const { offered } = problem.need;
  const isMeant = acceptedHostKeys.includes(offered.fingerprint) || (await person.acceptsHostKey(offered));
  if (isMeant) opened.connections.acceptHostKey(offered.host, offered.port, offered.fingerprint);
  return isMeant;
}

/**
 * Agents of several that the look speaks against are not asked, as those that no way leads to. Where it speaks against
 * all of them the launch itself says so.
 */
export function withoutForbidden(
  planned: readonly PlannedScan[],
  preflights: readonly AgentPreflight[],
): readonly PlannedScan[] {
  const looks = new Map(preflights.map((one) => [nameOf(one), one]));
  const marked = planned.map((plan) => {
    const why = looks.get(nameOf(plan))?.facts.find(({ state }) => state === 'forbids')?.found;
    return why === undefined || plan.refusal !== null ? plan : { ...plan, refusal: forbidden(why) };
  });
  return marked.some(({ refusal }) => refusal === null) ? marked : planned;
}

function forbidden(why: string): NonNullable<PlannedScan['refusal']> {
  return {
    message: `The look at it speaks against it: ${why}`,
    remedy: 'Set that right on the agent, or ask it all the same with --no-preflight.',
  };
}

export function nameOf({ profile, agentId }: { readonly profile: string; readonly agentId: string }): string {
  return `${profile}/${agentId}`;
}
