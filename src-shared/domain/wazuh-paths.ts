import { hasTrait, type WazuhVersion } from './wazuh-version.ts';

/**
 * Where a manager keeps things (reference wazuh.md 1.2 to 1.4: `src/headers/defs.h`, `src/init/*-server.sh` and
 * `inst-functions.sh` of 3.13.6 to 5.1). All paths are absolute. Null: that version has no such thing.
 */
export interface WazuhPaths {
  readonly prefix: string;
  /** The program that starts, stops and tells the status of the daemons. Needs root. */
  readonly control: string;
  /** `ossec.conf`. */
  readonly configuration: string;
  readonly alertsFolder: string | null;
  readonly alertsJson: string | null;
  readonly alertsLog: string | null;
  /** Where an event is handed to analysisd: a datagram socket. */
  readonly queueSocket: string | null;
  /** The administrator's own rules; those that are shipped are replaced by upgrades. */
  readonly customRules: string | null;
  readonly localRules: string | null;
  readonly agentControl: string | null;
  /** Reads the whole configuration with `-t`, and rewrites ar.conf while it does (6.1). Needs root. */
  readonly analysisd: string | null;
  /** The daemon's own log. */
  readonly log: string;
  /** The Python that comes with a 4.x manager. */
  readonly python: string | null;
  /** Owner group of everything an account without root may read. */
  readonly group: string;
}

/** An unknown version counts as a late 4.x: the one most managers have. */
export function wazuhPaths(prefix: string, version: WazuhVersion | null): WazuhPaths {
  if (version && hasTrait(version, 'isWithoutIntegrator')) return pathsOf5(prefix);
  const isNamedWazuh = version === null || hasTrait(version, 'hasWazuhControl');
  const at = (path: string) => joinPrefix(prefix, path);
  return {
    prefix,
    control: at(isNamedWazuh ? 'bin/wazuh-control' : 'bin/ossec-control'),
    configuration: at('etc/ossec.conf'),
    alertsFolder: at('logs/alerts'),
    alertsJson: at('logs/alerts/alerts.json'),
    alertsLog: at('logs/alerts/alerts.log'),
    queueSocket: at(queueSocketOf(version)),
    customRules: at('etc/rules'),
    localRules: at('etc/rules/local_rules.xml'),
    agentControl: at('bin/agent_control'),
    analysisd: at(isNamedWazuh ? 'bin/wazuh-analysisd' : 'bin/ossec-analysisd'),
    log: at('logs/ossec.log'),
    python: at('framework/python/bin/python3'),
    group: version === null || hasTrait(version, 'hasWazuhGroup') ? 'wazuh' : 'ossec',
  };
}

/** The version decides nothing about the prefix before 5.0: tools resolve it from their own path. */
export const PREFIX_OF_5 = '/var/wazuh-manager';

function queueSocketOf(version: WazuhVersion | null): string {
  return version === null || hasTrait(version, 'hasSocketsFolder')
    ? 'queue/sockets/queue'
    : 'queue/ossec/queue';
}

function pathsOf5(prefix: string): WazuhPaths {
  const at = (path: string) => joinPrefix(prefix, path);
  return {
    prefix,
    control: at('bin/wazuh-manager-control'),
    configuration: at('etc/wazuh-manager.conf'),
    alertsFolder: null,
    alertsJson: null,
    alertsLog: null,
    queueSocket: null,
    customRules: null,
    localRules: null,
    agentControl: null,
    analysisd: null,
    log: at('logs/wazuh-manager.log'),
    python: at('framework/python/bin/python3'),
    group: 'wazuh-manager',
  };
}

function joinPrefix(prefix: string, path: string): string {
  return `${prefix.replace(/\/+$/, '')}/${path}`;
}

/** Daemons that may be stopped on a healthy server (1.2): their absence is no trouble. */
const OPTIONAL_DAEMONS = new Set(['clusterd', 'maild', 'agentlessd', 'integratord', 'dbd', 'csyslogd']);

/** `wazuh-maild`, `ossec-maild`, `wazuh-manager-clusterd`. */
export function isOptionalDaemon(name: string): boolean {
  return OPTIONAL_DAEMONS.has(name.replace(/^(wazuh-manager|wazuh|ossec)-/, ''));
}
