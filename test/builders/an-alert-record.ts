/** One line of alerts.json with a FIM event, in the shape of a 4.x manager; `syscheck` fields can be replaced. */
export function fimLine(
  syscheck: Readonly<Record<string, unknown>> = {},
  root: Readonly<Record<string, unknown>> = {},
): string {
  return jsonLine({
    rule: { level: 5, description: 'File added to the system.', id: '554', groups: ['ossec', 'syscheck'] },
    syscheck: {
      path: '/srv/a.bin',
      mode: 'realtime',
      size_after: '1',
      md5_after: '0cc175b9c0f1b6a831c399e269772661',
      event: 'added',
      ...syscheck,
    },
    decoder: { name: 'syscheck_new_entry' },
    location: 'syscheck',
    ...root,
  });
}

/** One line of alerts.json that is of no interest here. */
export function plainLine(root: Readonly<Record<string, unknown>> = {}): string {
  return jsonLine({
    rule: { level: 5, description: 'sshd: authentication failed.', id: '5760', groups: ['syslog', 'sshd'] },
    full_log: 'Nov 21 18:34:57 web-01 sshd[2200]: Failed password for root from 203.0.113.45 port 52000 ssh2',
    decoder: { parent: 'sshd', name: 'sshd' },
    location: '/var/log/secure',
    ...root,
  });
}

function jsonLine(root: Readonly<Record<string, unknown>>): string {
  const { rule, ...rest } = root;
  return JSON.stringify({
    timestamp: '2026-11-21T18:33:48.746+0000',
    rule,
    agent: { id: '001', name: 'web-01', ip: '10.0.0.5' },
    manager: { name: 'manager' },
    id: '1795286028.536',
    ...rest,
  });
}

/** A FIM alert of alerts.log in the words of 3.12 and later, its closing empty line included. */
export function fimText(path = '/srv/a.bin', { offset = 100, extra = '' } = {}): string {
  return [
    `** Alert 1795286028.${offset}: - ossec,syscheck,syscheck_entry_added,syscheck_file,pci_dss_11.5,`,
    '2026 Nov 21 18:33:48 (web-01) 10.0.0.5->syscheck',
    "Rule: 554 (level 5) -> 'File added to the system.'",
    `File '${path}' added`,
    'Mode: realtime',
    '',
    'Attributes:',
    ' - Size: 1',
    ' - MD5: 0cc175b9c0f1b6a831c399e269772661',
    extra,
    '',
  ].join('\n');
}

/** An alert of alerts.log that is of no interest here. */
export function plainText(words = 'Failed password for root', offset = 900): string {
  return [
    `** Alert 1795286029.${offset}: - syslog,sshd,`,
    '2026 Nov 21 18:33:49 (web-01) 10.0.0.5->/var/log/secure',
    "Rule: 5760 (level 5) -> 'sshd: authentication failed.'",
    'Src IP: 203.0.113.45',
    words,
    '',
    '',
  ].join('\n');
}
