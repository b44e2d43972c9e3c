import { compareVersions } from './api-world.ts';

const NAMES = [
  'agentlessd',
  'analysisd',
  'authd',
  'csyslogd',
  'execd',
  'integratord',
  'logcollector',
  'maild',
  'monitord',
  'remoted',
  'syscheckd',
];
/** Not configured on a default server, so they stop by themselves (wazuh.md 1.2). */
const STOPPED = new Set(['agentlessd', 'csyslogd', 'maild']);

/** The daemons of a healthy manager that is no cluster node; they were renamed in 4.2. */
export function labDaemons(version: string): Readonly<Record<string, string>> {
  const prefix = compareVersions(version, '4.2.0') >= 0 ? 'wazuh' : 'ossec';
  const named = NAMES.map((name) => [`${prefix}-${name}`, STOPPED.has(name) ? 'stopped' : 'running']);
  const isApiInside = compareVersions(version, '4.0.0') >= 0;
  return Object.fromEntries([
    ...named,
    ['wazuh-clusterd', 'stopped'],
    ['wazuh-db', 'running'],
    ['wazuh-modulesd', 'running'],
    ...(isApiInside ? [['wazuh-apid', 'running']] : []),
  ]);
}
