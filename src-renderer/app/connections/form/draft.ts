import {
  DEFAULT_API_PORT,
  DEFAULT_SSH_PORT,
  endpointName,
  type ConnectionProfile,
  type Elevation,
  type ProfileSecret,
  type Publishing,
  type SshAuthMethod,
  type SshHop,
} from '../../../../src-shared/domain/connection-profile.ts';
import type { SshConfigHost } from '../../../../src-shared/ipc/connections.ts';

/** How the manager is reached: over SSH, on this machine, or only by its API. */
export type Way = 'ssh' | 'local' | 'api';

export type HopSecret = 'password' | 'passphrase';

/** One machine on the way as the form holds it: as typed. */
export interface HopDraft {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly methods: readonly SshAuthMethod[];
  readonly keyPath: string;
  /** Entered anew; empty: what is kept stays. */
  readonly password: string;
  readonly passphrase: string;
}

export interface JumpDraft extends HopDraft {
  /** Tells the jump hosts of one form apart while they move. */
  readonly id: number;
  /** Its place in the stored profile; null for a new one. What is kept for a machine stays with it wherever it moves. */
  readonly storedPlace: number | null;
  /** Of its kept secrets, those that are to be dropped. */
  readonly forgets: readonly HopSecret[];
}

/** A connection as the form holds it. */
export interface ConnectionDraft {
  readonly name: string;
  /** Typed by a person; until then it follows the host. */
  readonly isNameOwn: boolean;
  readonly way: Way;
  readonly manager: HopDraft;
  readonly jumps: readonly JumpDraft[];
  readonly allowsLegacyAlgorithms: boolean;
  readonly prefix: string;
  readonly elevation: Elevation;
  readonly sudoPassword: string;
  readonly alertFormat: 'json' | 'log' | 'none';
  readonly readsArchives: boolean;
  readonly usesApi: boolean;
  readonly apiUrl: string;
  readonly apiUser: string;
  readonly apiPassword: string;
  readonly publishing: Publishing;
  /** Kept secrets that are to be dropped; those of jump hosts stand with them. */
  readonly forgets: readonly ProfileSecret[];
}

const EMPTY_HOP: HopDraft = {
  host: '',
  port: String(DEFAULT_SSH_PORT),
  user: '',
  methods: ['agent'],
  keyPath: '',
  password: '',
  passphrase: '',
};

export const EMPTY_DRAFT: ConnectionDraft = {
  name: '',
  isNameOwn: false,
  way: 'ssh',
  manager: EMPTY_HOP,
  jumps: [],
  allowsLegacyAlgorithms: false,
  prefix: '',
  elevation: 'none',
  sudoPassword: '',
  alertFormat: 'json',
  readsArchives: true,
  usesApi: false,
  apiUrl: '',
  apiUser: '',
  apiPassword: '',
  publishing: 'off',
  forgets: [],
};

/** The stored profile, ready to be edited. */
export function draftOf(profile: ConnectionProfile): ConnectionDraft {
  const { ssh, api } = profile;
  return {
    ...EMPTY_DRAFT,
    name: profile.name,
    isNameOwn: true,
    way: ssh ? 'ssh' : profile.isLocal ? 'local' : 'api',
    manager: ssh ? hopDraft(ssh) : EMPTY_HOP,
    jumps:
      ssh?.jumps.map((hop, place) => ({
        ...hopDraft(hop),
        id: place,
        storedPlace: place,
        forgets: [],
      })) ?? [],
    allowsLegacyAlgorithms: ssh?.allowsLegacyAlgorithms ?? false,
    prefix: profile.prefix ?? '',
    elevation: profile.elevation,
    alertFormat: profile.alertFormat ?? 'none',
    readsArchives: profile.readsArchives,
    usesApi: api !== null,
    apiUrl: api?.url ?? '',
    apiUser: api?.user ?? '',
    publishing: profile.publishing,
  };
}

function hopDraft({ host, port, user, methods, keyPath }: SshHop): HopDraft {
  return { ...EMPTY_HOP, host, port: String(port), user, methods, keyPath: keyPath ?? '' };
}

/** What `~/.ssh/config` knows of a host, put into the form; what it does not know stays as typed. */
export function withConfigHost(draft: ConnectionDraft, known: SshConfigHost): ConnectionDraft {
  const jumps = known.jumps.map((jump, place) => ({
    ...EMPTY_HOP,
    host: jump.host,
    port: String(jump.port),
    user: jump.user ?? known.user ?? draft.manager.user,
    id: nextId(draft) + place,
    storedPlace: null,
    forgets: [],
  }));
  return {
    ...draft,
    ...(draft.isNameOwn ? {} : { name: nameFrom(known.alias) }),
    manager: {
      ...draft.manager,
      host: known.host,
      port: String(known.port),
      user: known.user ?? draft.manager.user,
      ...(known.keyPath === null ? {} : { keyPath: known.keyPath, methods: withKey(draft.manager.methods) }),
    },
    jumps: jumps.length > 0 ? jumps : draft.jumps,
  };
}

function withKey(methods: readonly SshAuthMethod[]): readonly SshAuthMethod[] {
  return methods.includes('key') ? methods : [...methods, 'key'];
}

export function withNewJump(draft: ConnectionDraft): ConnectionDraft {
  const jump: JumpDraft = {
    ...EMPTY_HOP,
    user: draft.manager.user,
    id: nextId(draft),
    storedPlace: null,
    forgets: [],
  };
  return { ...draft, jumps: [...draft.jumps, jump] };
}

function nextId({ jumps }: ConnectionDraft): number {
  return Math.max(-1, ...jumps.map(({ id }) => id)) + 1;
}

/** A host typed or chosen; the name and the API's address follow it until they were typed themselves. */
export function withHost(draft: ConnectionDraft, host: string): ConnectionDraft {
  return {
    ...draft,
    manager: { ...draft.manager, host },
    ...(draft.isNameOwn ? {} : { name: nameFrom(host) }),
    ...(draft.apiUrl === apiUrlFor(draft.manager.host) ? { apiUrl: apiUrlFor(host) } : {}),
  };
}

/** Where a manager's API listens unless it was told otherwise. */
export function apiUrlFor(host: string): string {
  const name = host.trim();
  return name === '' ? '' : `https://${endpointName(name, DEFAULT_API_PORT)}`;
}

/** `mgr-fra-1` of `mgr-fra-1.ops.example`; an address stays whole. Only what a profile may be called. */
export function nameFrom(host: string): string {
  const isAddress = /^[\d.]+$|:/.test(host);
  const label = isAddress ? host : (host.split('.')[0] ?? host);
  return label
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 64);
}
