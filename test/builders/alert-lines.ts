/** FIM alerts as a 4.x manager writes them, cut down to what a decoder needs. Different for each number. */

export function aFimJsonLine(number: number, timeMs = Date.UTC(2026, 10, 21, 9)): string {
  const alert = {
    timestamp: new Date(timeMs).toISOString().replace('Z', '+0000'),
    rule: { level: 5, description: 'File added to the system.', id: '554', groups: ['ossec', 'syscheck'] },
    agent: { id: '001', name: 'web-01', ip: '10.0.0.5' },
    manager: { name: 'manager' },
    id: `${Math.floor(timeMs / 1000)}.${number}`,
    decoder: { name: 'syscheck_new_entry' },
    syscheck: {
      path: `/srv/files/${number}`,
      sha256_after: number.toString(16).padStart(64, '0'),
      event: 'added',
    },
    location: 'syscheck',
  };
  return JSON.stringify(alert);
}

/** The same alert in the text form, final blank line included. */
export function aFimTextAlert(number: number, timeMs = Date.UTC(2026, 10, 21, 9)): string {
  const seconds = Math.floor(timeMs / 1000);
  return [
    `** Alert ${seconds}.${number}: - ossec,syscheck,syscheck_entry_added,syscheck_file,`,
    '2026 Nov 21 09:00:00 (web-01) 10.0.0.5->syscheck',
    `Rule: 554 (level 5) -> 'File added to the system.'`,
    `File '/srv/files/${number}' added`,
    'Mode: realtime',
    '',
    'Attributes:',
    ' - Size: 12',
    ` - SHA256: ${number.toString(16).padStart(64, '0')}`,
    '',
    '',
  ].join('\n');
}
