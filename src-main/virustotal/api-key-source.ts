import { randomBytes } from 'node:crypto';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { nameKey, parseApiKey } from './api-key.ts';

/** The key to ask with, or why there is none. */
export type ApiKey =
  | { readonly state: 'ready'; readonly key: string; readonly keyId: string }
  | { readonly state: 'none' }
  | { readonly state: 'locked' }
  /** What is stored cannot be a key (the documentation's example, a typing error in the environment). */
  | { readonly state: 'refused'; readonly error: DomainError };

/** Where the queue gets the key from, each time it may have changed. */
export interface ApiKeySource {
  current(): Promise<ApiKey>;
}

/** The key kept by a SecretStore. `salt` is random and belongs to the data folder. */
export class StoredApiKey implements ApiKeySource {
  readonly #secrets: SecretStore;
  readonly #salt: Uint8Array;

  constructor(secrets: SecretStore, salt: Uint8Array = randomBytes(32)) {
    this.#secrets = secrets;
    this.#salt = salt;
  }

  async current(): Promise<ApiKey> {
    try {
      const stored = await this.#secrets.get('virustotal-key');
      if (stored === null) return { state: (await this.#secrets.status()).isLocked ? 'locked' : 'none' };
      const key = parseApiKey(stored);
      return { state: 'ready', key, keyId: nameKey(key, this.#salt) };
    } catch (error) {
      if (error instanceof DomainError) return { state: 'refused', error };
      throw error;
    }
  }
}
