import type { ProfileDraft } from '../../../src-shared/domain/connection-profile.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { ConnectionCheck, ProfileSecretsInput } from '../../../src-shared/ipc/connections.ts';
import { saveProfile } from '../../app/connections/save-profile.ts';
import type { TestRequest } from '../../app/connections/test-connection.ts';
import type { ProfileAddFlags } from '../commands/profile.ts';
import { draftFromFlags } from '../connections/draft-from-flags.ts';
import { Person } from '../connections/person.ts';
import { isWorking, printChecks } from '../connections/print-checks.ts';
import { tryDraft } from '../connections/try-draft.ts';
import { gatherSecrets } from '../connections/use-given-secrets.ts';
import { openWritingTools, type WritingTools } from '../connections/writing-tools.ts';
import type { CommandContext } from '../context.ts';
import { joinSecrets, type GivenSecrets } from '../given-secrets.ts';

/** What `profile add --json` prints. */
interface AddReport {
  readonly name: string;
  readonly isStored: boolean;
  /** Null: it was not tried. */
  readonly works: boolean | null;
  readonly checks: readonly ConnectionCheck[];
}

export async function addProfile(
  name: string,
  flags: ProfileAddFlags,
  context: CommandContext,
): Promise<void> {
  requireSense(flags);
  const person = new Person(context);
  const given = await gatherSecrets(flags, context);
  const planned = await planDraft(name, flags, { given, person });
  const opened = await openWritingTools(context, { holder: 'verdict-desk profile add', person });
  try {
    opened.engine.store.profiles.requireFreeName(planned.draft.name, null);
    const { checks, request } = await tried(planned, flags, { given, opened, person, context });
    const works = flags.test ? isWorking(checks) : null;
    const isStored = !context.signal.aborted && (works !== false || flags.saveAnyway === true);
    if (isStored) await keep(request, opened, context);
    tell({ name, isStored, works, checks }, context);
  } finally {
    await opened.close();
  }
}

/** Before anything is opened or asked. */
function requireSense({ test, acceptHostKey }: ProfileAddFlags): void {
  if (test || acceptHostKey === undefined) return;
  throw new DomainError(
    'usage.profile',
    '--accept-host-key needs the test: the key itself is only known once the machine has shown it.',
    'Leave --no-test away.',
  );
}

interface Planned {
  readonly draft: ProfileDraft;
  readonly secrets: ProfileSecretsInput;
}

async function planDraft(
  name: string,
  flags: ProfileAddFlags,
  { given, person }: { readonly given: GivenSecrets; readonly person: Person },
): Promise<Planned> {
  const all = joinSecrets(given.fromEnvironment, given.entered);
  const around = {
    hasPassword: all.password !== undefined,
    canAsk: person.isThere,
    hasAgent: process.platform === 'win32' || Boolean(process.env['SSH_AUTH_SOCK']),
  };
  const hasSudoPassword = all['sudo-password'] !== undefined;
  // Wrong options are told before a person is asked for anything.
  const draft = draftFromFlags(name, flags, { ...around, hasSudoPassword });
  if (!flags.sudo || hasSudoPassword || !person.isThere) return { draft, secrets: given.entered };
  const password = await person.sudoPassword();
  if (password === null) return { draft, secrets: given.entered };
  return {
    draft: { ...draft, elevation: 'sudo-password' },
    secrets: { ...given.entered, 'sudo-password': password },
  };
}

async function tried(
  planned: Planned,
  flags: ProfileAddFlags,
  parts: {
    readonly given: GivenSecrets;
    readonly opened: WritingTools;
    readonly person: Person;
    readonly context: CommandContext;
  },
): Promise<{ readonly checks: readonly ConnectionCheck[]; readonly request: TestRequest }> {
  const { given, opened, person, context } = parts;
  const accepted = { hostKeys: flags.acceptHostKey ?? [], certificate: flags.acceptCertificate ?? null };
  const request: TestRequest = { ...planned, accepted };
  if (!flags.test) return { checks: [], request };
  const trial = { request, fromEnvironment: given.fromEnvironment, before: null };
  return tryDraft(trial, opened.tools, { person, signal: context.signal });
}

/** What the environment gave is not kept: it comes with each call. */
async function keep(
  request: TestRequest,
  { tools, engine }: WritingTools,
  { terminal }: CommandContext,
): Promise<void> {
  await saveProfile({ ...request, profileId: null, acceptsClearText: false, forgets: [] }, null, tools);
  const hasSecrets = Object.keys(request.secrets).length > 0;
  if (!hasSecrets || (await engine.secrets.status()).backend !== 'memory') return;
  terminal.note(
    'This machine has no key store, so the secrets were used for this test and are not kept.\n' +
      'Create a vault with a passphrase in the window (Settings), or give them with each call: VERDICT_DESK_SSH_PASSWORD and the like.',
  );
}

function tell(report: AddReport, { terminal }: CommandContext): void {
  const { name, isStored, works, checks } = report;
  if (!isStored) process.exitCode = 1;
  if (terminal.isJson) return terminal.json(report);
  printChecks(checks, terminal);
  if (isStored && works === false) terminal.note(`${name} is kept although it does not work yet.`);
  else if (isStored)
    terminal.line(`${name} is kept. Follow its alerts: verdict-desk ingest --follow --profile ${name}`);
  else terminal.note('Nothing is kept. With --save-anyway it is kept as it is.');
}
