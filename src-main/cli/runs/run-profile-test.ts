import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import { saveProfile } from '../../app/connections/save-profile.ts';
import type { TestRequest } from '../../app/connections/test-connection.ts';
import type { AcceptFlags } from '../commands/profile.ts';
import { profileNamed } from '../connections/named-profile.ts';
import { Person } from '../connections/person.ts';
import { isWorking, printChecks } from '../connections/print-checks.ts';
import { openReadingTools, type ReadingTools } from '../connections/reading-tools.ts';
import { tryDraft, type Tried } from '../connections/try-draft.ts';
import { gatherSecrets } from '../connections/use-given-secrets.ts';
import { openWritingTools } from '../connections/writing-tools.ts';
import type { CommandContext } from '../context.ts';

/** Tries a stored connection. Keys and certificates that are accepted meanwhile are pinned; secrets are not kept. */
export async function testProfile(name: string, flags: AcceptFlags, context: CommandContext): Promise<void> {
  const person = new Person(context);
  const reading = await openReadingTools(context, person);
  try {
    const { profile } = profileNamed(name, reading.profiles);
    const tried = await tryStored(profile, flags, { reading, person, context });
    tell(profile.name, tried, context);
    await pin(profile, tried.request, { reading, person, context });
  } finally {
    reading.close();
  }
}

interface Parts {
  readonly reading: ReadingTools;
  readonly person: Person;
  readonly context: CommandContext;
}

async function tryStored(
  profile: ConnectionProfile,
  flags: AcceptFlags,
  { reading, person, context }: Parts,
): Promise<Tried> {
  const { fromEnvironment, entered } = await gatherSecrets(flags, context);
  const { id: _id, ...draft } = profile;
  const accepted = { hostKeys: flags.acceptHostKey ?? [], certificate: flags.acceptCertificate ?? null };
  const request = { draft, secrets: entered, accepted };
  const trial = { request, fromEnvironment, before: profile };
  return tryDraft(trial, reading.tools, { person, signal: context.signal });
}

function tell(name: string, { checks }: Tried, { terminal }: CommandContext): void {
  const works = isWorking(checks);
  if (!works) process.exitCode = 1;
  if (terminal.isJson) return terminal.json({ name, works, checks });
  printChecks(checks, terminal);
}

/** The only thing that changes the store, and only when something was accepted. */
async function pin(
  profile: ConnectionProfile,
  { draft, accepted }: TestRequest,
  { reading, person, context }: Parts,
): Promise<void> {
  if (accepted.hostKeys.length === 0 && accepted.certificate === null) return;
  const holder = 'verdict-desk profile test';
  const { tools, close } = await openWritingTools(context, { holder, person });
  try {
    const request = {
      profileId: profile.id,
      draft,
      secrets: {},
      accepted,
      acceptsClearText: false,
      forgets: [],
    };
    await saveProfile(request, profile, { ...tools, offered: reading.tools.offered });
  } finally {
    await close();
  }
}
