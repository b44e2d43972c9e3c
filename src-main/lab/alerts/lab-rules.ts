/** A rule of the manager's ruleset (4.14), as far as it shows in alerts. */
export interface LabRule {
  readonly id: string;
  readonly level: number;
  readonly description: string;
  /** The raw comma list of the header: rule groups and compliance marks, in its order. */
  readonly groups: string;
  readonly mitre?: Mitre;
  /** Alerts of level 12 and up are mailed by default. */
  readonly mail?: true;
}
interface Mitre {
  readonly id: readonly string[];
  readonly tactic: readonly string[];
  readonly technique: readonly string[];
}

const FILE_MARKS =
  'pci_dss_11.5,gpg13_4.11,gdpr_II_5.1.f,hipaa_164.312.c.1,hipaa_164.312.c.2,nist_800_53_SI.7,' +
  'tsc_PI1.4,tsc_PI1.5,tsc_CC6.1,tsc_CC6.8,tsc_CC7.2,tsc_CC7.3,';
const REGISTRY_MARKS = FILE_MARKS.replace('gpg13_4.11', 'gpg13_4.13');
const SYSTEM_MARKS =
  'pci_dss_10.6.1,gpg13_10.1,gdpr_IV_35.7.d,hipaa_164.312.b,nist_800_53_AU.6,tsc_CC7.2,tsc_CC7.3,';
const LOGIN_MARKS = 'hipaa_164.312.b,nist_800_53_AU.14,nist_800_53_AC.7,';
const RESPONSE_GROUPS =
  'ossec,active_response,pci_dss_11.4,gdpr_IV_35.7.d,nist_800_53_SI.4,tsc_CC6.1,tsc_CC6.8,tsc_CC7.2,tsc_CC7.3,tsc_CC7.4,';

const STORED_DATA = mitre(['T1565.001'], ['Impact'], ['Stored Data Manipulation']);
const DELETION = mitre(
  ['T1070.004', 'T1485'],
  ['Defense Evasion', 'Impact'],
  ['File Deletion', 'Data Destruction'],
);
const REGISTRY = mitre(['T1112'], ['Defense Evasion'], ['Modify Registry']);
const GUESSING = mitre(
  ['T1110.001', 'T1021.004'],
  ['Credential Access', 'Lateral Movement'],
  ['Password Guessing', 'SSH'],
);
const ACCOUNTS = mitre(
  ['T1078'],
  ['Defense Evasion', 'Persistence', 'Privilege Escalation', 'Initial Access'],
  ['Valid Accounts'],
);
const SUDO = mitre(['T1548.003'], ['Privilege Escalation', 'Defense Evasion'], ['Sudo and Sudo Caching']);

/** FIM of files. */
export const FILE_RULES = {
  added: rule('554', 5, 'File added to the system.', fim('added', 'file') + FILE_MARKS),
  modified: rule('550', 7, 'Integrity checksum changed.', fim('modified', 'file') + FILE_MARKS, STORED_DATA),
  deleted: rule('553', 7, 'File deleted.', fim('deleted', 'file') + FILE_MARKS, DELETION),
};

/** FIM of registry values. */
export const VALUE_RULES = {
  added: rule(
    '752',
    5,
    'Registry Value Entry Added to the System',
    fim('added', 'registry') + REGISTRY_MARKS,
    REGISTRY,
  ),
  modified: rule(
    '750',
    5,
    'Registry Value Integrity Checksum Changed',
    fim('modified', 'registry') + REGISTRY_MARKS,
    joined(STORED_DATA, REGISTRY),
  ),
  deleted: rule(
    '751',
    5,
    'Registry Value Entry Deleted.',
    fim('deleted', 'registry') + REGISTRY_MARKS,
    mitre(
      ['T1070.004', 'T1485', 'T1112'],
      ['Defense Evasion', 'Impact'],
      ['File Deletion', 'Data Destruction', 'Modify Registry'],
    ),
  ),
};

/** The manager's own VirusTotal integration. */
export const VIRUSTOTAL_RULES = {
  rateLimited: rule('87101', 3, 'VirusTotal: Error: Public API request rate limit reached', 'virustotal,'),
  credentials: rule(
    '87102',
    3,
    'VirusTotal: Error: Check credentials',
    'virustotal,gdpr_IV_35.7.d,gdpr_IV_32.2,',
  ),
  timedOut: rule('87106', 3, 'VirusTotal: Error: API request timed out', 'virustotal,gdpr_IV_35.7.d,'),
  noRecords: rule('87103', 3, 'VirusTotal: Alert - No records in VirusTotal database', 'virustotal,'),
  noPositives: rule('87104', 3, 'VirusTotal: Alert - {file} - No positives found', 'virustotal,'),
  detected: {
    ...rule(
      '87105',
      12,
      'VirusTotal: Alert - {file} - {positives} engines detected this file',
      'virustotal,pci_dss_10.6.1,pci_dss_11.4,gdpr_IV_35.7.d,',
      mitre(['T1203'], ['Execution'], ['Exploitation for Client Execution']),
    ),
    mail: true as const,
  },
};

/** Active responses and KES. */
export const RESPONSE_RULES = {
  ran: rule('657', 3, 'Active response: active-response/bin/kaspersky - add', RESPONSE_GROUPS),
  plainLine: rule('607', 3, 'Active response:  - ', RESPONSE_GROUPS),
  kes: rule('17000', 3, 'Kaspersky Endpoint Security - Task {task} changed to state {state}', 'kaspersky,'),
};

