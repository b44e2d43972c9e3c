import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replaceFile, syncFolder } from './private-file.ts';
import { locked, unavailable } from './secret-errors.ts';
import type { SecretPlace } from './secret-place.ts';
import { secretNameSchema, type SecretName } from './secret-store.ts';
import { makeVaultKey, openVault, sealVault, type VaultKey } from './vault-file.ts';

interface OpenVault {
  readonly key: VaultKey;
  readonly secrets: ReadonlyMap<string, string>;
}

/** `vault.json` in the data folder; locked at each start until its passphrase is given. */
export class VaultSecrets implements SecretPlace {
  readonly backend = 'vault';
  readonly backendName = 'passphrase vault';
  readonly #path: string;
  #open: OpenVault | null = null;

  constructor(dataFolder: string) {
    this.#path = join(dataFolder, 'vault.json');
  }

  get exists(): boolean {
    return existsSync(this.#path);
  }
  get isLocked(): boolean {
    return this.#open === null;
  }

  /** Errors: `secrets.wrong-passphrase`, `secrets.vault-damaged`, `secrets.unavailable`. */
  async unlock(passphrase: string): Promise<void> {
    this.#open = await openVault(this.#read(), passphrase);
  }

  /** Writes the vault with what is to be in it, all at once. */
  async create(passphrase: string, secrets: ReadonlyMap<SecretName, string>): Promise<void> {
    this.#write({ key: await makeVaultKey(passphrase), secrets });
  }

  /** Begins anew without the passphrase: what was in it is gone. */
  discard(): void {
    this.#open = null;
    rmSync(this.#path, { force: true });
    syncFolder(dirname(this.#path));
  }

  names(): Promise<readonly SecretName[]> {
    const kept = [...(this.#open?.secrets.keys() ?? [])];
    return Promise.resolve(kept.flatMap((name) => secretNameSchema.safeParse(name).data ?? []));
  }

  get(name: SecretName): Promise<string | null> {
    return Promise.resolve(this.#open?.secrets.get(name) ?? null);
  }

  async set(name: SecretName, value: string): Promise<void> {
    const { key, secrets } = this.#opened();
    this.#write({ key, secrets: new Map([...secrets, [name, value]]) });
  }

  async remove(name: SecretName): Promise<void> {
    const { key, secrets } = this.#opened();
    this.#write({ key, secrets: new Map([...secrets].filter(([kept]) => kept !== name)) });
  }

  #opened(): OpenVault {
    if (!this.#open) throw locked();
    return this.#open;
  }

  #read(): string {
    try {
      return readFileSync(this.#path, 'utf8');
    } catch {
      throw unavailable(
        'The vault file cannot be read.',
        'Check the permissions of vault.json in the data folder.',
      );
    }
  }

  /** What is open is what is on the disk. */
  #write(vault: OpenVault): void {
    try {
      replaceFile(this.#path, sealVault(vault.key, vault.secrets));
    } catch {
      throw unavailable(
        'The vault file cannot be written.',
        'Make room on the disk and check the permissions of the data folder.',
      );
    }
    this.#open = vault;
  }
}
