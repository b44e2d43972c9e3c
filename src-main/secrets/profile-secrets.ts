import {
  profileSecretName,
  type AgentSecret,
  type ProfileSecret,
} from '../../src-shared/domain/connection-profile.ts';
import type { SecretName, SecretStore } from './secret-store.ts';

/** The secrets of connections: those that are kept, and those a person gave for this run only. */
export class ProfileSecrets {
  readonly #store: SecretStore;
  readonly #keepOutOfLogs: (secret: string) => void;
  /** Given without wanting them kept; they come before what is kept. */
  readonly #forThisRun = new Map<SecretName, string>();

  constructor(store: SecretStore, keepOutOfLogs: (secret: string) => void) {
    this.#store = store;
    this.#keepOutOfLogs = keepOutOfLogs;
  }

  /** Null when none is there, or while a vault is locked. Errors: `secrets.unavailable`. */
  async get(profileId: number, secret: ProfileSecret | AgentSecret): Promise<string | null> {
    const name = profileSecretName(profileId, secret);
    return this.#forThisRun.get(name) ?? this.#store.get(name);
  }

  /** Which of a profile's secrets are kept; none while a vault is locked. */
  async kept(profileId: number): Promise<readonly ProfileSecret[]> {
    const names = await this.#store.names();
    return names.flatMap((name) => (ownerOf(name) === profileId ? (secretOf(name) ?? []) : []));
  }

  /** Errors: `secrets.locked`, `secrets.clear-text-refused`, `secrets.unavailable`. */
  async keep(
    profileId: number,
    secrets: ReadonlyMap<ProfileSecret | AgentSecret, string>,
    options: { readonly acceptsClearText: boolean },
  ): Promise<void> {
    for (const [secret, value] of secrets) {
      const name = profileSecretName(profileId, secret);
      await this.#store.set(name, value, options);
      this.#forThisRun.delete(name);
    }
  }

  useForThisRun(profileId: number, secret: ProfileSecret, value: string): void {
    this.#keepOutOfLogs(value);
    this.#forThisRun.set(profileSecretName(profileId, secret), value);
  }

  /**
   * Removes what is kept for a profile but does not belong to it any more. `stays` tells what does; secrets of its agents
   * do. Without it all of them go.
   */
  async forget(profileId: number, stays?: (secret: ProfileSecret) => boolean): Promise<void> {
    await this.#drop((name) => goes(name, profileId, stays));
  }

  /** Removes what is kept for its agents, or for one of them. */
  async forgetAgent(profileId: number, secrets: readonly AgentSecret[]): Promise<void> {
    const names = new Set<SecretName>(secrets.map((secret) => profileSecretName(profileId, secret)));
    await this.#drop((name) => names.has(name));
  }

  async #drop(isMeant: (name: SecretName) => boolean): Promise<void> {
    for (const name of this.#forThisRun.keys()) if (isMeant(name)) this.#forThisRun.delete(name);
    for (const name of await this.#store.names()) if (isMeant(name)) await this.#store.remove(name);
  }

  /** Removes what is left of profiles that are gone: theirs may have been in a vault that was locked. */
  async sweep(profileIds: ReadonlySet<number>): Promise<void> {
    for (const name of await this.#store.names()) {
      const owner = ownerOf(name);
      if (owner !== null && !profileIds.has(owner)) await this.#store.remove(name);
    }
  }
}

function goes(
  name: SecretName,
  profileId: number,
  stays: ((secret: ProfileSecret) => boolean) | undefined,
): boolean {
  if (ownerOf(name) !== profileId) return false;
  const secret = secretOf(name);
  return stays === undefined || (secret !== null && !stays(secret));
}

const PROFILE_NAME = /^profile-(\d+)-(.+)$/;

function ownerOf(name: SecretName): number | null {
  const match = PROFILE_NAME.exec(name);
  return match ? Number(match[1]) : null;
}

function secretOf(name: SecretName): ProfileSecret | null {
  const secret = PROFILE_NAME.exec(name)?.[2] ?? '';
  return isProfileSecret(secret) ? secret : null;
}

function isProfileSecret(text: string): text is ProfileSecret {
  return /^(?:password|passphrase|sudo-password|api-password|jump-\d-(?:password|passphrase))$/.test(text);
}
