import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SecretBackend } from '../../src-shared/ipc/settings.ts';
import type { Cipher } from './cipher.ts';
import { replaceFile } from './private-file.ts';
import { unavailable } from './secret-errors.ts';
import type { SecretPlace } from './secret-place.ts';
import { secretNameSchema, type SecretName } from './secret-store.ts';

const fileSchema = z.object({ version: z.literal(1), secrets: z.record(z.string(), z.base64()) });
type Encrypted = z.infer<typeof fileSchema>['secrets'];

/** `secrets.json` in the data folder, each secret encrypted by the platform's key store. */
export class CipherSecrets implements SecretPlace {
  readonly backend: SecretBackend;
  readonly backendName: string;
  readonly #path: string;
  readonly #cipher: Cipher;

  constructor(dataFolder: string, cipher: Cipher) {
    this.backend = cipher.isClearText ? 'basic-text' : 'safe-storage';
    this.backendName = cipher.backendName;
    this.#path = join(dataFolder, 'secrets.json');
    this.#cipher = cipher;
  }

  async names(): Promise<readonly SecretName[]> {
    return Object.keys(this.#read()).flatMap((name) => secretNameSchema.safeParse(name).data ?? []);
  }

  async get(name: SecretName): Promise<string | null> {
    const encrypted = this.#read()[name];
    if (encrypted === undefined) return null;
    try {
      return await this.#cipher.decrypt(Buffer.from(encrypted, 'base64'));
    } catch {
      throw unavailable(
        `A stored secret cannot be decrypted by this desktop's key store (${this.backendName}).`,
        'Unlock the key ring of your session and start again. If the data folder came from another machine or user, enter what was stored anew.',
      );
    }
  }

  async set(name: SecretName, value: string): Promise<void> {
    let encrypted: Uint8Array;
    try {
      encrypted = await this.#cipher.encrypt(value);
    } catch {
      throw unavailable(
        `This desktop's key store (${this.backendName}) did not take the secret.`,
        'Unlock the key ring of your session and try again, or create a vault with a passphrase.',
      );
    }
    this.#write({ ...this.#read(), [name]: Buffer.from(encrypted).toString('base64') });
  }

  async remove(name: SecretName): Promise<void> {
    const kept = Object.entries(this.#read()).filter(([other]) => other !== name);
    this.#write(Object.fromEntries(kept));
  }

  /** A file that is no such file holds nothing: it is replaced by the next secret. */
  #read(): Encrypted {
    if (!existsSync(this.#path)) return {};
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8'))).secrets;
    } catch {
      return {};
    }
  }

  #write(secrets: Encrypted): void {
    try {
      replaceFile(this.#path, `${JSON.stringify({ version: 1, secrets }, null, 2)}\n`);
    } catch {
      throw unavailable(
        'The encrypted secret cannot be written.',
        'Make room on the disk and check the permissions of the data folder.',
      );
    }
  }
}
