import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A small installation of a manager in a temporary folder, with the modes of wazuh.md 1.4 and tools that answer as the
 * real ones do. Everything belongs to root; `group` stands in for the group `wazuh`. For tests that run as root.
 */
export interface ManagerTree {
  readonly prefix: string;
  /** What the tools were called with, a line each. */
  calls(): readonly string[];
  remove(): void;
}

export interface ManagerTreeOptions {
  readonly group: string;
  /** Default `4.14.7`. Before 4.2 the tools are named `ossec-*`. */
  readonly version?: string;
  readonly hasVersionFile?: boolean;
}

const FOLDERS: readonly (readonly [path: string, mode: number])[] = [
  ['', 0o750],
  ['bin', 0o750],
  ['etc', 0o770],
  ['etc/rules', 0o770],
  ['etc/shared', 0o770],
  ['logs', 0o770],
  ['logs/alerts', 0o750],
  ['queue', 0o750],
  ['queue/sockets', 0o770],
  ['queue/ossec', 0o770],
];

export function aManagerTree({
  group,
  version = '4.14.7',
  hasVersionFile = true,
}: ManagerTreeOptions): ManagerTree {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-manager-'));
  chmodSync(folder, 0o755);
  const prefix = join(folder, 'ossec');
  const callsFile = join(folder, 'calls');
  for (const [path, mode] of FOLDERS) {
    mkdirSync(join(prefix, path), { recursive: true });
    chmodSync(join(prefix, path), mode);
  }
  const write = (path: string, text: string, mode: number) => {
    writeFileSync(join(prefix, path), text);
    chmodSync(join(prefix, path), mode);
  };
  write('etc/ossec.conf', '<ossec_config>\n  <global>\n  </global>\n</ossec_config>\n', 0o660);
  write('etc/rules/local_rules.xml', '<group name="local,"></group>\n', 0o660);
  write('etc/shared/ar.conf', 'restart-ossec0 - restart-ossec.sh - 0\n', 0o640);
  write('logs/alerts/alerts.json', '{"id":"1.0"}\n', 0o640);
  write('logs/alerts/alerts.log', '** Alert 1.0: - syslog,\n', 0o640);
  write('queue/sockets/queue', '', 0o660);
  write('queue/ossec/queue', '', 0o660);
  if (hasVersionFile) write('VERSION.json', `{"version":"${version}"}\n`, 0o440);
  makeArchives(prefix);
  execFileSync('chgrp', ['-R', group, prefix]);
  const family = version.startsWith('3.') ? 'ossec' : 'wazuh';
  for (const [name, body] of Object.entries(toolsOf(family, version))) {
    write(`bin/${name}`, `#!/bin/sh\necho "${name} $*" >>${callsFile}\n${body}\n`, 0o750);
    execFileSync('chown', ['root:root', join(prefix, 'bin', name)]);
  }
  writeFileSync(callsFile, '');
  return {
    prefix,
    calls: () => execFileSync('cat', [callsFile], { encoding: 'utf8' }).split('\n').filter(Boolean),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function makeArchives(prefix: string): void {
  const month = new Date().toLocaleString('en', { month: 'short', timeZone: 'UTC' });
  const path = join(prefix, 'logs/alerts', String(new Date().getUTCFullYear()), month);
  mkdirSync(path, { recursive: true });
  chmodSync(path, 0o750);
  chmodSync(join(path, '..'), 0o750);
}

function toolsOf(family: string, version: string): Readonly<Record<string, string>> {
  const data = [
    { daemon: `${family}-analysisd`, status: 'running' },
    { daemon: `${family}-remoted`, status: 'running' },
    { daemon: `${family}-maild`, status: 'stopped' },
  ];
  const status = JSON.stringify({ error: 0, data });
  return {
    [`${family}-control`]: `case "$1" in info) echo v${version};; status) echo '${status}'; exit 1;; esac`,
    [`${family}-analysisd`]: 'exit 0',
    [`${family}-integratord`]: 'exit 0',
    agent_control: `echo '{"error":0,"data":[]}'`,
  };
}
