import type {
  ConnectionProfile,
  ProfileDraft,
  ProfileSecret,
  SshHop,
} from '../../../src-shared/domain/connection-profile.ts';
import type { ProfileSecretsInput } from '../../../src-shared/ipc/connections.ts';

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
 * Where a secret of an edited profile is kept at present. A jump host keeps what is its own wherever it moved to, and
 * never gets what belonged to another machine at its place. Null: nowhere.
 */
export function keptName(
  secret: ProfileSecret,
  draft: ProfileDraft,
  before: ConnectionProfile,
): ProfileSecret | null {
  const match = /^jump-(\d)-(password|passphrase)$/.exec(secret);
  if (!match) return secret;
  const jump = draft.ssh?.jumps[Number(match[1])];
  const place = jump ? (before.ssh?.jumps.findIndex((other) => isSameHop(other, jump)) ?? -1) : -1;
  const kind = match[2] === 'password' ? 'password' : 'passphrase';
  return place < 0 ? null : `jump-${place}-${kind}`;
}

function isSameHop(a: SshHop, b: SshHop): boolean {
  return a.host === b.host && a.port === b.port && a.user === b.user;
}

/** Answers of keyboard-interactive are often the password itself. */
function kindsOf({ methods }: SshHop): readonly ('password' | 'passphrase')[] {
  const usesPassword = methods.includes('password') || methods.includes('keyboard-interactive');
  return [
    ...(usesPassword ? (['password'] as const) : []),
    ...(methods.includes('key') ? (['passphrase'] as const) : []),
  ];
}
