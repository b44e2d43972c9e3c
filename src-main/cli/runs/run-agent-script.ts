import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { SshFailure } from '../../manager/ssh/ssh-failure.ts';
import type { AgentScriptFlags } from '../commands/agent-script.ts';
import { Person } from '../connections/person.ts';
import { wayOut } from '../connections/print-checks.ts';
import type { CommandContext } from '../context.ts';
import { AttendedWays } from '../scans/attended-ways.ts';
import { oneProfile, openScans, type OpenedScans } from '../scans/open-scans.ts';
import { usage } from '../scans/request-from-flags.ts';

/** What `agent-script install|remove --json` prints for one agent. */
interface ScriptReport {
  readonly agentId: string;
  readonly script: string;
  readonly error: { readonly code: string; readonly message: string; readonly remedy: string } | null;
}

/** One agent after the other; one that fails keeps no other from it. Errors: `usage.scan`. */
export async function changeAgentScript(
  deed: 'install' | 'remove',
  flags: AgentScriptFlags,
  context: CommandContext,
): Promise<void> {
  if (!flags.agent) throw usage('Which agents is missing: --agent ID….', 'verdict-desk agents lists them.');
  const person = new Person(context);
  const opened = await openScans(context, {
    holder: `verdict-desk agent-script ${deed}`,
    person,
    flags,
    choose: (engine) => [oneProfile(engine, context)],
  });
  const reports: ScriptReport[] = [];
  try {
    await new AttendedWays(opened, person, context).reach();
    for (const agentId of flags.agent) {
      if (!context.signal.aborted) reports.push(await change(deed, agentId, { opened, person, flags }));
    }
  } finally {
    await opened.close();
  }
  tell(reports, context);
}

interface Around {
  readonly opened: OpenedScans;
  readonly person: Person;
  readonly flags: AgentScriptFlags;
}

async function change(deed: 'install' | 'remove', agentId: string, around: Around): Promise<ScriptReport> {
  const { care, profiles } = around.opened;
  const key = { profile: profiles[0]?.profile.name ?? '', agentId };
  const work = () => (deed === 'install' ? care.installScript(key) : care.removeScript(key));
  try {
    await work().catch(async (error: unknown) => {
      if (!(await isAccepted(error, around))) throw error;
      await work();
    });
    return { agentId, script: care.kesOf(key).script, error: null };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const need = error instanceof SshFailure ? error.need : null;
    const hint = need && wayOut(need);
    const remedy = hint === null ? error.remedy : `${error.remedy}\n${hint}`;
    return {
      agentId,
      script: care.kesOf(key).script,
      error: { code: error.code, message: error.message, remedy },
    };
  }
}

/** A host key that the call or the person accepts. */
async function isAccepted(error: unknown, { opened, person, flags }: Around): Promise<boolean> {
  if (!(error instanceof SshFailure) || error.need?.kind !== 'host-key-unknown') return false;
  const { offered } = error.need;
  const isNamed = flags.acceptHostKey?.includes(offered.fingerprint) === true;
  if (!isNamed && !(await person.acceptsHostKey(offered))) return false;
  opened.connections.acceptHostKey(offered.host, offered.port, offered.fingerprint);
  return true;
}

function tell(reports: readonly ScriptReport[], { terminal }: CommandContext): void {
  if (reports.some(({ error }) => error !== null)) process.exitCode = 1;
  if (terminal.isJson) return terminal.json(reports);
  for (const { agentId, script, error } of reports) {
    terminal.line(`${agentId}: ${error ? visibleText(error.message) : script}`);
    if (error) terminal.note(error.remedy);
  }
}
