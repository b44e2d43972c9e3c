import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import { wazuhPaths, type WazuhPaths } from '../../../src-shared/domain/wazuh-paths.ts';
import type { WazuhVersion } from '../../../src-shared/domain/wazuh-version.ts';
import type { ManagerSettings } from '../../../src-shared/formats/manager-settings.ts';
import type { Clock } from '../../app/clock.ts';
import type { ManagerHost } from '../host/manager-host.ts';
import { askAccount, type ProbedAccount } from './ask-account.ts';
import { askClockDifference } from './ask-clock.ts';
import { askDaemons, type ProbedDaemon } from './ask-daemons.ts';
import { askHostName, askSettings, askVersion } from './ask-installation.ts';
import { detectPrefix } from './detect-prefix.ts';
import { readWithoutShell } from './files-without-shell.ts';
import { ask, notAsked, outputOf, type Answer } from './probe-step.ts';
import { findPrograms, readAccess, type PathAccess } from './read-access.ts';
import { askRootRights, type RootRights } from './root-rights.ts';

/** Everything that was found on the machine itself; what was not found carries its reason. */
export interface HostFacts {
  readonly kind: 'ssh' | 'local';
  readonly hasShell: Answer<boolean>;
  readonly sftp: Answer<true>;
  readonly account: Answer<ProbedAccount>;
  readonly hostName: string | null;
  /** As found; null: no installation. */
  readonly prefix: Answer<string | null>;
  /** Where the prefix really is, when it is a link. */
  readonly prefixTarget: string | null;
  readonly version: Answer<WazuhVersion>;
  readonly paths: WazuhPaths | null;
  readonly access: Answer<ReadonlyMap<string, PathAccess>>;
  readonly programs: ReadonlyMap<string, string>;
  readonly settings: Answer<ManagerSettings>;
  readonly rights: Answer<RootRights>;
  readonly daemons: Answer<readonly ProbedDaemon[]>;
  readonly clockDifferenceMs: Answer<number>;
}

export interface ProbeHostParts {
  readonly host: ManagerHost;
  readonly profile: ConnectionProfile;
  readonly clock: Clock;
  readonly sudoPassword: () => Promise<string | null>;
  readonly signal?: AbortSignal | undefined;
  /** From the API, should the machine itself not tell. */
  readonly knownVersion: Promise<WazuhVersion | null>;
}

/** Programs that can write to the queue, besides the Python that comes with the manager. */
const WRITERS = ['python3', 'perl', 'socat'];

/** Looks at the machine: first who and where, then, knowing that, what. Nothing is changed. */
export async function gatherHostFacts(parts: ProbeHostParts): Promise<HostFacts> {
  const { host, profile, clock, signal } = parts;
  const hasShell = await ask(signal, () => host.hasShell());
  if (hasShell.value === null) return unreachable(host, hasShell);
  const [sftp, prefix, account, hostName, clockDifferenceMs, programs] = await Promise.all([
    ask(signal, async () => {
      await host.list('/');
      return true as const;
    }),
    ask(signal, (limit) => detectPrefix(host, profile.prefix, limit)),
    withShell(hasShell, () => ask(signal, (limit) => askAccount(host, limit))),
    withShell(hasShell, () => ask(signal, (limit) => askHostName(host, limit))),
    withShell(hasShell, () => ask(signal, (limit) => askClockDifference(host, clock, limit))),
    withShell(hasShell, () => ask(signal, (limit) => findPrograms(host, WRITERS, limit))),
  ]);
  const rights = await withShell(hasShell, () =>
    ask(signal, (limit) =>
      askRootRights({
        host,
        profile,
        isRoot: account.value?.isRoot ?? false,
        sudoPassword: parts.sudoPassword,
        signal: limit,
      }),
    ),
  );
  const version = await askVersion({
    ...parts,
    installedAt: prefix.value,
    rights: rights.value,
    hasShell: hasShell.value,
  });
  const paths = prefix.value === null ? null : wazuhPaths(prefix.value, version.value);
  const [access, prefixTarget, settings, daemons] = await Promise.all([
    paths === null
      ? notAsked<ReadonlyMap<string, PathAccess>>(NO_INSTALLATION)
      : lookAt(parts, hasShell.value, paths),
    prefix.value === null ? null : linkTarget(parts, hasShell.value, prefix.value),
    paths === null ? notAsked<ManagerSettings>(NO_INSTALLATION) : askSettings(parts, paths, rights.value),
    paths === null
      ? notAsked<readonly ProbedDaemon[]>(NO_INSTALLATION)
      : withShell(hasShell, () => askDaemons(parts, paths, rights.value)),
  ]);
  return {
    kind: host.kind,
    hasShell,
    sftp,
    account,
    hostName: hostName.value,
    prefix,
    prefixTarget,
    version,
    paths,
    access,
    programs: programs.value ?? new Map(),
    settings,
    rights,
    daemons,
    clockDifferenceMs,
  };
}

