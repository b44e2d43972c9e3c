import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sudoersLines } from '../../../src-shared/formats/sudoers-lines.ts';

const STATUS = ['/var/ossec/bin/wazuh-control', 'status', '-j'];
const LIST = ['/var/ossec/bin/agent_control', '-l', '-j'];
const visudo = existsSync('/usr/sbin/visudo') ? '/usr/sbin/visudo' : null;

describe('lines of sudoers', () => {
  test('name the user, root, and each command with its arguments', () => {
    expect(sudoersLines('verdict', [STATUS, LIST], { needsPassword: false })).toEqual([
      'verdict ALL=(root) NOPASSWD: /var/ossec/bin/wazuh-control status -j',
      'verdict ALL=(root) NOPASSWD: /var/ossec/bin/agent_control -l -j',
    ]);
  });

  test('leave the password asked for where the connection gives one', () => {
    expect(sudoersLines('verdict', [STATUS], { needsPassword: true })).toEqual([
      'verdict ALL=(root) /var/ossec/bin/wazuh-control status -j',
    ]);
  });

  test('are what visudo takes for correct', ({ skip }) => {
    skip(visudo === null, 'visudo is not installed (sudo)');
    const lines = sudoersLines('verdict', [STATUS, LIST], { needsPassword: false }) ?? [];
    const said = execFileSync(visudo ?? '', ['-c', '-f', '-'], {
      input: `${lines.join('\n')}\n`,
      encoding: 'utf8',
    });
    expect(said).toContain('parsed OK');
  });

  test.each([
    'ALL',
    'ADMINS',
    '%wheel',
    '#0',
    'a ALL=(ALL) ALL',
    'a\nb',
    'DOM\\user',
    '',
    '+net',
    'x,y',
    '!x',
  ])('are not made for an account called %j', (user) => {
    expect(sudoersLines(user, [STATUS], { needsPassword: false })).toBeNull();
  });

  test.each([
    '/var/*/bin/x',
    '/var/ossec/../x',
    'ALL',
    '/a b',
    '/a,b',
    '/a\\x',
    '/',
    '/a:b',
    '/a=b',
    '/x\n/y',
  ])('are not made for a program at %j', (program) => {
    expect(sudoersLines('verdict', [[program, 'status']], { needsPassword: false })).toBeNull();
  });
});
