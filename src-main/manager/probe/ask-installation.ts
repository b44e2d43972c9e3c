import { wazuhPaths, type WazuhPaths } from '../../../src-shared/domain/wazuh-paths.ts';
import { parseWazuhVersion, type WazuhVersion } from '../../../src-shared/domain/wazuh-version.ts';
import { scanManagerSettings, type ManagerSettings } from '../../../src-shared/formats/manager-settings.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ManagerHost } from '../host/manager-host.ts';
import type { ProbeHostParts } from './host-facts.ts';
import { ask, notAsked, outputOf, type Answer } from './probe-step.ts';
import { mayRunAsRoot, rootCommands, type RootRights } from './root-rights.ts';

const LARGEST_CONFIGURATION = 4 * 1024 * 1024;

export async function askHostName(host: ManagerHost, signal: AbortSignal): Promise<string> {
  const name = (await outputOf(host, ['hostname'], { signal })).trim();
  return visibleText(name.slice(0, 255));
}

export interface VersionParts extends ProbeHostParts {
  /** Where the installation is; null: none was found. */
  readonly installedAt: string | null;
  readonly rights: RootRights | null;
  readonly hasShell: boolean;
}

/**
 * The version, by whatever may be asked: the control program (root), the file that 4.12 and later install, the package
 * manager, the file of 3.x and 4.0-4.1, the API. The first that knows is believed.
 */
export async function askVersion(parts: VersionParts): Promise<Answer<WazuhVersion>> {
  const { installedAt, signal, knownVersion } = parts;
  if (installedAt !== null) {
    for (const source of VERSION_SOURCES) {
      const told = await ask(signal, (limit) => source(parts, installedAt, limit));
      const version = parseWazuhVersion(told.value ?? '');
      if (version) return { value: version, trouble: null };
    }
  }
  const byApi = await knownVersion;
  return byApi
    ? { value: byApi, trouble: null }
    : notAsked('Nothing that this account may read tells the version.');
}

type VersionSource = (parts: VersionParts, prefix: string, signal: AbortSignal) => Promise<string | null>;

const byControl: VersionSource = async ({ host, profile, rights }, prefix, signal) => {
  const { version } = rootCommands(wazuhPaths(prefix, null));
  if (!rights || !mayRunAsRoot(rights, version, profile)) return null;
  return outputOf(host, version, { signal, asRoot: true });
};

const byFile =
  (path: (prefix: string) => string): VersionSource =>
  async ({ host }, prefix, signal) => {
    const { bytes } = await host.readFile(path(prefix), { maxBytes: 65_536, signal });
    return new TextDecoder().decode(bytes);
  };

const byPackage: VersionSource = async ({ host, hasShell }, _prefix, signal) => {
  if (!hasShell) return null;
  const debian = ['dpkg-query', '-W', '-f=${Version}', 'wazuh-manager'];
  return outputOf(host, debian, { signal }).catch(() =>
    outputOf(host, ['rpm', '-q', '--qf', '%{VERSION}', 'wazuh-manager'], { signal }),
  );
};

const VERSION_SOURCES: readonly VersionSource[] = [
  byControl,
  byFile((prefix) => `${prefix}/VERSION.json`),
  byPackage,
  byFile(() => '/etc/ossec-init.conf'),
];

/** Reads ossec.conf, as root where the account itself may not. */
export async function askSettings(
  { host, profile, signal }: ProbeHostParts,
  { configuration }: WazuhPaths,
  rights: RootRights | null,
): Promise<Answer<ManagerSettings>> {
  const read = (asRoot: boolean) =>
    ask(signal, async (limit) => {
      const options = { maxBytes: LARGEST_CONFIGURATION, signal: limit, asRoot };
      const { bytes } = await host.readFile(configuration, options);
      return scanManagerSettings(new TextDecoder().decode(bytes));
    });
  const told = await read(false);
  if (told.value !== null || told.trouble.code !== 'EACCES') return told;
  const mayCat = rights !== null && mayRunAsRoot(rights, ['/usr/bin/cat', configuration], profile);
  return mayCat ? read(true) : told;
}
