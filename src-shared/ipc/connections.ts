import { z } from 'zod';
import type { CapabilityReport } from '../domain/capability.ts';
import {
  ELEVATIONS,
  PUBLISHING_WAYS,
  SSH_AUTH_METHODS,
  type ConnectionProfile,
  type ProfileSecret,
} from '../domain/connection-profile.ts';
import type { WireError } from '../errors/domain-error.ts';
import { answer, command, query } from './procedure.ts';

/** What only a person can decide or give before a connection goes on. */
export type ConnectionNeed =
  | { readonly kind: 'host-key-unknown'; readonly offered: OfferedHostKey }
  | {
      readonly kind: 'host-key-changed';
      readonly offered: OfferedHostKey;
      /** What was expected instead, newest first. */
      readonly known: readonly KnownHostKey[];
    }
  | { readonly kind: 'certificate-unknown'; readonly offered: OfferedCertificate }
  | {
      readonly kind: 'certificate-changed';
      readonly offered: OfferedCertificate;
      /** Lower-case hex SHA-256 of the accepted one. */
      readonly knownFingerprint: string;
    }
  /** Keyboard-interactive: a second factor, a password that expired. */
  | {
      readonly kind: 'prompt';
      readonly promptId: string;
      /** `host:port` of the machine that asks. */
      readonly asker: string;
      readonly title: string;
      readonly instructions: string;
      readonly fields: readonly { readonly label: string; readonly isShown: boolean }[];
    }
  /** A secret that the chosen way needs and that is not kept, or that was turned down. */
  | { readonly kind: 'secret'; readonly secret: ProfileSecret; readonly wasRefused: boolean };

export interface OfferedHostKey {
  readonly host: string;
  readonly port: number;
  /** `ssh-ed25519`. */
  readonly keyType: string;
  /** As OpenSSH prints it: `SHA256:` and unpadded base64. */
  readonly fingerprint: string;
}
export interface KnownHostKey {
  readonly keyType: string;
  readonly fingerprint: string;
  /** Accepted here, or read from a known_hosts file, with its path and line. */
  readonly from: 'accepted' | 'known-hosts';
  readonly place: string | null;
}
export interface OfferedCertificate {
  readonly host: string;
  readonly port: number;
  /** Lower-case hex SHA-256 of the certificate. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validUntil: string;
  /** Why the system's trust does not cover it, in words. */
  readonly reason: string;
}

/** `waiting`: tries again by itself at `retryAt`. `needs-you`: see `need`. `stopped`: only a change helps. */
export type ConnectionState = 'off' | 'connecting' | 'connected' | 'waiting' | 'needs-you' | 'stopped';

/** One way to a manager: the channel for files and programs, or the API. */
export interface WayStatus {
  readonly state: ConnectionState;
  /** ISO 8601 UTC of the last change of state. */
  readonly since: string;
  readonly retryAt: string | null;
  readonly error: WireError | null;
  readonly need: ConnectionNeed | null;
}

/** Part of the heartbeat (`AppStatus.connections`). */
export interface ConnectionStatus {
  readonly id: number;
  readonly name: string;
  /** SSH, or this machine itself; null for an API-only profile. */
  readonly host: (WayStatus & { readonly kind: 'ssh' | 'local' }) | null;
  readonly api: WayStatus | null;
  readonly allowsLegacyAlgorithms: boolean;
  /** The source this profile follows; null when it follows none. */
  readonly sourceId: number | null;
  /** Outcomes handed over and not yet seen to come back. */
  readonly unpublished: number;
}

/** A connection as Settings shows it. */
export interface ConnectionDetail {
  readonly profile: ConnectionProfile;
  /** Which secrets are kept; never the secrets. */
  readonly secrets: readonly ProfileSecret[];
  readonly capabilities: CapabilityReport | null;
  readonly hostKeys: readonly (OfferedHostKey & { readonly acceptedAt: string })[];
  readonly certificate: { readonly fingerprint: string; readonly acceptedAt: string } | null;
  readonly publications: PublicationCounts;
}

export interface PublicationCounts {
  readonly waiting: number;
  /** Handed over, the manager's alert not seen yet. */
  readonly sent: number;
  /** The manager's alert came back. */
  readonly seen: number;
  readonly failed: number;
  readonly error: WireError | null;
}

/** The places of the form a failed check belongs to. */
export const PROFILE_FIELDS = [
  'name',
  'host',
  'port',
  'user',
  'method',
  'key',
  'passphrase',
  'password',
  'jumps',
  'prefix',
  'elevation',
  'sudo-password',
  'api-url',
  'api-user',
  'api-password',
  'publishing',
] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];

export const CHECK_STEPS = [
  'reach',
  'host-key',
  'sign-in',
  'files',
  'shell',
  'prefix',
  'alerts',
  'elevation',
  'api-reach',
  'api-certificate',
  'api-sign-in',
] as const;
export type CheckStep = (typeof CHECK_STEPS)[number];

/** One step of a test of a connection, in the order they were taken. */
export interface ConnectionCheck {
  readonly step: CheckStep;
  readonly outcome: 'ok' | 'failed' | 'needs-you' | 'skipped';
  /** Beside which field it is shown; null: beside the whole form. */
  readonly field: ProfileField | null;
  /** Which jump host it is about (its place); null: the manager itself. */
  readonly hop: number | null;
  readonly message: string;
  /** Empty when it is ok. */
  readonly remedy: string;
  readonly need: ConnectionNeed | null;
}

