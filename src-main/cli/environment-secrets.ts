import type { ProfileSecretsInput } from '../../src-shared/ipc/connections.ts';
import { redactor } from '../log/redactor.ts';

/** Names as on standard input, as in profiles, and in the environment. */
const NAMES = [
  ['password', 'password', 'VERDICT_DESK_SSH_PASSWORD'],
  ['passphrase', 'passphrase', 'VERDICT_DESK_SSH_PASSPHRASE'],
  ['sudoPassword', 'sudo-password', 'VERDICT_DESK_SUDO_PASSWORD'],
  ['apiPassword', 'api-password', 'VERDICT_DESK_API_PASSWORD'],
] as const;

/** Takes the secrets out of the environment, so that no child of this process gets them. */
export function takeSecretsFrom(environment: NodeJS.ProcessEnv): ProfileSecretsInput {
  const taken: Record<string, string> = {};
  for (const [, name, variable] of NAMES) {
    const value = environment[variable];
    delete environment[variable];
    if (value === undefined || value === '') continue;
    redactor.register(value);
    taken[name] = value;
  }
  return taken;
}

/** What the environment calls a secret; null for those of jump hosts. */
export function variableOf(secret: string): string | null {
  return NAMES.find(([, name]) => name === secret)?.[2] ?? null;
}

/** What standard input calls it. */
export function inputNameOf(secret: string): string | null {
  return NAMES.find(([, name]) => name === secret)?.[0] ?? null;
}
