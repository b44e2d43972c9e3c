import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../src-shared/domain/alert.ts';
import { plainLine, plainText } from '../../builders/an-alert-record.ts';
import { fromJson, fromText } from '../../builders/decode-alert.ts';

/** The same alert in both forms: the fields that the manager decoded, and the log line. */
function bothForms(ruleId: string, log: string, data: object | undefined): readonly [Alert, Alert] {
  const rule = { id: ruleId, level: 3, description: 'words', groups: ['ossec', 'active_response'] };
  const text = plainText(log)
    .replace('Rule: 5760', `Rule: ${ruleId}`)
    .replace('syslog,sshd', 'ossec,active_response');
  return [fromJson(plainLine({ rule, full_log: log, data })), fromText(text)];
}

function kesInBothForms(log: string, data: object | undefined, ruleId = '17000'): readonly Alert[] {
  const rule = { id: ruleId, level: 3, description: 'words', groups: ['kaspersky'] };
  const text = plainText(log).replace('Rule: 5760', `Rule: ${ruleId}`).replace('syslog,sshd', 'kaspersky');
  return [fromJson(plainLine({ rule, full_log: log, data })), fromText(text)];
}

describe('an active response', () => {
  test.each([
    [
      'of 4.2 and later',
      '657',
      '2026/11/21 18:35:11 active-response/bin/kaspersky: {"version":1,"command":"add","parameters":{"extra_args":["--full_scan"],"program":"active-response/bin/kaspersky"}}',
      {
        command: 'add',
        parameters: { extra_args: ['--full_scan'], program: 'active-response/bin/kaspersky' },
      },
      { program: 'active-response/bin/kaspersky', command: 'add', arguments: ['--full_scan'] },
    ],
    [
      'of 3.x',
      '607',
      'Sat Nov 21 18:35:33 UTC 2026 /var/ossec/active-response/bin/kaspersky.sh add - - 1795286123.222 5104 (agent_centos) 10.0.0.5->/var/log/messages - --full_scan',
      { script: 'kaspersky.sh', type: 'add', srcip: '-' },
      { program: 'kaspersky.sh', command: 'add', arguments: ['--full_scan'] },
    ],
    [
      'in the words of kaspersky.py, which the decoder leaves empty',
      '607',
      'Sat Nov 21 18:35:12 UTC 2026 /var/ossec/active-response/bin/kaspersky.py --memory_scan',
      undefined,
      { program: 'kaspersky.py', command: null, arguments: ['--memory_scan'] },
    ],
    [
      'that ends a block',
      '602',
      'Sat Nov 21 18:35:33 UTC 2026 /var/ossec/active-response/bin/firewall-drop.sh delete - 203.0.113.45 1795286123.111 5712',
      { script: 'firewall-drop.sh', type: 'delete' },
      { program: 'firewall-drop.sh', command: 'delete', arguments: [] },
    ],
    ['that says nothing', '607', 'words', undefined, { program: null, command: null, arguments: [] }],
  ])('%s', (_name, ruleId, log, data, expected) => {
    for (const alert of bothForms(ruleId, log, data)) {
      expect(alert).toMatchObject({ kind: 'response', ...expected });
    }
  });

  test('is one also under a custom rule of its group', () => {
    for (const alert of bothForms('100400', 'words', undefined)) expect(alert.kind).toBe('response');
  });

  test('is read from the flattened lines when its JSON is cut', () => {
    const log = '2026/11/21 18:35:11 active-response/bin/kaspersky: {"version":1,"comm';
    const flattened =
      'command: add\nparameters.extra_args: ["--full_scan"]\nparameters.program: active-response/bin/kaspersky';
    const [, alert] = bothForms('657', `${log}\n${flattened}`, undefined);

    expect(alert).toMatchObject({ command: 'add', arguments: ['--full_scan'] });
  });
});

describe('a KES message', () => {
  test.each([
    ['{"TaskName":"Scan_My_Computer","TaskState":"Started"}', 'Scan_My_Computer', 'Started'],
    ['{"TaskName":"File_Monitoring","DetectName":"EICAR"}', 'File_Monitoring', null],
    ['{"TaskName":"File_Monitoring"', null, null],
    ['plain words', null, null],
  ])('%s', (tail, taskName, taskState) => {
    const data = tail.endsWith('}') ? JSON.parse(tail) : undefined;
    for (const alert of kesInBothForms(`Nov 21 18:35:15 centos7 kes[811]: ${tail}`, data)) {
      expect(alert).toMatchObject({ kind: 'kes', taskName, taskState });
    }
  });

  test('is one also under a custom rule, when the program kes wrote it', () => {
    for (const alert of kesInBothForms('Nov  1 18:35:15 centos7 kes: {}', {}, '100500'))
      expect(alert.kind).toBe('kes');
    for (const alert of kesInBothForms('Nov  1 18:35:15 centos7 other: kes: {}', {}, '100500')) {
      expect(alert.kind).toBe('other');
    }
  });
});
