import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAB_VERSION } from '../world/agent-records.ts';
import { managerConfiguration } from './configuration.ts';

/** Folders of a manager's prefix with their modes (wazuh.md section 1.4); the owner is whoever runs the lab. */
const FOLDERS: readonly (readonly [path: string, mode: number])[] = [
  ['bin', 0o750],
  ['etc', 0o770],
  ['etc/rules', 0o770],
  ['etc/decoders', 0o770],
  ['etc/shared', 0o770],
  ['logs', 0o770],
  ['logs/alerts', 0o750],
  ['queue', 0o750],
  ['queue/sockets', 0o770],
  ['framework/python/bin', 0o750],
];

/** Their places are marked; what they do is in `wazuh-programs.ts`. */
const PROGRAMS = ['bin/wazuh-control', 'bin/agent_control', 'framework/python/bin/python3'];
const PROGRAM_TEXT = 'A program of the simulated manager: the lab itself answers for it.\n';

/** ar.conf as analysisd generates it from the configuration: the entries that restart agents come first. */
const AR_CONF = `restart-ossec0 - restart-ossec.sh - 0
restart-ossec0 - restart-ossec.cmd - 0
restart-wazuh0 - restart-ossec.sh - 0
restart-wazuh0 - restart-ossec.cmd - 0
restart-wazuh0 - restart-wazuh - 0
restart-wazuh0 - restart-wazuh.exe - 0
kaspersky-full0 - kaspersky - 0
kaspersky-memory0 - kaspersky.sh - 0
verdict-desk-kes0 - verdict-desk-kes - 0
`;

/** Installed by 4.12 and later, for all to read who may enter the prefix. */
const VERSION_JSON = `{\n    "version": "${LAB_VERSION}",\n    "stage": "rc1"\n}\n`;

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

<group name="syslog,linuxkernel,">

  <!-- A full scan by Kaspersky on the machine whose network card listens -->
  <rule id="5104" level="8" overwrite="yes">
    <if_sid>5100</if_sid>
    <regex>Promiscuous mode enabled|device \\S+ entered promiscuous mode</regex>
    <description>Interface entered in promiscuous(sniffing) mode.</description>
    <mitre>
      <id>T1040</id>
    </mitre>
    <group>promisc,pci_dss_10.6.1,pci_dss_11.4,gpg13_4.13,gdpr_IV_35.7.d,hipaa_164.312.b,nist_800_53_AU.6,nist_800_53_SI.4,tsc_CC7.2,tsc_CC7.3,tsc_CC6.1,tsc_CC6.8,kaspersky_full_scan,</group>
  </rule>

</group>
`;

/** Lays out the prefix; files that are there already stay as they are. Modes do not depend on the umask. */
export function layOutManager(root: string, virustotalKey: string): void {
  for (const [path, mode] of FOLDERS) {
    mkdirSync(join(root, path), { recursive: true });
    chmodSync(join(root, path), mode);
  }
  chmodSync(root, 0o750);
  writeOnce(join(root, 'etc/ossec.conf'), managerConfiguration(virustotalKey), 0o660);
  writeOnce(join(root, 'etc/shared/ar.conf'), AR_CONF, 0o640);
  writeOnce(join(root, 'etc/rules/local_rules.xml'), LOCAL_RULES, 0o660);
  writeOnce(join(root, 'logs/ossec.log'), '', 0o660);
  writeOnce(join(root, 'VERSION.json'), VERSION_JSON, 0o440);
  writeOnce(join(root, 'queue/sockets/queue'), '', 0o660);
  for (const path of PROGRAMS) writeOnce(join(root, path), PROGRAM_TEXT, 0o750);
}

function writeOnce(path: string, text: string, mode: number): void {
  if (existsSync(path)) return;
  writeFileSync(path, text);
  chmodSync(path, mode);
}
