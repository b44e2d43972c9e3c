import {
  isSameEndpoint,
  type ConnectionProfile,
  type JumpSecret,
  type ProfileDraft,
  type ProfileSecret,
  type SshHop,
} from '../../../src-shared/domain/connection-profile.ts';
import type { ProfileSecretsInput } from '../../../src-shared/ipc/connections.ts';
import { endpointsOf } from './endpoints.ts';

const KINDS = ['password', 'passphrase'] as const;
const NAMED = ['password', 'passphrase', 'sudo-password', 'api-password'] as const;

/** What a form gave, by the names secrets are kept under. */
export function givenSecrets(input: ProfileSecretsInput): ReadonlyMap<ProfileSecret, string> {
  const given = new Map<ProfileSecret, string>();
  for (const name of NAMED) {
    const value = input[name];
    if (value !== undefined) given.set(name, value);
  }
  for (const [place, jump] of (input.jumps ?? []).entries()) {
    for (const kind of KINDS) {
      const value = jump[kind];
      if (value !== undefined) given.set(`jump-${place}-${kind}`, value);
    }
  }
  return given;
}

/** The secrets a profile can use: all others are forgotten when it is saved. */
export function usableSecrets({ ssh, api, elevation }: ProfileDraft): ReadonlySet<ProfileSecret> {
  const usable = new Set<ProfileSecret>();
  if (ssh) {
    for (const kind of kindsOf(ssh)) usable.add(kind);
    for (const [place, jump] of ssh.jumps.entries()) {
      for (const kind of kindsOf(jump)) usable.add(`jump-${place}-${kind}`);
    }
  }
  if (elevation === 'sudo-password') usable.add('sudo-password');
  if (api) usable.add('api-password');
  return usable;
}

/**
 * Where a secret of an edited profile is kept at present; null: nowhere. A password belongs to the account and the machine
 * it was given for: a jump host takes its own along wherever it moved to, and another machine never gets it, whoever
 * entered the new address. A passphrase of the manager's key opens a file here and is sent nowhere.
 */
export function keptName(
  secret: ProfileSecret,
  draft: ProfileDraft,
  before: ConnectionProfile,
): ProfileSecret | null {
  switch (secret) {
    case 'passphrase':
      return secret;
    case 'password':
      return isSameHop(draft.ssh, before.ssh) ? secret : null;
    case 'sudo-password':
      return isSameMachine(draft, before) ? secret : null;
    case 'api-password':
      return isSameApi(draft, before) ? secret : null;
    default:
      return keptJumpName(secret, draft, before);
  }
}

function keptJumpName(secret: JumpSecret, draft: ProfileDraft, before: ConnectionProfile): JumpSecret | null {
  const [, at = '', kind = ''] = /^jump-(\d)-(password|passphrase)$/.exec(secret) ?? [];
  const jump = draft.ssh?.jumps[Number(at)] ?? null;
  const place = before.ssh?.jumps.findIndex((other) => isSameHop(other, jump)) ?? -1;
  if (place < 0) return null;
  return kind === 'password' ? `jump-${place}-password` : `jump-${place}-passphrase`;
}

function isSameMachine(draft: ProfileDraft, before: ConnectionProfile): boolean {
  return draft.isLocal ? before.isLocal : isSameHop(draft.ssh, before.ssh);
}

function isSameHop(a: SshHop | null, b: SshHop | null): boolean {
  return a !== null && b !== null && isSameEndpoint(a, b) && a.user === b.user;
}

function isSameApi(draft: ProfileDraft, before: ConnectionProfile): boolean {
  const [now, then] = [endpointsOf(draft).api, endpointsOf(before).api];
  return now !== null && then !== null && isSameEndpoint(now, then) && draft.api?.user === before.api?.user;
}

/** Answers of keyboard-interactive are often the password itself. */
function kindsOf({ methods }: SshHop): readonly ('password' | 'passphrase')[] {
  const usesPassword = methods.includes('password') || methods.includes('keyboard-interactive');
  return [
    ...(usesPassword ? (['password'] as const) : []),
    ...(methods.includes('key') ? (['passphrase'] as const) : []),
  ];
}
