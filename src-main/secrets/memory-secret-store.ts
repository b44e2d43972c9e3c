import type { SecretStatus } from '../../src-shared/ipc/settings.ts';
import { MemorySecrets } from './secret-place.ts';
import type { SecretStore } from './secret-store.ts';

/** A SecretStore of its own that lives in memory only: for the lab, whose key is no secret, and for tests. */
export class MemorySecretStore extends MemorySecrets implements SecretStore {
  status(): Promise<SecretStatus> {
    const { backend, backendName } = this;
    return Promise.resolve({ backend, backendName, isLocked: false, alternatives: [] });
  }
  unlock(): Promise<SecretStatus> {
    return this.status();
  }
}
