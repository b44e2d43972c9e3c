import type { CapabilityFinding } from '../../../src-shared/domain/capability.ts';
import { isOptionalDaemon } from '../../../src-shared/domain/wazuh-paths.ts';
import { formatWazuhVersion } from '../../../src-shared/domain/wazuh-version.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ProbedDaemon } from './ask-daemons.ts';
import {
  holds,
  hostWay,
  isVersion5,
  missing,
  named,
  NO_HOST,
  notAskedOf,
  partly,
  troubled,
  unknown,
  userOf,
  type Finding,
  type Found,
} from './findings.ts';
import { bySudo, byWords } from './remedies.ts';
import { rootCommands } from './root-rights.ts';

/** The machine, the account on it and the installation. */
export function machineFindings(found: Found): readonly CapabilityFinding[] {
  return [
    named('shell', shell(found)),
    named('sftp', sftp(found)),
    named('installation', installation(found)),
    named('version', version(found)),
    named('daemons', daemons(found)),
    named('elevation', elevation(found)),
    named('clock', clockOf(found)),
  ];
}

function shell(found: Found): Finding {
  const { host } = found;
  const via = hostWay(found);
  if (!host) return notAskedOf(via, NO_HOST);
  if (host.hasShell.trouble) return troubled(via, host.hasShell.trouble);
  if (!host.hasShell.value) {
    return missing(
      via,
      `User ${userOf(found)} may transfer files and start no programs. New alerts are noticed within a second or so.`,
      byWords(
        'Where following within milliseconds or running the manager’s tools is wanted: take “ForceCommand internal-sftp” for this account out of /etc/ssh/sshd_config, and give it a shell.',
      ),
    );
  }
  const account = host.account.value;
  if (!account) return holds(via, 'Programs may be started.');
  const groups = account.groups.map((name) => visibleText(name)).join(', ');
  return holds(via, `User ${visibleText(account.user)} may start programs; groups: ${groups}.`);
}

function sftp(found: Found): Finding {
  const { host } = found;
  const via = hostWay(found);
  if (!host) return notAskedOf(via, NO_HOST);
  if (via === 'local') return holds(via, 'Files are read directly.');
  if (host.sftp.value) return holds(via, 'Files are read over SFTP.');
  if (host.sftp.trouble?.code !== 'manager.no-sftp') {
    return host.sftp.trouble ? troubled(via, host.sftp.trouble) : unknown(via, NO_HOST);
  }
  return missing(via, 'The SSH server offers no SFTP.', {
    words: 'Add this line, then restart the SSH server.',
    place: '/etc/ssh/sshd_config',
    lines: ['Subsystem sftp internal-sftp'],
  });
}

function installation(found: Found): Finding {
  const { host, api, profile } = found;
  const via = hostWay(found);
  if (!host) {
    const prefix = api?.prefix ?? null;
    return prefix === null ? notAskedOf('api', NO_HOST) : holds('api', `Wazuh is in ${visibleText(prefix)}.`);
  }
  if (host.prefix.trouble) return troubled(via, host.prefix.trouble);
  if (host.prefix.value === null) {
    const place = profile.prefix ?? '/var/ossec or /var/wazuh-manager';
    return missing(
      via,
      `There is no Wazuh in ${visibleText(place)}.`,
      byWords('Enter the folder that Wazuh is installed in as the prefix of this connection.'),
    );
  }
  const target = host.prefixTarget === null ? '' : `, a link to ${visibleText(host.prefixTarget)}`;
  return holds(via, `Wazuh is in ${visibleText(host.prefix.value)}${target}.`);
}

function version(found: Found): Finding {
  const { host } = found;
  const via = host?.version.value ? hostWay(found) : found.api ? 'api' : hostWay(found);
  if (!found.version) {
    const commands = host?.paths ? [rootCommands(host.paths).version] : [];
    return unknown(
      via,
      'Nothing that this account may read tells the version. It is taken for a late 4.x.',
      commands.length > 0 ? bySudo(found, commands) : null,
    );
  }
  const text = formatWazuhVersion(found.version);
  if (!isVersion5(found)) return holds(via, `Wazuh ${text}.`);
  return partly(
    via,
    `Wazuh ${text}. It has no integrator, no VirusTotal integration, no alert files, no ar.conf and no rules on disk; alerts are in the indexer, and KES responses are started there.`,
  );
}

