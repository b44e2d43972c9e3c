import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  type ProfileDraft,
  type Publishing,
  type SshAccess,
  type SshAuthMethod,
  type SshHop,
} from '../../../src-shared/domain/connection-profile.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { profileDraft } from '../../../src-shared/ipc/connections.ts';
import { parseApiAddress } from '../../manager/api/api-address.ts';
import type { SshTarget } from './ssh-target.ts';

/** The options of `profile add` that describe the connection. */
export interface DraftFlags {
  readonly local?: string;
  readonly ssh?: SshTarget;
  readonly identity?: string;
  readonly auth?: readonly SshAuthMethod[];
  readonly jump?: readonly SshTarget[];
  readonly sudo?: boolean;
  readonly prefix?: string;
  readonly api?: string;
  readonly apiUser?: string;
  readonly format?: 'json' | 'log';
  readonly legacyAlgorithms?: boolean;
  /** `--no-archives` makes it false. */
  readonly archives: boolean;
  readonly publish: Publishing;
}

/** What decides beside the options. */
export interface DraftSurroundings {
  /** A password of SSH came with the call. */
  readonly hasPassword: boolean;
  /** A person can be asked for one. */
  readonly canAsk: boolean;
  readonly hasSudoPassword: boolean;
  readonly hasAgent: boolean;
  readonly home?: string;
}

/** Errors: `usage.profile`, with what does not go together or is not possible. */
export function draftFromFlags(name: string, flags: DraftFlags, around: DraftSurroundings): ProfileDraft {
  requireSense(flags);
  const hasFiles = flags.ssh !== undefined || flags.local !== undefined;
  const draft: ProfileDraft = {
    name,
    ssh: flags.ssh ? sshAccess(flags.ssh, flags, around) : null,
    isLocal: flags.local !== undefined,
    api: flags.api !== undefined ? { url: apiUrl(flags.api), user: flags.apiUser ?? '' } : null,
    prefix: withoutSlash(flags.local ?? flags.prefix ?? null),
    elevation: flags.sudo ? (around.hasSudoPassword ? 'sudo-password' : 'sudo') : 'none',
    alertFormat: hasFiles ? (flags.format ?? 'json') : null,
    readsArchives: hasFiles && flags.archives,
    publishing: flags.publish,
  };
  const parsed = profileDraft.safeParse(draft);
  if (!parsed.success) throw refusedField(parsed.error.issues[0]?.path ?? []);
  return parsed.data;
}

function requireSense(flags: DraftFlags): void {
  const { local, ssh, api } = flags;
  const hasFiles = ssh !== undefined || local !== undefined;
  const rules: readonly (readonly [isBroken: boolean, words: string])[] = [
    [!hasFiles && api === undefined, 'A connection needs --ssh, --local or --api.'],
    [ssh !== undefined && local !== undefined, '--local is a manager on this machine: it excludes --ssh.'],
    [
      local !== undefined && flags.prefix !== undefined,
      '--local names the prefix already: it excludes --prefix.',
    ],
    [flags.identity !== undefined && !ssh, '--identity belongs to --ssh.'],
    [flags.auth !== undefined && !ssh, '--auth belongs to --ssh.'],
    [flags.jump !== undefined && !ssh, '--jump belongs to --ssh.'],
    [flags.legacyAlgorithms === true && !ssh, '--legacy-algorithms belongs to --ssh.'],
    [flags.sudo === true && !hasFiles, '--sudo belongs to --ssh or --local.'],
    [flags.prefix !== undefined && !ssh, '--prefix belongs to --ssh.'],
    [flags.format !== undefined && !hasFiles, '--format belongs to --ssh or --local: an API has no alerts.'],
    [api !== undefined && flags.apiUser === undefined, '--api needs --api-user.'],
    [flags.apiUser !== undefined && api === undefined, '--api-user belongs to --api.'],
    [flags.publish === 'socket' && !hasFiles, '--publish socket needs --ssh or --local.'],
    [flags.publish === 'api' && api === undefined, '--publish api needs --api.'],
  ];
  const broken = rules.find(([isBroken]) => isBroken);
  if (broken) throw usage(broken[1]);
}

function sshAccess(target: SshTarget, flags: DraftFlags, around: DraftSurroundings): SshAccess {
  const hop = hopOf(target, flags, around);
  const jumps = (flags.jump ?? []).map((jump) => hopOf(jump, flags, around));
  return { ...hop, jumps, allowsLegacyAlgorithms: flags.legacyAlgorithms === true };
}

function hopOf({ user, host, port }: SshTarget, flags: DraftFlags, around: DraftSurroundings): SshHop {
  const key = flags.identity ?? defaultKey(around.home ?? homedir());
  const methods = flags.auth ?? usualMethods(flags.identity !== undefined, key !== null, around);
  const usesKey = methods.includes('key');
  if (usesKey && key === null) throw usage('--auth key needs --identity FILE: there is no key in ~/.ssh.');
  return { user, host, port, methods, keyPath: usesKey ? key : null };
}

/** A key that is named is meant; else what OpenSSH would try. */
function usualMethods(
  isKeyNamed: boolean,
  hasKey: boolean,
  { hasAgent, hasPassword, canAsk }: DraftSurroundings,
): readonly SshAuthMethod[] {
  const byKey: readonly SshAuthMethod[] = [
    ...(!isKeyNamed && hasAgent ? (['agent'] as const) : []),
    ...(hasKey ? (['key'] as const) : []),
  ];
  const asksPassword = hasPassword || (canAsk && !isKeyNamed);
  return asksPassword || byKey.length === 0 ? [...byKey, 'password', 'keyboard-interactive'] : byKey;
}

/** The first of OpenSSH's own names that is there. */
function defaultKey(home: string): string | null {
  const name = ['id_ed25519', 'id_ecdsa', 'id_rsa'].find((key) => existsSync(join(home, '.ssh', key)));
  return name === undefined ? null : `~/.ssh/${name}`;
}

function apiUrl(url: string): string {
  try {
    const { origin, basePath } = parseApiAddress(url);
    return origin + basePath;
  } catch (error) {
    if (error instanceof DomainError) throw usage(error.message, error.remedy);
    throw error;
  }
}

function withoutSlash(prefix: string | null): string | null {
  return prefix === null ? null : prefix.replace(/(?<=.)\/+$/, '');
}

function refusedField(path: readonly PropertyKey[]): DomainError {
  switch (String(path[0])) {
    case 'name':
      return usage(
        'A name has letters, digits, “.”, “_” and “-”, begins with a letter or digit, and is at most 64 long.',
      );
    case 'prefix':
      return usage('The folder of the installation is an absolute path such as /var/ossec.');
    case 'ssh':
      return usage('The machine or the account has characters that no host name or user name has.');
    case 'api':
      return usage('The address or the user of the API cannot be used.');
    default:
      return usage('These options do not make a connection.');
  }
}

function usage(
  message: string,
  remedy = 'Run verdict-desk profile add --help to see what it takes.',
): DomainError {
  return new DomainError('usage.profile', message, remedy);
}
