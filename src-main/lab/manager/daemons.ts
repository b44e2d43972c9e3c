/** A daemon of the server as `wazuh-control status` lists it, in its order (wazuh.md 1.2, 4.14.7). */
export interface LabDaemon {
  readonly name: string;
  readonly isRunning: boolean;
}

/** A healthy default server: cluster, mail, agentless and csyslog are off. */
export const DAEMONS: readonly LabDaemon[] = [
  stopped('wazuh-clusterd'),
  running('wazuh-modulesd'),
  running('wazuh-monitord'),
  running('wazuh-logcollector'),
  running('wazuh-remoted'),
  running('wazuh-syscheckd'),
  running('wazuh-analysisd'),
  stopped('wazuh-maild'),
  running('wazuh-execd'),
  running('wazuh-db'),
  running('wazuh-authd'),
  stopped('wazuh-agentlessd'),
  running('wazuh-integratord'),
  stopped('wazuh-csyslogd'),
  running('wazuh-apid'),
];

function running(name: string): LabDaemon {
  return { name, isRunning: true };
}

function stopped(name: string): LabDaemon {
  return { name, isRunning: false };
}
