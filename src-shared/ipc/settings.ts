import { z } from 'zod';
import type { Exclusion } from '../domain/exclusion.ts';
import type { QuotaGauges } from '../domain/quota.ts';
import { answer, command, query } from './procedure.ts';

/** Where secrets are kept. `basic-text` is Electron's unencrypted fallback, refused unless insisted on. */
export const SECRET_BACKENDS = [
  'os-keychain',
  'safe-storage',
  'basic-text',
  'vault',
  'memory',
  'environment',
] as const;
export type SecretBackend = (typeof SECRET_BACKENDS)[number];

export interface SecretStatus {
  readonly backend: SecretBackend;
  /** As the platform names it: `gnome_libsecret`, `kwallet6`, `macOS Keychain`; for the eye. */
  readonly backendName: string;
  /** The vault exists and awaits its passphrase. */
  readonly isLocked: boolean;
  /** What else could be used instead, for the choice in Settings. */
  readonly alternatives: readonly SecretBackend[];
}

export interface KeyStatus {
  readonly isStored: boolean;
  readonly isRejected: boolean;
  /** When VirusTotal last accepted it; ISO 8601 UTC. */
  readonly testedAt: string | null;
  readonly quota: QuotaGauges;
  /** True for the public allowance (240 requests an hour). Null when unknown. */
  readonly isPublic: boolean | null;
}

export interface Settings {
  readonly key: KeyStatus;
  readonly secrets: SecretStatus;
  readonly exclusions: readonly (Exclusion & { readonly events: number })[];
  readonly recheck: RecheckPolicy;
  readonly store: { readonly path: string; readonly sizeBytes: number; readonly integrationLog: string };
}

/** Hours until a verdict is asked again, while quota is left over. 0 switches that part off. */
export interface RecheckPolicy {
  readonly noRecordsHours: number;
  readonly cleanHours: number;
  /** Only files seen within so many days. */
  readonly seenWithinDays: number;
}

/** What a test of a key found; the key itself never comes back. */
export interface KeyTest {
  readonly quota: QuotaGauges;
  readonly isPublic: boolean | null;
}

const secretText = z.string().min(1).max(512);

export const settings = {
  get: query(z.void(), answer<Settings>()),
  /** Tests the key against VirusTotal, then stores it. Errors: refused, unreachable, sample key, locked vault. */
  saveKey: command(
    z.object({
      key: secretText,
      acceptsTerms: z.literal(true),
      acceptsClearText: z.boolean().default(false),
    }),
    answer<KeyTest>(),
  ),
  removeKey: command(z.void(), answer<void>()),
  /** Opens the vault, or creates it with this passphrase when there is none. */
  unlockVault: command(z.object({ passphrase: z.string().min(8).max(1024) }), answer<SecretStatus>()),
  addExclusion: command(
    z.object({
      effect: z.enum(['exclude', 'mute']),
      kind: z.enum(['path', 'extension', 'agent', 'hash']),
      pattern: z.string().trim().min(1).max(1024),
    }),
    answer<{ readonly id: number; readonly events: number }>(),
  ),
  removeExclusion: command(z.object({ id: z.number().int() }), answer<void>()),
  setRecheck: command(
    z.object({
      noRecordsHours: z.number().min(0).max(8760),
      cleanHours: z.number().min(0).max(8760),
      seenWithinDays: z.number().int().min(1).max(3650),
    }),
    answer<void>(),
  ),
  pauseQueue: command(z.object({ paused: z.boolean() }), answer<void>()),
  backUp: command(z.void(), answer<{ readonly path: string; readonly sizeBytes: number }>()),
};
