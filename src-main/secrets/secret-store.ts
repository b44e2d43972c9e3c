import type { ProfileSecretName } from '../../src-shared/domain/connection-profile.ts';
import type { SecretStatus } from '../../src-shared/ipc/settings.ts';

/** Names of what may be kept. */
export type SecretName = 'virustotal-key' | ProfileSecretName;

/** Where secrets live. Nothing that implements this logs, prints or hands a secret to a window. */
export interface SecretStore {
  status(): Promise<SecretStatus>;
  /** Null when nothing is kept, or while a vault is locked (see `status().isLocked`). */
  get(name: SecretName): Promise<string | null>;
  /** Errors: `secrets.locked`, `secrets.clear-text-refused`, `secrets.unavailable`. */
  set(name: SecretName, value: string, options: { readonly acceptsClearText: boolean }): Promise<void>;
  remove(name: SecretName): Promise<void>;
  /** Opens the vault or creates it. Errors: `secrets.wrong-passphrase`, `secrets.no-vault`. */
  unlock(passphrase: string): Promise<SecretStatus>;
}