const NO_INSTALLATION = 'No installation of Wazuh was found.';
const NO_SHELL = 'It takes a program to find out, and this account may only transfer files.';

function withShell<T>(hasShell: Answer<boolean>, question: () => Promise<Answer<T>>): Promise<Answer<T>> {
  return hasShell.value === true ? question() : Promise.resolve(notAsked<T>(NO_SHELL));
}

function lookAt({ host, clock, signal }: ProbeHostParts, hasShell: boolean, paths: WazuhPaths) {
  const wanted = pathsToLookAt(paths, clock.now());
  return ask(signal, (limit) =>
    hasShell ? readAccess(host, wanted, limit) : readWithoutShell(host, wanted, limit),
  );
}

/** Today's and yesterday's folder of the archives: either may be the only one there. */
export function archiveFolders(paths: WazuhPaths, nowMs: number): readonly string[] {
  const { alertsFolder } = paths;
  if (alertsFolder === null) return [];
  const folders = [nowMs, nowMs - 86_400_000].map((ms) => {
    const date = new Date(ms);
    const month = date.toLocaleString('en', { month: 'short', timeZone: 'UTC' });
    return `${alertsFolder}/${date.getUTCFullYear()}/${month}`;
  });
  return [...new Set(folders)];
}

function pathsToLookAt(paths: WazuhPaths, nowMs: number): readonly string[] {
  const { prefix, alertsFolder, alertsJson, alertsLog, configuration, customRules, localRules } = paths;
  const etc = configuration.replace(/\/[^/]+$/, '');
  const fixed = [prefix, alertsFolder, alertsJson, alertsLog, configuration, etc, customRules, localRules];
  const wanted = [...fixed, paths.queueSocket, paths.python, ...archiveFolders(paths, nowMs)];
  return [...new Set(wanted.filter((path) => path !== null))];
}

async function linkTarget({ host, signal }: ProbeHostParts, hasShell: boolean, prefix: string) {
  if (!hasShell) return null;
  const target = await ask(signal, (limit) => outputOf(host, ['readlink', '-f', prefix], { signal: limit }));
  const path = target.value?.trimEnd() ?? prefix;
  return path === prefix || !path.startsWith('/') ? null : path;
}

function unreachable(host: ManagerHost, hasShell: Answer<boolean>): HostFacts {
  const same = <T>(): Answer<T> =>
    hasShell.trouble ? { value: null, trouble: hasShell.trouble } : notAsked<T>('');
  return {
    kind: host.kind,
    hasShell,
    sftp: same(),
    account: same(),
    hostName: null,
    prefix: same(),
    prefixTarget: null,
    version: same(),
    paths: null,
    access: same(),
    programs: new Map(),
    settings: same(),
    rights: same(),
    daemons: same(),
    clockDifferenceMs: same(),
  };
}
