import type { SecretBackend, SecretStatus } from '../../src-shared/ipc/settings.ts';
import type { Cipher } from './cipher.ts';
import { CipherSecrets } from './cipher-secrets.ts';
import { KeychainSecrets, loadKeychain, type KeychainFactory } from './keychain-secrets.ts';
import { OverlaidSecrets, type GivenSecrets } from './overlaid-secrets.ts';
import { clearTextRefused, locked } from './secret-errors.ts';
import { MemorySecrets, type SecretPlace } from './secret-place.ts';
import type { SecretName, SecretStore } from './secret-store.ts';
import { VaultSecrets } from './vault-secrets.ts';

export const KEY_VARIABLE = 'VERDICT_DESK_VIRUSTOTAL_KEY';

export interface SecretStoreOptions {
  readonly dataFolder: string;
  /** Electron's safeStorage; null outside Electron. */
  readonly cipher: Cipher | null;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Secrets that a caller brings along for this run; they come before all that is kept. */
  readonly given?: readonly GivenSecrets[];
  /** The keychain to try; absent: the operating system's own; null: none. */
  readonly keychain?: KeychainFactory | null;
}

/**
 * Chooses where secrets are kept, the first that applies:
 * 1. the vault, if its file exists: somebody created it on purpose;
 * 2. Electron's safeStorage with a real key ring behind it;
 * 3. the operating system's keychain;
 * 4. safeStorage without a key ring (`basic_text`), which takes a secret only when that is accepted;
 * 5. this process's memory.
 * From 2 to 5 a vault can be created at any time; what is kept then moves into it. A secret that the caller or the
 * environment gives comes before what is kept, and cannot be changed.
 */
export async function openSecretStore(options: SecretStoreOptions): Promise<SecretStore> {
  const { dataFolder, cipher, environment = process.env } = options;
  const open = async () => {
    const keychain = options.keychain === undefined ? await loadKeychain() : options.keychain;
    return new ChosenSecrets(new VaultSecrets(dataFolder), await choosePlace(dataFolder, cipher, keychain));
  };
  const given = [...(options.given ?? []), ...keyIn(environment)];
  return given.length > 0 ? new OverlaidSecrets(given, open) : open();
}

async function choosePlace(
  dataFolder: string,
  cipher: Cipher | null,
  keychain: KeychainFactory | null,
): Promise<SecretPlace> {
  if (cipher && !cipher.isClearText) return new CipherSecrets(dataFolder, cipher);
  const opened = keychain && (await KeychainSecrets.open(dataFolder, keychain));
  if (opened) return opened;
  return cipher ? new CipherSecrets(dataFolder, cipher) : new MemorySecrets();
}

function keyIn(environment: Readonly<Record<string, string | undefined>>): GivenSecrets[] {
  const key = environment[KEY_VARIABLE]?.trim();
  if (!key) return [];
  return [{ source: KEY_VARIABLE, secrets: new Map([['virustotal-key', key]]) }];
}

/** A place of the platform's, and the vault that replaces it once it exists. */
class ChosenSecrets implements SecretStore {
  readonly #vault: VaultSecrets;
  readonly #platform: SecretPlace;

  constructor(vault: VaultSecrets, platform: SecretPlace) {
    this.#vault = vault;
    this.#platform = platform;
  }

  status(): Promise<SecretStatus> {
    const { backend, backendName } = this.#place();
    const usesVault = backend === 'vault';
    const alternatives: readonly SecretBackend[] = usesVault ? [] : ['vault'];
    const isLocked = usesVault && this.#vault.isLocked;
    return Promise.resolve({ backend, backendName, isLocked, alternatives });
  }

  names(): Promise<readonly SecretName[]> {
    return this.#place().names();
  }

  get(name: SecretName): Promise<string | null> {
    return this.#place().get(name);
  }

  async set(name: SecretName, value: string, options: { readonly acceptsClearText: boolean }): Promise<void> {
    const place = this.#place();
    if (place === this.#vault && this.#vault.isLocked) throw locked();
    if (place.backend === 'basic-text' && !options.acceptsClearText)
      throw clearTextRefused(place.backendName);
    await place.set(name, value);
  }

  /** In a locked vault nothing can be removed by itself: without the passphrase the whole vault goes. */
  async remove(name: SecretName): Promise<void> {
    const place = this.#place();
    const isLocked = place === this.#vault && this.#vault.isLocked;
    if (!isLocked) await place.remove(name);
    else if (name === 'virustotal-key') this.#vault.discard();
    else throw locked();
  }

  async unlock(passphrase: string): Promise<SecretStatus> {
    if (this.#vault.exists) await this.#vault.unlock(passphrase);
    else await this.#createVault(passphrase);
    return this.status();
  }

  async #createVault(passphrase: string): Promise<void> {
    const kept = new Map<SecretName, string>();
    for (const name of await this.#platform.names()) {
      const value = await this.#platform.get(name);
      if (value !== null) kept.set(name, value);
    }
    await this.#vault.create(passphrase, kept);
    for (const name of kept.keys()) await this.#platform.remove(name);
  }

  #place(): SecretPlace {
    return this.#vault.exists ? this.#vault : this.#platform;
  }
}
