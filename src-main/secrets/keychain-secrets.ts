import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { unavailable } from './secret-errors.ts';
import type { SecretPlace } from './secret-place.ts';
import { secretNameSchema, type SecretName } from './secret-store.ts';

/** One entry of the operating system's keychain; the shape of @napi-rs/keyring's AsyncEntry. */
export interface KeychainEntry {
  getPassword(): Promise<string | null | undefined>;
  setPassword(value: string): Promise<void>;
  deletePassword(): Promise<boolean>;
}
/** Makes an entry without touching the keychain yet; may throw where there is none. */
export type KeychainFactory = (service: string, account: string) => KeychainEntry;

const SERVICE = 'Verdict Desk';
/** The entry that lists the secrets of connections. */
const LIST = 'names';
/** A keychain may ask its owner something; at the start nobody waits for that. */
const PROBE_LIMIT_MS = 4_000;
const USE_LIMIT_MS = 60_000;

/** The keychain of the operating system, outside Electron. */
export class KeychainSecrets implements SecretPlace {
  readonly backend = 'os-keychain';
  readonly backendName = keychainName();
  readonly #factory: KeychainFactory;
  readonly #folderName: string;
  #lastTurn: Promise<void> = Promise.resolve();

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

  async names(): Promise<readonly SecretName[]> {
    const isKeyKept = (await this.get('virustotal-key')) !== null;
    return [...(isKeyKept ? (['virustotal-key'] as const) : []), ...(await this.#listed())];
  }

  async get(name: SecretName): Promise<string | null> {
    return (await this.#use(() => this.#entry(name).getPassword())) ?? null;
  }

  /** Listed first: a name without a secret is harmless, a secret without a name is never found again. */
  set(name: SecretName, value: string): Promise<void> {
    return this.#inTurn(async () => {
      const listed = await this.#listed();
      if (name !== 'virustotal-key' && !listed.includes(name)) await this.#list([...listed, name]);
      await this.#use(() => this.#entry(name).setPassword(value));
    });
  }

  remove(name: SecretName): Promise<void> {
    return this.#inTurn(async () => {
      if ((await this.get(name)) !== null) await this.#use(() => this.#entry(name).deletePassword());
      const listed = await this.#listed();
      if (listed.includes(name)) await this.#list(listed.filter((other) => other !== name));
    });
  }

  /** A keychain cannot be asked what it holds, so the names stand in an entry of their own. */
  async #listed(): Promise<readonly SecretName[]> {
    const text = await this.#use(() => this.#entry(LIST).getPassword());
    return (text ?? '').split('\n').flatMap((name) => secretNameSchema.safeParse(name).data ?? []);
  }

  async #list(names: readonly SecretName[]): Promise<void> {
    const entry = this.#entry(LIST);
    if (names.length > 0) await this.#use(() => entry.setPassword(names.join('\n')));
    else await this.#use(() => entry.deletePassword());
  }

  /** Changes follow each other: each reads the list that the one before it wrote. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#lastTurn.then(work);
    this.#lastTurn = turn.catch(() => undefined);
    await turn;
  }

  /** An entry belongs to one data folder: the lab's key and the real one never meet. */
  #entry(name: SecretName | typeof LIST): KeychainEntry {
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
