import type { AgentPreflight, PlannedScan, ScanRequest } from '../../../src-shared/ipc/scans.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { DirectReader } from '../../store/reader.ts';
import type { ScanFlags } from '../commands/scan.ts';
import { Person } from '../connections/person.ts';
import type { CommandContext } from '../context.ts';
import { AttendedWays } from '../scans/attended-ways.ts';
import { chosenAgents } from '../scans/chosen-agents.ts';
import { isAgreed } from '../scans/consent.ts';
import { followAsAsked, printEnd, type OrderEnd } from '../scans/end-of-order.ts';
import { lookBefore, withoutForbidden } from '../scans/look-before.ts';
import { oneProfile, openScans, type OpenedScans } from '../scans/open-scans.ts';
import { withOption } from '../scans/refusal-options.ts';
import { planLines, planReports, SHOWN_AGENTS } from '../scans/print-plan.ts';
import { requestFromFlags, type RequestWords } from '../scans/request-from-flags.ts';
import { notAsked, turnedDown, type NotAsked } from '../scans/scan-report.ts';

interface Parts {
  readonly opened: OpenedScans;
  readonly person: Person;
  readonly ways: AttendedWays;
  readonly context: CommandContext;
}

interface Launched {
  readonly scanIds: readonly number[];
  readonly missing: readonly NotAsked[];
  readonly order: OrderEnd;
}

/** Plans, looks, shows, asks, sends, and follows as far as the call says. Errors: `usage.scan` and those of each step. */
export async function runScan(flags: ScanFlags, context: CommandContext): Promise<void> {
  const words = requestFromFlags(flags);
  const person = new Person(context);
  const opened = await openScans(context, {
    holder: 'verdict-desk scan',
    person,
    flags,
    choose: (engine) => [oneProfile(engine, context)],
  });
  let launched: Launched | null = null;
  try {
    const ways = new AttendedWays(opened, person, context);
    launched = await scan(words, flags, { opened, person, ways, context });
  } finally {
    await opened.close();
  }
  if (launched) await printEnd(launched.scanIds, launched.missing, launched.order, context);
}

/** Null: nothing was sent. */
async function scan(words: RequestWords, flags: ScanFlags, parts: Parts): Promise<Launched | null> {
  const { ways, context } = parts;
  await ways.reach();
  const request = await completeRequest(words, flags, parts);
  const { planned, preflights } = await plan(request, flags, parts);
  if (flags.dryRun) {
    showPlan(planned, preflights, request, context);
    return null;
  }
  tellPlan(planned, preflights, request, context);
  const missing = notAsked(planned, request);
  const possible = planned.filter(({ refusal }) => refusal === null);
  if (possible.length === 0) return nothingToSend(missing, context);
  const sent = await send(possible, request, flags, parts).catch((error: unknown) => {
    // Whoever reads the result learns of each agent why it was not asked; the words for a person follow.
    if (error instanceof DomainError && context.terminal.isJson)
      context.terminal.json([...turnedDown(possible, request, error), ...missing]);
    throw error;
  });
  if (!sent) {
    context.terminal.note('Nothing was sent.');
    process.exitCode = 1;
    return null;
  }
  return { scanIds: sent.scanIds, missing, order: await followAsAsked(sent.orderId, flags, parts) };
}

/** Null: the person did not agree. Errors: those of `isAgreed` and of `launch`. */
async function send(
  possible: readonly PlannedScan[],
  request: ScanRequest,
  flags: ScanFlags,
  { opened, person, context }: Parts,
) {
  const agreed = await isAgreed(possible, request, { acceptsHarm: flags.acceptHarm === true, person });
  if (!agreed || context.signal.aborted) return null;
  const agents = possible.map(({ profile, agentId }) => ({ profile, agentId }));
  return opened.desk.launch({ ...request, agents }, true);
}

async function completeRequest(words: RequestWords, flags: ScanFlags, parts: Parts): Promise<ScanRequest> {
  const name = parts.opened.profiles[0]?.profile.name ?? '';
  const reader = new DirectReader(parts.context.dataFolder);
  try {
    return { ...words, ...(await chosenAgents(flags, name, reader)) };
  } finally {
    await reader.close();
  }
}

interface Plan {
  readonly planned: readonly PlannedScan[];
  readonly preflights: readonly AgentPreflight[];
}

/** What a look finds decides how a kind is carried out: planned again after it. */
async function plan(
  request: ScanRequest,
  flags: ScanFlags,
  { opened, person, context }: Parts,
): Promise<Plan> {
  const first = (await opened.desk.plan(request)).map(withOption);
  if (!flags.preflight) return { planned: first, preflights: [] };
  const acceptedHostKeys = flags.acceptHostKey ?? [];
  const preflights = await lookBefore(first, request, { opened, person, context, acceptedHostKeys });
  if (preflights.length === 0) return { planned: first, preflights };
  const planned = (await opened.desk.plan(request)).map(withOption);
  return { planned: withoutForbidden(planned, preflights), preflights };
}

/** The result of a dry run. */
function showPlan(
  planned: readonly PlannedScan[],
  preflights: readonly AgentPreflight[],
  request: ScanRequest,
  { terminal }: CommandContext,
): void {
  if (planned.every(({ refusal }) => refusal !== null)) process.exitCode = 1;
  if (terminal.isJson) return terminal.json(planReports(planned, preflights, request));
  for (const line of planLines(planned, preflights, request)) terminal.line(line);
}

/** Before something is sent it stands on stderr: the result is what became of it. */
function tellPlan(
  planned: readonly PlannedScan[],
  preflights: readonly AgentPreflight[],
  request: ScanRequest,
  { terminal }: CommandContext,
): void {
  const more = planned.length - SHOWN_AGENTS;
  for (const line of planLines(planned.slice(0, SHOWN_AGENTS), preflights, request)) terminal.note(line);
  if (more > 0) terminal.note(`… and ${more} more agents; --dry-run shows each.`);
}

function nothingToSend(missing: readonly NotAsked[], { terminal }: CommandContext): null {
  process.exitCode = 1;
  if (terminal.isJson) terminal.json(missing);
  terminal.note('None of these agents can be sent the scan. Nothing was sent.');
  return null;
}
