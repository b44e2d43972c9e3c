import type { CapabilityReport } from '../../../src-shared/domain/capability.ts';
import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import type { WireError } from '../../../src-shared/errors/domain-error.ts';
import type { DoctorFlags } from '../commands/doctor.ts';
import { chosenProfiles } from '../connections/chosen-profiles.ts';
import { Person } from '../connections/person.ts';
import { isFit, printReport } from '../connections/print-report.ts';
import { withManager } from '../connections/reach-manager.ts';
import { openReadingTools, type ReadingTools } from '../connections/reading-tools.ts';
import type { CommandContext } from '../context.ts';

/** What `doctor --json` prints for one connection. */
export interface DoctorReport extends CapabilityReport {
  readonly profile: string;
  /** What is needed is there: alerts can be read, or, without a way to files, the API can be used. */
  readonly isFit: boolean;
  /** Ways of the connection that are not open. */
  readonly troubles: readonly WireError[];
}

/** With `--profile` one report, else a list of all. */
export async function runDoctor(flags: DoctorFlags, context: CommandContext): Promise<void> {
  const person = new Person(context);
  const reading = await openReadingTools(context, person);
  try {
    const chosen = await chosenProfiles(flags, context, reading);
    const reports: DoctorReport[] = [];
    for (const { profile } of chosen) reports.push(await inspect(profile, { reading, person, context }));
    tell(chosen, reports, context);
  } finally {
    reading.close();
  }
}

async function inspect(
  profile: ConnectionProfile,
  {
    reading: { tools },
    person,
    context: { signal },
  }: { readonly reading: ReadingTools; readonly person: Person; readonly context: CommandContext },
): Promise<DoctorReport> {
  return withManager(profile, { tools, person, signal }, async ({ host, api, troubles }) => {
    const report = await tools.abilities.probe({
      host,
      api,
      profile,
      clock: tools.clock,
      signal,
      sudoPassword: () => tools.secrets.get(profile.id, 'sudo-password'),
    });
    const wired = troubles.map(({ code, message, remedy }) => ({ code, message, remedy }));
    return { profile: profile.name, isFit: isFit(profile, report), troubles: wired, ...report };
  });
}

function tell(
  chosen: readonly { readonly profile: ConnectionProfile }[],
  reports: readonly DoctorReport[],
  { terminal, namedProfile }: CommandContext,
): void {
  if (reports.some(({ isFit: fits }) => !fits)) process.exitCode = 1;
  if (terminal.isJson) return terminal.json(namedProfile === null ? reports : reports[0]);
  for (const [at, report] of reports.entries()) {
    if (at > 0) terminal.line();
    const profile = chosen[at]?.profile;
    if (profile) printReport(profile, report, terminal);
  }
}
