import { z } from 'zod';
import type { ProfileSecretName } from '../../src-shared/domain/connection-profile.ts';
import type { SecretStatus } from '../../src-shared/ipc/settings.ts';

/** Names of what may be kept. */
export type SecretName = 'virustotal-key' | ProfileSecretName;

const NAME =
  /^(?:virustotal-key|profile-[1-9]\d{0,14}-(?:password|passphrase|sudo-password|api-password|jump-\d-(?:password|passphrase)|agent-(?:\d{3,10}-)?(?:password|passphrase|sudo-password)))$/;

/** For names as they stand in files and key stores. */
export const secretNameSchema = z.custom<SecretName>((name) => typeof name === 'string' && NAME.test(name));

/** Where secrets live. Nothing that implements this logs, prints or hands a secret to a window. */
export interface SecretStore {
  status(): Promise<SecretStatus>;
  /** All that are kept, in no order; none while a vault is locked. */
  names(): Promise<readonly SecretName[]>;
  /** Null when nothing is kept, or while a vault is locked (see `status().isLocked`). */
  get(name: SecretName): Promise<string | null>;
  /** Errors: `secrets.locked`, `secrets.clear-text-refused`, `secrets.unavailable`. */
  set(name: SecretName, value: string, options: { readonly acceptsClearText: boolean }): Promise<void>;
  /** Errors: as `set`. A locked vault goes as a whole with the VirusTotal key, and with nothing else. */
  remove(name: SecretName): Promise<void>;
  /** Opens the vault or creates it. Errors: `secrets.wrong-passphrase`, `secrets.vault-damaged`. */
  unlock(passphrase: string): Promise<SecretStatus>;
}
