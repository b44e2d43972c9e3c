import { givenSecrets } from '../../app/connections/draft-secrets.ts';
import type { WayTools } from '../../app/connections/connection-tools.ts';
import { joinSecrets, readSecrets, type GivenSecrets } from '../given-secrets.ts';
import type { CommandContext } from '../context.ts';

export interface SecretFlags {
  readonly secretsStdin?: boolean;
}

/** What came with the call: by the environment, and on standard input where that was asked for. */
export async function gatherSecrets(
  { secretsStdin }: SecretFlags,
  { environmentSecrets }: CommandContext,
): Promise<GivenSecrets> {
  const entered = secretsStdin ? await readSecrets(process.stdin) : {};
  return { fromEnvironment: environmentSecrets, entered };
}

/** For one stored profile and this run; they come before what is kept. */
export function useGivenSecrets(
  tools: Pick<WayTools, 'secrets'>,
  profileId: number,
  { fromEnvironment, entered }: GivenSecrets,
): void {
  for (const [secret, value] of givenSecrets(joinSecrets(fromEnvironment, entered))) {
    tools.secrets.useForThisRun(profileId, secret, value);
  }
}
