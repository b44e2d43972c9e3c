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

describe('the alert that triggered a response', () => {
  const dispatched =
    'Sat Nov 21 18:11:39 UTC 2026 /var/ossec/active-response/bin/kaspersky.py add - - 1795284698.51016 5104 (agent_centos) 10.0.0.5->/var/log/messages - --full_scan';

  test('is told by rule and second on a captured 3.13.6 line', () => {
    for (const alert of bothForms('607', dispatched, { script: 'kaspersky.py', type: 'add' })) {
      expect(alert).toMatchObject({
        arguments: ['--full_scan'],
        trigger: { alertId: '1795284698.51016', ruleId: '5104', description: '', timeMs: 1_795_284_698_000 },
      });
    }
  });

  test('is copied whole from 4.2 on', () => {
    const copied = {
      timestamp: '2026-11-21T18:35:11.613+0000',
      rule: { id: '5104', description: 'Interface entered in promiscuous mode.' },
      id: '1795286111.48585',
    };
    const parameters = {
      extra_args: ['--full_scan'],
      alert: copied,
      program: 'active-response/bin/kaspersky',
    };
    const data = { version: 1, command: 'add', parameters };
    const log = `2026/11/21 18:35:11 active-response/bin/kaspersky: ${JSON.stringify(data)}`;
    for (const alert of bothForms('657', log, data)) {
      expect(alert).toMatchObject({
        trigger: { ruleId: '5104', description: copied.rule.description, timeMs: 1_795_286_111_613 },
      });
    }
  });

  test.each([
    ['asked for over the API before 4.2', dispatched.replace('1795284698.51016 5104', '- -')],
    ['of agent_control', dispatched.replace('1795284698.51016 5104', 'api api')],
    ['with a rule that is none', dispatched.replace(' 5104 ', ' 5104; ')],
  ])('is not told on a line %s', (_name, log) => {
    for (const alert of bothForms('607', log, undefined)) expect(alert).toMatchObject({ trigger: null });
  });
});

describe('a line of our script', () => {
  const report = {
    scan: 'abcdefgh12345678',
    event: 'result',
    kind: 'full',
    task: 'Scan_My_Computer',
    code: 0,
    detected: 2,
  };
  const expected = {
    token: 'abcdefgh12345678',
    event: 'result',
    kind: 'full',
    code: 0,
    counts: { detected: 2, scanned: null },
  };

  test('is read from the decoder’s fields, whose values are all text', () => {
    const data = { verdict_desk: { ...report, code: '0', detected: '2' } };
    const log = `2026/11/21 18:35:11 active-response/bin/verdict-desk-kes: ${JSON.stringify({ verdict_desk: report })}`;
    for (const alert of bothForms('657', log, data)) expect(alert).toMatchObject({ report: expected });
  });

  test('is read from the words of agents before 4.2', () => {
    const log = `Sat Nov 21 18:10:36 UTC 2026 /var/ossec/active-response/bin/verdict-desk-kes add - - - - ${JSON.stringify({ verdict_desk: report })}`;
    const data = { script: 'verdict-desk-kes', type: 'add' };
    for (const alert of bothForms('607', log, data)) expect(alert).toMatchObject({ report: expected });
  });

  test.each([
    [{ ...report, scan: 'ABC' }],
    [{ ...report, scan: 7 }],
    [{ ...report, event: '__proto__' }],
    [['started']],
    [null],
  ])('that is damaged or forged reports nothing: %j', (forged) => {
    const [alert] = bothForms('657', 'words', { verdict_desk: forged });
    expect(alert).toMatchObject({ kind: 'response', report: null });
  });

  test('keeps its texts short, and knows no numbers that are none', () => {
    const [alert] = bothForms('657', 'words', {
      verdict_desk: { ...report, words: 'x'.repeat(5000), code: '-1', detected: '1e3', kind: 'format-disk' },
    });
    expect(alert).toMatchObject({ report: { code: null, kind: null, counts: { detected: null } } });
    expect(alert?.kind === 'response' && alert.report?.words?.length).toBe(1000);
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

  test('about a detection names the threat and the file', () => {
    const data = { EventType: 'ThreatDetected', DetectName: 'EICAR-Test-File', FileName: '/srv/x.exe' };
    for (const alert of kesInBothForms(`Nov 21 18:35:21 centos7 kes: ${JSON.stringify(data)}`, data)) {
      expect(alert).toMatchObject({ detection: { threat: 'EICAR-Test-File', path: '/srv/x.exe' } });
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
