import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { isSettled } from '../../../src-shared/domain/scan-state.ts';
import type { StoredScan } from '../../kes/scan-store.ts';
import { DirectReader } from '../../store/reader.ts';
import type { OrderFlags } from '../commands/scan.ts';
import { Person } from '../connections/person.ts';
import type { CommandContext } from '../context.ts';
import { AttendedWays } from '../scans/attended-ways.ts';
import { openScans, profilesNamed, type OpenedScans } from '../scans/open-scans.ts';
import { printScans } from '../scans/print-scans.ts';
import { usage } from '../scans/request-from-flags.ts';
import { scanReports } from '../scans/scan-report.ts';

const HOLDER = 'verdict-desk scan cancel';

/**
 * What was not sent is taken back without reaching anybody: no connection is opened, so that nothing else is sent by the
 * way. Only then are agents reached whose scans are to be stopped over SSH. Errors: `usage.scan`, `scans.gone`.
 */
export async function cancelScans(
  ids: readonly number[],
  flags: OrderFlags,
  context: CommandContext,
): Promise<void> {
  if ((ids.length === 0) === (flags.order === undefined)) {
    throw usage('It takes the numbers of scans, or --order.', 'verdict-desk scans lists them.');
  }
  const person = new Person(context);
  const { scanIds, running } = await takeBack(ids, flags, { person, context });
  if (running.length > 0) await stopRunning(running, flags, { person, context });
  await report(scanIds, context);
}

interface Around {
  readonly person: Person;
  readonly context: CommandContext;
}

/** Answers the scans that are meant, and those of them that run on agents which SSH reaches. */
async function takeBack(ids: readonly number[], flags: OrderFlags, { person, context }: Around) {
  const offline = await openScans(context, { holder: HOLDER, person, flags: {}, choose: () => [] });
  try {
    const { desk, engine } = offline;
    const { scans } = engine.store;
    if (flags.order !== undefined) {
      if (!scans.order(flags.order)) throw noSuch(`order ${flags.order}`);
      const before = scans.scansOf(flags.order).filter(({ state }) => state !== 'cancelled');
      desk.cancelOrder(flags.order);
      const isTakenBack = ({ id }: StoredScan) => scans.scan(id)?.state === 'cancelled';
      return { scanIds: before.filter(isTakenBack).map(({ id }) => id), running: [] };
    }
    const known = ids.map((id) => {
      const scan = scans.scan(id);
      if (!scan) throw noSuch(`scan ${id}`);
      return scan;
    });
    const running = known.filter((scan) => scan.route === 'agent-ssh' && isUnderWay(scan));
    for (const scan of known)
      if (!running.includes(scan)) await attempt(() => desk.cancel(scan.id), scan, context);
    return { scanIds: [...ids], running };
  } finally {
    await offline.close();
  }
}

function isUnderWay({ state }: StoredScan): boolean {
  return !isSettled(state) && state !== 'planned' && state !== 'waiting-for-agent';
}

async function stopRunning(
  running: readonly StoredScan[],
  flags: OrderFlags,
  { person, context }: Around,
): Promise<void> {
  const names = new Set(running.map(({ profile }) => profile));
  const opened = await openScans(context, {
    holder: HOLDER,
    person,
    flags,
    choose: (engine) => profilesNamed(engine, names),
  });
  try {
    await new AttendedWays(opened, person, context).reach();
    for (const scan of running) await attempt(() => opened.desk.cancel(scan.id), scan, context);
    await untilStopped(running, opened, context);
  } finally {
    await opened.close();
  }
}

/** KES takes some seconds to show it. */
const LONGEST_STOP_MS = 60_000;

async function untilStopped(
  running: readonly StoredScan[],
  { engine, changes }: OpenedScans,
  { signal }: CommandContext,
): Promise<void> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_STOP_MS)]);
  const isAwaited = ({ id }: StoredScan) => {
    const state = engine.store.scans.scan(id)?.state;
    const isAsked = engine.store.scans.evidence(id).some(({ what }) => what === 'cancel-requested');
    return isAsked && state !== undefined && !isSettled(state);
  };
  while (!stop.aborted && running.some(isAwaited)) {
    await Promise.race([changes.next(), pause(1_000)]);
  }
}

/** One that cannot be stopped keeps no other from it. */
async function attempt(
  cancel: () => Promise<void>,
  { id, agentName }: StoredScan,
  { terminal }: CommandContext,
): Promise<void> {
  try {
    await cancel();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    process.exitCode = 1;
    terminal.note(`Scan ${id} on ${agentName}: ${error.message} ${error.remedy}`);
  }
}

async function report(scanIds: readonly number[], { dataFolder, terminal }: CommandContext): Promise<void> {
  const reader = new DirectReader(dataFolder);
  try {
    const reports = [...scanReports(reader.connection, scanIds)];
    if (terminal.isJson) return terminal.jsonArray(reports);
    if (reports.length === 0) return terminal.note('Nothing waited to be sent.');
    printScans(reports, terminal);
  } finally {
    await reader.close();
  }
}

function noSuch(what: string): DomainError {
  return new DomainError('scans.gone', `There is no ${what}.`, 'verdict-desk scans lists them.');
}
