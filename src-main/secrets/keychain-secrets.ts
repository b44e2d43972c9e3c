import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { unavailable } from './secret-errors.ts';
import type { SecretPlace } from './secret-place.ts';
import type { SecretName } from './secret-store.ts';

/** One entry of the operating system's keychain; the shape of @napi-rs/keyring's AsyncEntry. */
export interface KeychainEntry {
  getPassword(): Promise<string | null | undefined>;
  setPassword(value: string): Promise<void>;
  deletePassword(): Promise<boolean>;
}
/** Makes an entry without touching the keychain yet; may throw where there is none. */
export type KeychainFactory = (service: string, account: string) => KeychainEntry;

const SERVICE = 'Verdict Desk';
/** A keychain may ask its owner something; at the start nobody waits for that. */
const PROBE_LIMIT_MS = 4_000;
const USE_LIMIT_MS = 60_000;

/** The keychain of the operating system, outside Electron. */
export class KeychainSecrets implements SecretPlace {
  readonly backend = 'os-keychain';
  readonly backendName = keychainName();
  readonly #factory: KeychainFactory;
  readonly #folderName: string;

  private constructor(factory: KeychainFactory, folderName: string) {
    this.#factory = factory;
    this.#folderName = folderName;
  }

  /** Null where there is no keychain, or where it does not answer within a few seconds. */
  static async open(dataFolder: string, factory: KeychainFactory): Promise<KeychainSecrets | null> {
    const secrets = new KeychainSecrets(factory, nameFolder(dataFolder));
    try {
      await withinLimit(PROBE_LIMIT_MS, () => secrets.#entry('virustotal-key').getPassword());
      return secrets;
    } catch {
      return null;
    }
  }

  async get(name: SecretName): Promise<string | null> {
    return (await this.#use(() => this.#entry(name).getPassword())) ?? null;
  }

  async set(name: SecretName, value: string): Promise<void> {
    await this.#use(() => this.#entry(name).setPassword(value));
  }

  async remove(name: SecretName): Promise<void> {
    if ((await this.get(name)) !== null) await this.#use(() => this.#entry(name).deletePassword());
  }

  /** An entry belongs to one data folder: the lab's key and the real one never meet. */
  #entry(name: SecretName): KeychainEntry {
    return this.#factory(SERVICE, `${name}@${this.#folderName}`);
  }

  async #use<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await withinLimit(USE_LIMIT_MS, work);
    } catch {
      throw unavailable(
        `The keychain (${this.backendName}) refused or did not answer.`,
        'Unlock the keychain of your session and try again, or create a vault with a passphrase.',
      );
    }
  }
}

/** The real keychain; null where this platform's part of the library is missing. */
export async function loadKeychain(): Promise<KeychainFactory | null> {
  try {
    const { AsyncEntry } = await import('@napi-rs/keyring');
    // Without a secret service the library would fall back to the kernel's key ring, which forgets at the next boot.
    return (service, account) => new AsyncEntry(service, account, { linux: { store: 'secret-service' } });
  } catch {
    return null;
  }
}

function nameFolder(dataFolder: string): string {
  let path = resolve(dataFolder);
  try {
    path = realpathSync(path);
  } catch {
    // It is about to be created: its name is all there is.
  }
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}

const KEYCHAIN_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS Keychain',
  win32: 'Windows Credential Manager',
};

function keychainName(): string {
  return KEYCHAIN_NAMES[process.platform] ?? 'Secret Service';
}

async function withinLimit<Result>(limitMs: number, work: () => Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The keychain did not answer.')), limitMs);
  });
  try {
    return await Promise.race([work(), limit]);
  } finally {
    clearTimeout(timer);
  }
}
