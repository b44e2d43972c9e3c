import type {
  CapabilityReport,
  CapabilityRemedy,
  FindingState,
} from '../../../src-shared/domain/capability.ts';
import type { ConnectionProfile } from '../../../src-shared/domain/connection-profile.ts';
import type { WireError } from '../../../src-shared/errors/domain-error.ts';
import type { Terminal } from '../terminal.ts';
import { machineOf } from './name-machine.ts';

/** Reading alerts is what everything else stands on; a connection without a way to files has only its API. */
export function isFit(
  { alertFormat }: Pick<ConnectionProfile, 'alertFormat'>,
  report: CapabilityReport,
): boolean {
  const needed = alertFormat === null ? 'api-login' : 'read-alerts';
  const state = report.findings.find(({ capability }) => capability === needed)?.state;
  return state === 'holds' || state === 'partly';
}

const STATES: Readonly<Record<FindingState, string>> = {
  holds: 'yes',
  partly: 'partly',
  missing: 'no',
  unknown: 'unknown',
  'not-asked': 'not asked',
};

const INDENT = ' '.repeat(35);

/** What was found as a list, with what would grant the rest below each line. */
export function printReport(
  profile: ConnectionProfile,
  report: CapabilityReport & { readonly troubles: readonly WireError[] },
  terminal: Terminal,
): void {
  terminal.line(`${profile.name}: ${machineOf(profile)}${profile.api ? `, API ${profile.api.url}` : ''}`);
  terminal.line(describeManager(report));
  for (const { message, remedy } of report.troubles) terminal.line(`${message}\n${remedy}`);
  for (const { capability, state, found, remedy } of report.findings) {
    terminal.line(`${STATES[state].padEnd(9)}  ${capability.padEnd(22)}  ${found}`);
    if (remedy) printRemedy(remedy, terminal);
  }
}

function printRemedy({ words, place, lines }: CapabilityRemedy, terminal: Terminal): void {
  terminal.line(INDENT + words);
  if (lines.length > 0) terminal.line(`${INDENT}${place === null ? 'as root:' : `in ${place}:`}`);
  for (const line of lines) terminal.line(`${INDENT}  ${line}`);
}

function describeManager({ manager, clockDifferenceMs }: CapabilityReport): string {
  const { version, prefix, hostName, account, daemons, clusterNode } = manager;
  const stopped = daemons.filter(({ isRunning }) => !isRunning).map(({ name }) => name);
  const facts = [
    version === null ? 'version unknown' : `Wazuh ${version}`,
    prefix === null ? null : `in ${prefix}`,
    hostName === null ? null : `on ${hostName}`,
    clusterNode === null ? null : `node ${clusterNode}`,
    account === null ? null : `account ${account.user} (${account.groups.join(', ')})`,
    clockDifferenceMs === null ? null : `clock ${(clockDifferenceMs / 1000).toFixed(1)} s ahead`,
    stopped.length === 0 ? null : `not running: ${stopped.join(', ')}`,
  ];
  return facts.filter((fact) => fact !== null).join(', ');
}
