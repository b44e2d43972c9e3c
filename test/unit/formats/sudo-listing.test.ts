import { describe, expect, test } from 'vitest';
import { parseSudoListing, sudoAllows } from '../../../src-shared/formats/sudo-listing.ts';

/** As sudo 1.9.13 printed them for the same rules. */
const LONG = `Matching Defaults entries for verdict on mgr:
    env_reset, mail_badpass, use_pty

User verdict may run the following commands on mgr:

Sudoers entry:
    RunAsUsers: root
    Options: !authenticate
    Commands:
\t/var/ossec/bin/wazuh-control status -j
\t/var/ossec/bin/agent_control -l -j

Sudoers entry:
    RunAsUsers: ALL
    RunAsGroups: ALL
    Commands:
\t/usr/bin/id
\t!/bin/su
\t/bin/ls ""
\t/usr/bin/tail -n * /var/log/syslog

Sudoers entry:
    RunAsUsers: www-data
    Options: !authenticate
    Commands:
\t/usr/bin/whoami
`;
const SHORT = `User verdict may run the following commands on mgr:
    (root) NOPASSWD: /var/ossec/bin/wazuh-control status -j, /var/ossec/bin/agent_control -l -j
    (ALL : ALL) /usr/bin/id, !/bin/su, /bin/ls ""
    (www-data) NOPASSWD: /usr/bin/whoami
`;

describe.each([
  ['long', LONG],
  ['short', SHORT],
])('the %s listing', (_form, listing) => {
  const rules = parseSudoListing(listing);
  const ask = (line: string) => sudoAllows(rules, line.split(' '));

  test('a command with its arguments is allowed, with other arguments it is not', () => {
    expect(ask('/var/ossec/bin/wazuh-control status -j')).toEqual({ needsPassword: false });
    expect(ask('/var/ossec/bin/wazuh-control restart')).toBeNull();
    expect(ask('/var/ossec/bin/wazuh-control status -j -x')).toBeNull();
  });

  test('without arguments in the rule any are allowed, and "" allows none', () => {
    expect(ask('/usr/bin/id -u')).toEqual({ needsPassword: true });
    expect(ask('/bin/ls')).toEqual({ needsPassword: true });
    expect(ask('/bin/ls /root')).toBeNull();
  });

  test('what is forbidden or meant for another user is not allowed', () => {
    expect(ask('/bin/su')).toBeNull();
    expect(ask('/usr/bin/whoami')).toBeNull();
  });
});

test('the last rule that matches counts', () => {
  const rules = parseSudoListing('    (ALL) ALL\n    (root) NOPASSWD: ALL\n    (root) !/bin/sh\n');
  expect(sudoAllows(rules, ['/bin/cat', '/etc/passwd'])).toEqual({ needsPassword: false });
  expect(sudoAllows(rules, ['/bin/sh', '-c', 'id'])).toBeNull();
});

test('a hostile listing costs no time and allows nothing', () => {
  const stars = `    (root) NOPASSWD: /bin/${'*a'.repeat(2000)}b\n`.repeat(50);
  const started = performance.now();
  expect(sudoAllows(parseSudoListing(stars), [`/bin/${'a'.repeat(4000)}`])).toBeNull();
  expect(performance.now() - started).toBeLessThan(2000);
  expect(parseSudoListing('\t/bin/sh\n    nothing of the kind\n')).toEqual([]);
});
