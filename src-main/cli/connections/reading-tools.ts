import { existsSync } from 'node:fs';
import { systemClock } from '../../app/clock.ts';
import type { ManagerAbilities, WayTools } from '../../app/connections/connection-tools.ts';
import { MANAGER_QUESTIONS, wayTools } from '../../app/connections/open-connections.ts';
import { keepOutOfLogs } from '../../log/keep-out-of-logs.ts';
import { openSecretStore } from '../../secrets/open-secret-store.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';
import { storePath } from '../../store/connection.ts';
import type { StoredProfile } from '../../store/profile-record.ts';
import { readConnections } from '../../store/stored-connections.ts';
import type { CommandContext } from '../context.ts';
import { noProfiles } from './named-profile.ts';
import type { Person } from './person.ts';

/** Enough to try connections and to look at managers, beside whoever writes to the store. */
export interface ReadingTools {
  readonly tools: WayTools & { readonly abilities: Omit<ManagerAbilities, 'handOver'> };
  readonly profiles: readonly StoredProfile[];
  readonly close: () => void;
}

/** Errors: `connections.none` where nothing was ever stored, those of `readConnections` and of opening a vault. */
export async function openReadingTools(
  { dataFolder }: CommandContext,
  person: Person,
): Promise<ReadingTools> {
  if (!existsSync(storePath(dataFolder))) throw noProfiles();
  const stored = readConnections(dataFolder);
  try {
    const secrets = keepOutOfLogs(await openSecretStore({ dataFolder, cipher: null }));
    await unlockVault(secrets, person);
    return {
      tools: {
        ...wayTools({ store: stored, secrets, clock: systemClock }),
        abilities: MANAGER_QUESTIONS,
      },
      profiles: stored.list(),
      close: () => stored.close(),
    };
  } catch (error) {
    stored.close();
    throw error;
  }
}

/** Only a person can open it; without one, secrets have to come with the call. Errors: `secrets.wrong-passphrase`. */
export async function unlockVault(secrets: SecretStore, person: Person): Promise<void> {
  if (!person.isThere || !(await secrets.status()).isLocked) return;
  const passphrase = await person.vaultPassphrase();
  if (passphrase !== null) await secrets.unlock(passphrase);
}
