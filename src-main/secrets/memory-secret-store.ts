import type { SecretStatus } from '../../src-shared/ipc/settings.ts';
import type { SecretName, SecretStore } from './secret-store.ts';

/** A SecretStore of its own that lives in memory only: for the lab, whose key is no secret, and for tests. */
export class MemorySecretStore implements SecretStore {
  readonly #secrets: Map<SecretName, string>;

  constructor(secrets: ReadonlyMap<SecretName, string> = new Map()) {
    this.#secrets = new Map(secrets);
  }

  status(): Promise<SecretStatus> {
    return Promise.resolve({
      backend: 'memory',
      backendName: 'this process only',
      isLocked: false,
      alternatives: [],
    });
  }
  get(name: SecretName): Promise<string | null> {
    return Promise.resolve(this.#secrets.get(name) ?? null);
  }
  set(name: SecretName, value: string): Promise<void> {
    this.#secrets.set(name, value);
    return Promise.resolve();
  }
  remove(name: SecretName): Promise<void> {
    this.#secrets.delete(name);
    return Promise.resolve();
  }
  unlock(): Promise<SecretStatus> {
    return this.status();
  }
}
