import { expect, test } from 'vitest';
import { agentScriptRules } from '../../../src-shared/formats/agent-script-rules.ts';
import { plainLine } from '../../builders/an-alert-record.ts';
import { fromJson } from '../../builders/decode-alert.ts';

test('the rules hang on the shipped one, are numbered as the user’s own, and keep the group they are told by', () => {
  const text = agentScriptRules();
  expect(text.match(/<if_sid>\d+<\/if_sid>/g)).toEqual([
    '<if_sid>657</if_sid>',
    '<if_sid>100940</if_sid>',
    '<if_sid>100940</if_sid>',
  ]);
  expect(text.match(/<group>active_response,<\/group>/g)).toHaveLength(3);
  // What the manager’s own parser does not take: a declaration, `\<`, unbalanced tags.
  expect(text).not.toMatch(/<\?|\\</);
  for (const tag of ['rule', 'description', 'field', 'if_sid']) {
    expect(text.match(new RegExp(`<${tag}[ >]`, 'g'))?.length).toBe(
      text.match(new RegExp(`</${tag}>`, 'g'))?.length,
    );
  }
});

test('an alert that they raise is read as the report it is', () => {
  const log = '2026/11/21 18:35:13 active-response/bin/verdict-desk-kes: {}';
  const data = {
    command: 'add',
    parameters: { program: 'active-response/bin/verdict-desk-kes', extra_args: [] },
    verdict_desk: { scan: 'abcdefgh12345678', event: 'detection', threat: 'EICAR-Test-File', path: '/srv/a' },
  };
  const rule = {
    id: '100941',
    level: 12,
    description: 'x',
    groups: ['verdict_desk', 'kaspersky', 'active_response'],
  };
  expect(fromJson(plainLine({ rule, full_log: log, data }))).toMatchObject({
    kind: 'response',
    report: { token: 'abcdefgh12345678', event: 'detection', threat: 'EICAR-Test-File' },
  });
});
