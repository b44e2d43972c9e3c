import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import type { WayTools } from '../../app/connections/connection-tools.ts';
import type { StoredProfile } from '../../store/profile-record.ts';
import type { CommandContext } from '../context.ts';
import { noProfiles, profileNamed } from './named-profile.ts';
import { gatherSecrets, useGivenSecrets, type SecretFlags } from './use-given-secrets.ts';

/**
 * The connection that `--profile` names, or all of them. Secrets that came with the call are for one connection: with
 * several, nobody knows whose they are, and a password is not shown to other machines.
 */
export async function chosenProfiles(
  flags: SecretFlags,
  context: CommandContext,
  {
    tools,
    profiles,
  }: { readonly tools: Pick<WayTools, 'secrets'>; readonly profiles: readonly StoredProfile[] },
): Promise<readonly StoredProfile[]> {
  const { namedProfile } = context;
  if (profiles.length === 0 && namedProfile === null) throw noProfiles();
  const chosen = namedProfile === null ? profiles : [profileNamed(namedProfile, profiles)];
  const [only] = chosen;
  if (flags.secretsStdin && chosen.length > 1) throw whose();
  if (only && chosen.length === 1) {
    useGivenSecrets(tools, only.profile.id, await gatherSecrets(flags, context));
  }
  return chosen;
}

function whose(): DomainError {
  return new DomainError(
    'usage.whose-secrets',
    'Several connections are set up: whose are the secrets on standard input?',
    'Name the connection with --profile.',
  );
}
