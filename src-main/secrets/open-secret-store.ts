import type { SecretBackend, SecretStatus } from '../../src-shared/ipc/settings.ts';
import type { Cipher } from './cipher.ts';
import { CipherSecrets } from './cipher-secrets.ts';
import { KeychainSecrets, loadKeychain, type KeychainFactory } from './keychain-secrets.ts';
import { clearTextRefused, locked, noVault, setByEnvironment } from './secret-errors.ts';
import { MemorySecrets, type SecretPlace } from './secret-place.ts';
import type { SecretName, SecretStore } from './secret-store.ts';
import { VaultSecrets } from './vault-secrets.ts';

export const KEY_VARIABLE = 'VERDICT_DESK_VIRUSTOTAL_KEY';

export interface SecretStoreOptions {
  readonly dataFolder: string;
  /** Electron's safeStorage; null outside Electron. */
  readonly cipher: Cipher | null;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The keychain to try; absent: the operating system's own; null: none. */
  readonly keychain?: KeychainFactory | null;
}

/**
 * Chooses where secrets are kept, the first that applies:
 * 1. the environment variable, read-only;
 * 2. the vault, if its file exists: somebody created it on purpose;
 * 3. Electron's safeStorage with a real key ring behind it;
 * 4. the operating system's keychain;
 * 5. safeStorage without a key ring (`basic_text`), which takes a secret only when that is accepted;
 * 6. this process's memory.
 * From 3 to 6 a vault can be created at any time; what is kept then moves into it.
 */
export async function openSecretStore(options: SecretStoreOptions): Promise<SecretStore> {
  const { dataFolder, cipher, environment = process.env } = options;
  const fromEnvironment = environment[KEY_VARIABLE]?.trim();
  if (fromEnvironment) return new EnvironmentSecrets(fromEnvironment);
  const keychain = options.keychain === undefined ? await loadKeychain() : options.keychain;
  return new ChosenSecrets(new VaultSecrets(dataFolder), await choosePlace(dataFolder, cipher, keychain));
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

/** The key as the environment gives it: nothing to store, nothing to unlock. */
class EnvironmentSecrets implements SecretStore {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }
  status(): Promise<SecretStatus> {
    return Promise.resolve({
      backend: 'environment',
      backendName: KEY_VARIABLE,
      isLocked: false,
      alternatives: [],
    });
  }
  get(name: SecretName): Promise<string | null> {
    return Promise.resolve(name === 'virustotal-key' ? this.#key : null);
  }
  set(): Promise<void> {
    return Promise.reject(setByEnvironment(KEY_VARIABLE));
  }
  remove(): Promise<void> {
    return Promise.reject(setByEnvironment(KEY_VARIABLE));
  }
  unlock(): Promise<SecretStatus> {
    return Promise.reject(noVault(KEY_VARIABLE));
  }
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
    if (this.#place() === this.#vault && this.#vault.isLocked) this.#vault.discard();
    else await this.#place().remove(name);
  }

  async unlock(passphrase: string): Promise<SecretStatus> {
    if (this.#vault.exists) await this.#vault.unlock(passphrase);
    else await this.#createVault(passphrase);
    return this.status();
  }

  async #createVault(passphrase: string): Promise<void> {
    const kept = await this.#platform.get('virustotal-key');
    await this.#vault.create(passphrase, new Map(kept === null ? [] : [['virustotal-key', kept]]));
    if (kept !== null) await this.#platform.remove('virustotal-key');
  }

  #place(): SecretPlace {
    return this.#vault.exists ? this.#vault : this.#platform;
  }
}
