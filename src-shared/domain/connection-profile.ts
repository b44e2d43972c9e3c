/**
 * How one manager is reached. A profile may have SSH and API, one of them, or be the manager on this machine. Secrets are
 * never part of it: they are kept under `profileSecretName`, host keys and certificates in the store.
 */
export interface ConnectionProfile {
  /** Stays when the profile is renamed; the store's number. */
  readonly id: number;
  /** Unique. Letters, digits, `.`, `_`, `-`, at most 64: it is typed on command lines. */
  readonly name: string;
  readonly ssh: SshAccess | null;
  /** The manager runs on this machine: files and programs are used directly. Excludes `ssh`. */
  readonly isLocal: boolean;
  readonly api: ApiAccess | null;
  /** Where Wazuh is installed; null: detected, `/var/ossec` by default. */
  readonly prefix: string | null;
  readonly elevation: Elevation;
  /** Which alert file is followed; null: none (an API-only profile has none to follow). */
  readonly alertFormat: 'json' | 'log' | null;
  /** On the first start: also read the days that are still there. */
  readonly readsArchives: boolean;
  /** Whether outcomes are handed to this manager, and by which way. */
  readonly publishing: Publishing;
}

/** A profile without its number: what a person enters. */
export type ProfileDraft = Omit<ConnectionProfile, 'id'>;

/** What the account needs for what only root may do; an account that is root needs nothing. */
export const ELEVATIONS = ['none', 'sudo', 'sudo-password'] as const;
export type Elevation = (typeof ELEVATIONS)[number];

export const PUBLISHING_WAYS = ['off', 'socket', 'api'] as const;
export type Publishing = (typeof PUBLISHING_WAYS)[number];

/** In the order OpenSSH tries them. */
export const SSH_AUTH_METHODS = ['agent', 'key', 'password', 'keyboard-interactive'] as const;
export type SshAuthMethod = (typeof SSH_AUTH_METHODS)[number];

/** One machine on the way, the manager included. */
export interface SshHop {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The methods that may be tried; at least one. */
  readonly methods: readonly SshAuthMethod[];
  /** Of the private key, on this workstation; `~` stands for the home folder. Null unless `key` is a method. */
  readonly keyPath: string | null;
}

export interface SshAccess extends SshHop {
  /** ProxyJump: the machines before the manager, nearest to this workstation first. */
  readonly jumps: readonly SshHop[];
  /** Also SHA-1 key exchange, ssh-rsa and CBC, for machines that know no better; the window keeps saying so. */
  readonly allowsLegacyAlgorithms: boolean;
}

export interface ApiAccess {
  /** `https://host:55000`; `http:` is refused unless the host is this machine. */
  readonly url: string;
  readonly user: string;
}

/** The secrets a profile may have. `password` and `passphrase` are those of SSH. */
export const PROFILE_SECRETS = ['password', 'passphrase', 'sudo-password', 'api-password'] as const;
export type ProfileSecret = (typeof PROFILE_SECRETS)[number] | JumpSecret;
/** Of the jump host at this place in `SshAccess.jumps`. */
export type JumpSecret = `jump-${number}-password` | `jump-${number}-passphrase`;

/** Of the agents of a profile: of all of them, or of one that has access of its own. */
export const AGENT_SECRET_KINDS = ['password', 'passphrase', 'sudo-password'] as const;
export type AgentSecretKind = (typeof AGENT_SECRET_KINDS)[number];
export type AgentSecret = `agent-${AgentSecretKind}` | `agent-${string}-${AgentSecretKind}`;

export type ProfileSecretName = `profile-${number}-${ProfileSecret | AgentSecret}`;

export function profileSecretName(profileId: number, secret: ProfileSecret | AgentSecret): ProfileSecretName {
  return `profile-${profileId}-${secret}`;
}

/** `agentId` null: of all agents of the profile. */
export function agentSecret(agentId: string | null, kind: AgentSecretKind): AgentSecret {
  return agentId === null ? `agent-${kind}` : `agent-${agentId}-${kind}`;
}

/** `host:port`, with brackets around IPv6: how an endpoint is named everywhere. */
export function endpointName(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** Names know no case. */
export function isSameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.port === b.port && a.host.toLowerCase() === b.host.toLowerCase();
}

/**
 * Whether a changed profile may lead to another manager: an address that it keeps using has changed, or none of the old
 * ways is left. Another way beside a known one, or another account, leads to the same.
 */
export function mayLeadElsewhere(before: ProfileDraft, after: ProfileDraft): boolean {
  const pairs = [
    [before.isLocal || null, after.isLocal || null],
    [before.ssh && machinesOf(before.ssh), after.ssh && machinesOf(after.ssh)],
    [before.api && hostOf(before.api.url), after.api && hostOf(after.api.url)],
  ].filter(([old, now]) => old !== null && now !== null);
  return pairs.length === 0 || pairs.some(([old, now]) => old !== now);
}

function machinesOf(ssh: SshAccess): string {
  return [...ssh.jumps, ssh].map(({ host, port }) => endpointName(host.toLowerCase(), port)).join(' ');
}

function hostOf(url: string): string {
  return url
    .replace(/^https?:\/\//i, '')
    .replace(/[/?#].*$/s, '')
    .toLowerCase();
}

export const DEFAULT_PREFIX = '/var/ossec';
export const DEFAULT_SSH_PORT = 22;
export const DEFAULT_API_PORT = 55_000;
