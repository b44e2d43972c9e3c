import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { managerConfiguration } from './configuration.ts';

/** Folders of a manager's prefix with their modes (wazuh.md section 1.4); the owner is whoever runs the lab. */
const FOLDERS: readonly (readonly [path: string, mode: number])[] = [
  ['etc', 0o770],
  ['etc/rules', 0o770],
  ['etc/decoders', 0o770],
  ['etc/shared', 0o770],
  ['logs', 0o770],
  ['logs/alerts', 0o750],
];

/** ar.conf as analysisd generates it from the configuration: the entries that restart agents come first. */
const AR_CONF = `restart-ossec0 - restart-ossec.sh - 0
restart-ossec0 - restart-ossec.cmd - 0
restart-wazuh0 - restart-ossec.sh - 0
restart-wazuh0 - restart-ossec.cmd - 0
restart-wazuh0 - restart-wazuh - 0
restart-wazuh0 - restart-wazuh.exe - 0
kaspersky-full0 - kaspersky - 0
`;

const LOCAL_RULES = `<!-- Local rules -->

<!-- Modify it at your will. -->

<group name="local,syslog,sshd,">

  <!--
  Dec 10 01:02:02 host sshd[1234]: Failed none for root from 1.1.1.1 port 1066 ssh2
  -->
  <rule id="100001" level="5">
    <if_sid>5716</if_sid>
    <srcip>1.1.1.1</srcip>
    <description>sshd: authentication failed from IP 1.1.1.1.</description>
    <group>authentication_failed,pci_dss_10.2.4,pci_dss_10.2.5,</group>
  </rule>

</group>
`;

/** Lays out the prefix; files that are there already stay as they are. */
export function layOutManager(root: string, virustotalKey: string): void {
  for (const [path, mode] of FOLDERS) mkdirSync(join(root, path), { recursive: true, mode });
  writeOnce(join(root, 'etc/ossec.conf'), managerConfiguration(virustotalKey));
  writeOnce(join(root, 'etc/shared/ar.conf'), AR_CONF);
  writeOnce(join(root, 'etc/rules/local_rules.xml'), LOCAL_RULES);
  writeOnce(join(root, 'logs/ossec.log'), '');
}

function writeOnce(path: string, text: string): void {
  if (!existsSync(path)) writeFileSync(path, text, { mode: 0o660 });
}
