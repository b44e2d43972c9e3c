import { existsSync } from 'node:fs';
import { turnedOff } from '../../app/connections/connection-errors.ts';
import type { Engine } from '../../app/engine.ts';
import { openScansForCommand, type CommandScans } from '../../app/scans/open-for-command.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { storePath } from '../../store/connection.ts';
import type { StoredProfile } from '../../store/profile-record.ts';
import { Changes } from '../connections/changes.ts';
import { noProfiles, profileNamed } from '../connections/named-profile.ts';
import type { Person } from '../connections/person.ts';
import { unlockVault } from '../connections/reading-tools.ts';
import { gatherSecrets, useGivenSecrets, type SecretFlags } from '../connections/use-given-secrets.ts';
import type { CommandContext } from '../context.ts';
import { openEngineForCommand } from '../runs/open-engine-for-command.ts';

/** Scans as the one writer of the data folder, with the connections they need. */
export interface OpenedScans extends Pick<CommandScans, 'desk' | 'care' | 'connections'> {
  readonly engine: Engine;
  /** Those that are connected. */
  readonly profiles: readonly StoredProfile[];
  readonly changes: Changes;
  readonly close: () => Promise<void>;
}

export interface OpenScansOptions {
  /** For the message a second writer shows. */
  readonly holder: string;
  readonly person: Person;
  readonly flags: SecretFlags;
  /** The connections that are needed; of none nothing is sent. */
  readonly choose: (engine: Engine) => readonly StoredProfile[];
}

/** Errors: as `openEngine` and `choose`; `connections.none`, `connections.off`, `usage.whose-secrets`. */
export async function openScans(context: CommandContext, options: OpenScansOptions): Promise<OpenedScans> {
  const { holder, person, flags, choose } = options;
  if (!existsSync(storePath(context.dataFolder))) throw noProfiles();
  const { fromEnvironment, entered } = await gatherSecrets(flags, context);
  const engine = await openEngineForCommand(context, holder);
  try {
    const profiles = choose(engine);
    const [only] = profiles;
    if (flags.secretsStdin && profiles.length > 1) throw whose();
    for (const { profile, isOff } of profiles) if (isOff) throw turnedOff(profile.name);
    if (profiles.length > 0) await unlockVault(engine.secrets, person);
    const changes = new Changes();
    const scans = await openScansForCommand({
      engine,
      profiles: new Set(profiles.map(({ profile }) => profile.name)),
      onChange: () => changes.tell(),
      prepare: (tools) => {
        if (only && profiles.length === 1)
          useGivenSecrets(tools, only.profile.id, { fromEnvironment, entered });
      },
    });
    return {
      ...scans,
      engine,
      profiles,
      changes,
      close: async () => {
        await scans.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** The connection that `--profile` names, or the only one there is. */
export function oneProfile({ store }: Engine, { namedProfile }: CommandContext): StoredProfile {
  const profiles = store.profiles.list();
  if (namedProfile !== null) return profileNamed(namedProfile, profiles);
  const [only, ...others] = profiles;
  if (!only) throw noProfiles();
  if (others.length === 0) return only;
  throw new DomainError(
    'usage.which-profile',
    'Several connections are set up.',
    `Name one with --profile: ${profiles.map(({ profile }) => profile.name).join(', ')}.`,
  );
}

/** Those of these names that are still there. */
export function profilesNamed({ store }: Engine, names: ReadonlySet<string>): readonly StoredProfile[] {
  return store.profiles.list().filter(({ profile }) => names.has(profile.name));
}

function whose(): DomainError {
  return new DomainError(
    'usage.whose-secrets',
    'These scans belong to several connections: whose are the secrets on standard input?',
    'Leave --secrets-stdin away.',
  );
}