/** A `Host` of the user's `~/.ssh/config`, as far as a profile can use it. */
export interface SshConfigHost {
  readonly alias: string;
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  readonly keyPath: string | null;
  readonly jumps: readonly { readonly host: string; readonly port: number; readonly user: string | null }[];
}

const hostName = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[^\s/@"'\\]+$/);
const port = z.number().int().min(1).max(65_535);
const userName = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[^\s:"'\\]+$/);
const hop = z.object({
  host: hostName,
  port,
  user: userName,
  methods: z.array(z.enum(SSH_AUTH_METHODS)).min(1).max(SSH_AUTH_METHODS.length),
  keyPath: z.string().min(1).max(4096).nullable(),
});
export const profileDraft = z
  .object({
    name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
    ssh: hop.extend({ jumps: z.array(hop).max(8), allowsLegacyAlgorithms: z.boolean() }).nullable(),
    isLocal: z.boolean(),
    api: z
      .object({ url: z.url({ protocol: /^https?$/ }).max(2048), user: z.string().min(1).max(255) })
      .nullable(),
    prefix: z
      .string()
      .max(1024)
      .regex(/^\/[^\0\n]*$/)
      .nullable(),
    elevation: z.enum(ELEVATIONS),
    alertFormat: z.enum(['json', 'log']).nullable(),
    readsArchives: z.boolean(),
    publishing: z.enum(PUBLISHING_WAYS),
  })
  .refine((draft) => draft.ssh !== null || draft.isLocal || draft.api !== null)
  .refine((draft) => draft.ssh === null || !draft.isLocal);

const secretText = z.string().min(1).max(4096);
const SECRET_NAME = /^(password|passphrase|sudo-password|api-password|jump-\d-(password|passphrase))$/;
const secretName = z.custom<ProfileSecret>((name) => typeof name === 'string' && SECRET_NAME.test(name));
/** Secrets travel to the core and never back. A name that is left out keeps what is kept. */
const secrets = z.object({
  password: secretText.optional(),
  passphrase: secretText.optional(),
  'sudo-password': secretText.optional(),
  'api-password': secretText.optional(),
  /** By place in `jumps`. */
  jumps: z
    .array(z.object({ password: secretText.optional(), passphrase: secretText.optional() }))
    .max(8)
    .default([]),
});
export type ProfileSecretsInput = z.input<typeof secrets>;

const endpoint = z.object({ host: hostName, port });
const fingerprint = z.string().max(200);

/**
 * A host key that a person accepted: that of the machine that showed it. A fingerprint alone, as it is typed on command
 * lines, is good for the first machine of the way that shows it, and for no other: a jump host that is accepted must not
 * pass for the manager behind it.
 */
const acceptedHostKey = z.union([fingerprint, endpoint.extend({ fingerprint })]);
export type AcceptedHostKey = z.infer<typeof acceptedHostKey>;

/** What a person has just accepted in the form: pinned when the profile is saved. */
const accepted = z.object({
  hostKeys: z.array(acceptedHostKey).max(9).default([]),
  certificate: z.string().max(200).nullable().default(null),
});

const draftInput = z.object({
  /** The profile that is edited; null for a new one. */
  profileId: z.number().int().nullable(),
  draft: profileDraft,
  secrets,
  accepted,
});
const byId = z.object({ profileId: z.number().int() });

export const connections = {
  list: query(z.void(), answer<readonly ConnectionDetail[]>()),
  sshHosts: query(z.void(), answer<readonly SshConfigHost[]>()),
  /** Tries everything the form says, changes nothing, keeps nothing. Prompts come through `status.tests`. */
  test: command(draftInput, answer<readonly ConnectionCheck[]>()),
  /** Errors: a name that is taken, a locked vault. It connects at once. */
  save: command(
    draftInput.extend({
      acceptsClearText: z.boolean().default(false),
      /** Kept secrets to be dropped; one that is also given anew is replaced. */
      forgets: z.array(secretName).max(20).default([]),
    }),
    answer<{ readonly profileId: number }>(),
  ),
  /** Stops following, forgets secrets and pins that no other profile uses. Events and verdicts stay. */
  remove: command(byId, answer<void>()),
  reconnect: command(byId, answer<void>()),
  /** Stays off until `reconnect`. */
  disconnect: command(byId, answer<void>()),
  /** Pins the key that is offered now; refused when another key is pinned (`forgetHostKey` first). */
  acceptHostKey: command(endpoint.extend({ fingerprint }), answer<void>()),
  forgetHostKey: command(endpoint, answer<void>()),
  acceptCertificate: command(byId.extend({ fingerprint }), answer<void>()),
  forgetCertificate: command(byId, answer<void>()),
  answerPrompt: command(
    z.object({ promptId: z.string().max(64), answers: z.array(z.string().max(4096)).max(16) }),
    answer<void>(),
  ),
  /** Gives a secret that `need` asked for. `keep`: also for the next time. */
  giveSecret: command(
    byId.extend({
      secret: secretName,
      value: secretText,
      keep: z.boolean(),
    }),
    answer<void>(),
  ),
  /** Looks at what the account may do; some seconds; changes nothing on the manager. */
  probe: command(byId, answer<CapabilityReport>()),
  setPublishing: command(byId.extend({ publishing: z.enum(PUBLISHING_WAYS) }), answer<void>()),
};
