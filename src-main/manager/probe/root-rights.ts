import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import type { WazuhPaths } from '../../../src-shared/domain/wazuh-paths.ts';
import { parseSudoListing, sudoAllows, type SudoRule } from '../../../src-shared/formats/sudo-listing.ts';
import type { ManagerHost } from '../host/manager-host.ts';
import { outputOf } from './probe-step.ts';

/** What the account may do as root. `rules`: by sudo, as it lists them. `none`: the profile uses no sudo. */
export type RootRights =
  | { readonly kind: 'root' }
  | { readonly kind: 'rules'; readonly rules: readonly SudoRule[] }
  | { readonly kind: 'none' }
  /** sudo wants a password, or allows nothing at all: without a password it says the same of both. */
  | { readonly kind: 'password-needed' }
  | { readonly kind: 'no-password-kept' }
  | { readonly kind: 'no-sudo' };

export interface RootRightsParts {
  readonly host: ManagerHost;
  readonly profile: Pick<ConnectionProfile, 'elevation'>;
  readonly isRoot: boolean;
  readonly sudoPassword: () => Promise<string | null>;
  readonly signal: AbortSignal;
}

/** Asks sudo for its list; no command is run as root for it. */
export async function askRootRights(parts: RootRightsParts): Promise<RootRights> {
  const { host, profile, isRoot, sudoPassword, signal } = parts;
  if (isRoot) return { kind: 'root' };
  if (profile.elevation === 'none') return { kind: 'none' };
  if (profile.elevation === 'sudo') return listRights(host, ['-n'], '', signal);
  const password = await sudoPassword();
  if (password === null || /[\0\n]/.test(password)) return { kind: 'no-password-kept' };
  // The password goes to sudo's input; its prompt is empty.
  return listRights(host, ['-S', '-p', ''], `${password}\n`, signal);
}

async function listRights(
  host: ManagerHost,
  options: readonly string[],
  input: string,
  signal: AbortSignal,
): Promise<RootRights> {
  const argv = ['sudo', ...options, '-ll'];
  try {
    const listing = await outputOf(host, argv, { signal, input });
    return { kind: 'rules', rules: parseSudoListing(listing) };
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error)) throw error;
    if (error.code === 'ENOENT') return { kind: 'no-sudo' };
    if (error.code === 'EFAILED') return { kind: 'password-needed' };
    throw error;
  }
}

/** Whether this very command line would be started as root, without a question that the profile cannot answer. */
export function mayRunAsRoot(
  rights: RootRights,
  argv: readonly string[],
  { elevation }: Pick<ConnectionProfile, 'elevation'>,
): boolean {
  if (rights.kind === 'root') return true;
  if (rights.kind !== 'rules') return false;
  const allowed = sudoAllows(rights.rules, argv);
  return allowed !== null && (!allowed.needsPassword || elevation === 'sudo-password');
}

/** What this product runs as root on a manager, word for word; sudoers lines name exactly these. */
export function rootCommands(paths: WazuhPaths) {
  const { control, agentControl, analysisd } = paths;
  const integratord = analysisd?.replace(/analysisd$/, 'integratord') ?? null;
  return {
    version: [control, 'info', '-v'],
    status: [control, 'status', '-j'],
    restart: [control, 'restart'],
    listAgents: agentControl === null ? null : [agentControl, '-l', '-j'],
    validate:
      analysisd === null || integratord === null
        ? null
        : [
            [analysisd, '-t'],
            [integratord, '-t'],
          ],
    /** Name, agent and argument vary, so the line names the tool alone. */
    dispatch: agentControl === null ? null : [agentControl],
  } as const;
}
