import { AGENT_SECRET_KINDS, type AgentSecretKind } from '../../../src-shared/domain/connection-profile.ts';
import type { ProfileSecretsInput } from '../../../src-shared/ipc/connections.ts';
import type { AgentAccess } from '../../../src-shared/ipc/scans.ts';
import type { AgentSecretValues } from '../../kes/desk/agent-care.ts';
import type { AgentAccessFlags } from '../commands/agent-access.ts';
import { Person } from '../connections/person.ts';
import { unlockVault } from '../connections/reading-tools.ts';
import type { CommandContext } from '../context.ts';
import { readSecrets } from '../given-secrets.ts';
import { accessFromFlags } from '../scans/access-from-flags.ts';
import { describeAccess } from '../scans/describe-access.ts';
import { oneProfile, openScans } from '../scans/open-scans.ts';

const HOLDER = 'verdict-desk agent-access';

/** Errors: `usage.scan`, those of keeping secrets. */
export async function setAgentAccess(flags: AgentAccessFlags, context: CommandContext): Promise<void> {
  const given = flags.secretsStdin ? await readSecrets(process.stdin) : {};
  const access = accessFromFlags(flags, given['sudo-password'] !== undefined);
  const person = new Person(context);
  await change(flags, access, await secretsFor(access, given, person), { person, context });
}

export async function removeAgentAccess(flags: AgentAccessFlags, context: CommandContext): Promise<void> {
  await change(flags, null, new Map(), { person: new Person(context), context });
}

/** Nobody is reached: no connection is opened. */
async function change(
  { agent }: AgentAccessFlags,
  access: AgentAccess | null,
  secrets: AgentSecretValues,
  { person, context }: { readonly person: Person; readonly context: CommandContext },
): Promise<void> {
  const opened = await openScans(context, { holder: HOLDER, person, flags: {}, choose: () => [] });
  try {
    const { profile } = oneProfile(opened.engine, context);
    if (secrets.size > 0) await unlockVault(opened.engine.secrets, person);
    await opened.care.setAccess(profile.name, agent ?? null, access, secrets);
    const { terminal } = context;
    const isListed = agent === undefined || opened.engine.store.managerAgents.get(profile.id, agent) !== null;
    if (access && !isListed)
      terminal.note(
        `No agent ${agent} is known on ${profile.name}: verdict-desk agents --refresh asks the manager again.`,
      );
    if (terminal.isJson) return terminal.json({ profile: profile.name, agentId: agent ?? null, access });
    const whose = agent === undefined ? `All agents of ${profile.name}` : `Agent ${agent} of ${profile.name}`;
    terminal.line(access === null ? `${whose}: forgotten.` : `${whose}: ${describeAccess(access)}.`);
  } finally {
    await opened.close();
  }
}

/** They never come from the environment: what is there belongs to the connection. */
async function secretsFor(
  { isOn, methods }: AgentAccess,
  given: ProfileSecretsInput,
  person: Person,
): Promise<AgentSecretValues> {
  const secrets = new Map<AgentSecretKind, string>();
  for (const kind of AGENT_SECRET_KINDS) {
    // A key may have no passphrase, and sudo may ask for no password: nobody is asked for those.
    const isAsked = kind === 'password' && isOn && methods.includes('password');
    const value = given[kind] ?? (isAsked ? await person.secret(kind, false) : null);
    if (value !== null) secrets.set(kind, value);
  }
  return secrets;
}