/** Rule 5104 of the ruleset, overwritten in local_rules.xml so that a full scan by KES is bound to it. */
export const PROMISCUOUS: LabRule = rule(
  '5104',
  8,
  'Interface entered in promiscuous(sniffing) mode.',
  'syslog,linuxkernel,promisc,pci_dss_10.6.1,pci_dss_11.4,gpg13_4.13,gdpr_IV_35.7.d,hipaa_164.312.b,' +
    'nist_800_53_AU.6,nist_800_53_SI.4,tsc_CC7.2,tsc_CC7.3,tsc_CC6.1,tsc_CC6.8,kaspersky_full_scan,',
  mitre(['T1040'], ['Credential Access', 'Discovery'], ['Network Sniffing']),
);

/** Everything else that happens on machines. */
export const NOISE_RULES = {
  managerStarted: rule('502', 3, 'Wazuh server started.', `ossec,${SYSTEM_MARKS}`),
  agentConnected: rule('501', 3, 'New wazuh agent connected.', `ossec,${SYSTEM_MARKS}`),
  invalidUser: rule(
    '5710',
    5,
    'sshd: Attempt to login using a non-existent user',
    'syslog,sshd,authentication_failed,gdpr_IV_35.7.d,gdpr_IV_32.2,gpg13_7.1,hipaa_164.312.b,invalid_login,' +
      'nist_800_53_AU.14,nist_800_53_AC.7,nist_800_53_AU.6,pci_dss_10.2.4,pci_dss_10.2.5,pci_dss_10.6.1,' +
      'tsc_CC6.1,tsc_CC6.8,tsc_CC7.2,tsc_CC7.3,',
    GUESSING,
  ),
  failedLogin: rule(
    '5760',
    5,
    'sshd: authentication failed.',
    `syslog,sshd,authentication_failed,gdpr_IV_35.7.d,gdpr_IV_32.2,gpg13_7.1,${LOGIN_MARKS}` +
      'pci_dss_10.2.4,pci_dss_10.2.5,tsc_CC6.1,tsc_CC6.8,tsc_CC7.2,tsc_CC7.3,',
    GUESSING,
  ),
  login: rule(
    '5715',
    3,
    'sshd: authentication success.',
    `syslog,sshd,authentication_success,gdpr_IV_32.2,gpg13_7.1,gpg13_7.2,${LOGIN_MARKS}` +
      'pci_dss_10.2.5,tsc_CC6.8,tsc_CC7.2,tsc_CC7.3,',
    { ...ACCOUNTS, id: ['T1078', 'T1021'] },
  ),
  sessionOpened: rule(
    '5501',
    3,
    'PAM: Login session opened.',
    `pam,syslog,authentication_success,pci_dss_10.2.5,gpg13_7.8,gpg13_7.9,gdpr_IV_32.2,${LOGIN_MARKS}` +
      'tsc_CC6.8,tsc_CC7.2,tsc_CC7.3,',
    ACCOUNTS,
  ),
  sessionClosed: rule(
    '5502',
    3,
    'PAM: Login session closed.',
    `pam,syslog,pci_dss_10.2.5,gpg13_7.8,gpg13_7.9,gdpr_IV_32.2,${LOGIN_MARKS}tsc_CC6.8,tsc_CC7.2,tsc_CC7.3,`,
  ),
  sudo: rule(
    '5402',
    3,
    'Successful sudo to ROOT executed.',
    'syslog,sudo,pci_dss_10.2.5,pci_dss_10.2.2,gpg13_7.6,gpg13_7.8,gpg13_7.13,gdpr_IV_32.2,' +
      `${LOGIN_MARKS}nist_800_53_AC.6,tsc_CC6.8,tsc_CC7.2,tsc_CC7.3,`,
    SUDO,
  ),
  webError: rule(
    '31101',
    5,
    'Web server 400 error code.',
    'web,accesslog,attack,pci_dss_6.5,pci_dss_11.4,gdpr_IV_35.7.d,nist_800_53_SA.11,nist_800_53_SI.4,' +
      'tsc_CC6.6,tsc_CC7.1,tsc_CC8.1,tsc_CC6.1,tsc_CC6.8,tsc_CC7.2,tsc_CC7.3,',
  ),
  packageInstalled: rule(
    '2902',
    7,
    'New dpkg (Debian Package) installed.',
    'syslog,dpkg,config_changed,pci_dss_10.6.1,pci_dss_10.2.7,gpg13_4.10,gdpr_IV_35.7.d,hipaa_164.312.b,' +
      'nist_800_53_AU.6,nist_800_53_AU.14,tsc_CC7.2,tsc_CC7.3,tsc_CC6.8,tsc_CC8.1,',
  ),
};

function rule(id: string, level: number, description: string, groups: string, about?: Mitre): LabRule {
  return { id, level, description, groups, ...(about ? { mitre: about } : {}) };
}

function fim(change: string, subject: string): string {
  return `ossec,syscheck,syscheck_entry_${change},syscheck_${subject},`;
}

function mitre(id: string[], tactic: string[], technique: string[]): Mitre {
  return { id, tactic, technique };
}

function joined(a: Mitre, b: Mitre): Mitre {
  return {
    id: [...a.id, ...b.id],
    tactic: [...a.tactic, ...b.tactic],
    technique: [...a.technique, ...b.technique],
  };
}
