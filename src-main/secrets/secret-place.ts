import type { SecretBackend } from '../../src-shared/ipc/settings.ts';
import type { SecretName } from './secret-store.ts';

/** One place that can keep secrets. `openSecretStore` chooses among them. */
export interface SecretPlace {
  readonly backend: SecretBackend;
  /** As the platform names it, for the eye. */
  readonly backendName: string;
  names(): Promise<readonly SecretName[]>;
  get(name: SecretName): Promise<string | null>;
  set(name: SecretName, value: string): Promise<void>;
  remove(name: SecretName): Promise<void>;
}

/** Kept until the process ends, and nowhere else. */
export class MemorySecrets implements SecretPlace {
  readonly backend = 'memory';
  readonly backendName = 'this process only';
  readonly #secrets: Map<SecretName, string>;

  constructor(secrets: ReadonlyMap<SecretName, string> = new Map()) {
    this.#secrets = new Map(secrets);
  }

  names(): Promise<readonly SecretName[]> {
    return Promise.resolve([...this.#secrets.keys()]);
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
}