function daemons(found: Found): Finding {
  const { host, api } = found;
  if (host?.daemons.value) return daemonWords(hostWay(found), host.daemons.value, found);
  if (api?.daemons.value && api.daemons.value.length > 0) return daemonWords('api', api.daemons.value, found);
  if (!host) return api?.daemons.trouble ? troubled('api', api.daemons.trouble) : notAskedOf('api', NO_HOST);
  const reason = host.daemons.trouble?.message ?? '';
  const { paths } = host;
  const isForRoot =
    host.hasShell.value === true && paths !== null && host.daemons.trouble?.code === 'not-asked';
  return unknown(hostWay(found), reason, isForRoot ? bySudo(found, [rootCommands(paths).status]) : null);
}

function daemonWords(via: Finding['via'], list: readonly ProbedDaemon[], { host }: Found): Finding {
  const needed = list.filter(({ name }) => !isOptionalDaemon(name));
  const stopped = needed.filter(({ isRunning }) => !isRunning).map(({ name }) => name);
  const resting = list.filter(({ name, isRunning }) => isOptionalDaemon(name) && !isRunning);
  if (stopped.length === 0) {
    const off = resting.length === 1 ? '1 optional one is off' : `${resting.length} optional ones are off`;
    const rest = resting.length === 0 ? '' : `; ${off}, which is usual`;
    return holds(via, `All ${needed.length} needed daemons run${rest}.`);
  }
  const verb = stopped.length === 1 ? 'does' : 'do';
  return missing(
    via,
    `${stopped.join(', ')} ${verb} not run.`,
    byWords(`Look for the reason in ${host?.paths?.log ?? 'ossec.log'}, then start the manager again.`, [
      'systemctl restart wazuh-manager',
    ]),
  );
}

function elevation(found: Found): Finding {
  const { host } = found;
  const via = hostWay(found);
  if (!host) return notAskedOf(via, NO_HOST);
  if (host.rights.trouble) return unknown(via, host.rights.trouble.message);
  const user = visibleText(userOf(found));
  const usual = host.paths ? usualCommands(host.paths) : [];
  const remedy = usual.length === 0 ? null : bySudo(found, usual);
  switch (host.rights.value.kind) {
    case 'root':
      return holds(via, 'The account is root.');
    case 'rules': {
      const forRoot = host.rights.value.rules.filter(({ asRoot, isForbidden }) => asRoot && !isForbidden);
      if (forRoot.length === 0) return missing(via, `sudo lets ${user} run nothing as root.`, remedy);
      const isAll = forRoot.some(({ command }) => command === 'ALL');
      return holds(via, `sudo lets ${user} run ${isAll ? 'everything' : countOf(forRoot.length)} as root.`);
    }
    case 'none':
      return missing(via, `This connection uses no sudo, so ${user} cannot run the manager’s tools.`, remedy);
    case 'password-needed':
      return missing(
        via,
        found.profile.elevation === 'sudo'
          ? `sudo asks ${user} for a password, or allows this account nothing.`
          : `sudo does not accept the password of ${user}, or allows this account nothing.`,
        remedy,
      );
    case 'no-password-kept':
      return unknown(
        via,
        'The sudo password of this connection is not kept.',
        byWords('Enter it, then check again.'),
      );
    case 'no-sudo':
      return missing(
        via,
        'sudo is not installed on the manager.',
        byWords('Install it, or sign in as root.'),
      );
  }
}

function usualCommands(paths: Parameters<typeof rootCommands>[0]): readonly (readonly string[])[] {
  const { version: versionCommand, status, listAgents } = rootCommands(paths);
  return [versionCommand, status, ...(listAgents === null ? [] : [listAgents])];
}

function countOf(commands: number): string {
  return commands === 1 ? 'one command' : `${commands} commands`;
}

const TOLERATED_MS = 5_000;

export function clockDifference({ host, api }: Found): number | null {
  return host?.clockDifferenceMs.value ?? api?.clockDifferenceMs ?? null;
}

function clockOf(found: Found): Finding {
  const differenceMs = clockDifference(found);
  const isByHost = found.host?.clockDifferenceMs.value !== null && found.host !== null;
  const via = isByHost ? hostWay(found) : found.api ? 'api' : hostWay(found);
  if (differenceMs === null) return unknown(via, 'The manager’s clock could not be asked.');
  const seconds = Math.abs(differenceMs) / 1000;
  const text = seconds < 0.05 ? 'less than 0.1' : seconds.toFixed(1);
  const side = differenceMs >= 0 ? 'ahead of' : 'behind';
  if (Math.abs(differenceMs) <= TOLERATED_MS) {
    return holds(via, `The manager’s clock is ${text} s ${side} this machine’s.`);
  }
  return partly(
    via,
    `The manager’s clock is ${text} s ${side} this machine’s: times of alerts and of lookups do not line up.`,
    byWords('Let both keep time by NTP; on the manager, as root:', ['timedatectl set-ntp true']),
  );
}
