import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src-main/app/clock.ts';
import { LocalHost } from '../../../../src-main/manager/host/local-host.ts';
import { probeCapabilities } from '../../../../src-main/manager/probe/probe-capabilities.ts';
import type { Capability, CapabilityReport } from '../../../../src-shared/domain/capability.ts';
import type { Elevation } from '../../../../src-shared/domain/connection-profile.ts';
import { aProfile } from '../../../builders/a-lab-host.ts';
import { aManagerTree, type ManagerTree, type ManagerTreeOptions } from '../../../builders/a-manager-tree.ts';
import {
  accountsImpossible,
  aThrowAwayAccount,
  type ThrowAwayAccount,
} from '../../../builders/a-throw-away-account.ts';
import { anSshHost } from '../../../builders/an-ssh-host.ts';
import { anSshd, sshdMissing, type Sshd } from '../../../builders/an-sshd.ts';
import { accessTo } from '../../../builders/ssh-ports.ts';

const sudoMissing =
  existsSync('/usr/sbin/visudo') && existsSync('/etc/sudoers.d') ? null : 'sudo is not installed';
const missing =
  sshdMissing ??
  accountsImpossible ??
  sudoMissing ??
  (userInfo().uid === 0 ? null : 'only root may lay out the tree');

describe.skipIf(missing !== null)(`over a real sshd, with real sudo (${missing ?? 'Debian’s'})`, () => {
  let sshd: Sshd;
  let account: ThrowAwayAccount;
  let rules: string;
  let tree: ManagerTree;
  let closing: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    account = aThrowAwayAccount();
    rules = join('/etc/sudoers.d', account.user);
    // What bash reads before a command over SSH is not this product's: from the second level on it reads nothing.
    sshd = await anSshd({ lines: ['MaxSessions 10', 'SetEnv SHLVL=2'] });
  });
  afterAll(async () => {
    await sshd?.stop();
    account?.remove();
  });
  afterEach(async () => {
    for (const close of closing) await close();
    closing = [];
    rmSync(rules, { force: true });
    tree?.remove();
  });

  interface Circumstances {
    readonly user?: string;
    readonly elevation?: Elevation;
    readonly sudoPassword?: string | null;
    readonly prefix?: string;
  }

  async function probe(circumstances: Circumstances = {}): Promise<CapabilityReport> {
    const { user = account.user, elevation = 'none', sudoPassword = null } = circumstances;
    const password = () => Promise.resolve(sudoPassword);
    const { host, close } = await anSshHost(sshd, {
      access: { user },
      root: { elevation, sudoPassword: password },
    });
    closing.push(close);
    return probeCapabilities({
      host,
      api: null,
      profile: aProfile({
        ssh: accessTo(sshd, { user }),
        elevation,
        prefix: circumstances.prefix ?? tree.prefix,
      }),
      clock: systemClock,
      sudoPassword: password,
    });
  }
  const layOut = (options: Partial<ManagerTreeOptions> = {}) => {
    tree = aManagerTree({ group: account.user, ...options });
  };
  /** Writes the remedy's lines where it says they belong, as an administrator would. */
  const follow = (report: CapabilityReport, ...capabilities: readonly Capability[]) => {
    const lines = capabilities.flatMap((capability) => [...(of(report, capability).remedy?.lines ?? [])]);
    writeFileSync(rules, `${lines.join('\n')}\n`, { mode: 0o440 });
    expect(execFileSync('/usr/sbin/visudo', ['-c', '-f', rules], { encoding: 'utf8' })).toContain(
      'parsed OK',
    );
  };

  test('root may do everything, and none of the tools that change something was called', async () => {
    layOut();
    const report = await probe({ user: 'root' });
    expect(report.manager).toMatchObject({ version: '4.14.7', account: { isRoot: true } });
    expect(states(report, 'elevation', 'restart', 'validate-configuration', 'edit-configuration')).toEqual(
      Array.from({ length: 4 }, () => 'holds'),
    );
    expect(of(report, 'daemons').found).toBe(
      'All 2 needed daemons run; 1 optional one is off, which is usual.',
    );
    expect(new Set(tree.calls())).toEqual(new Set(['wazuh-control info -v', 'wazuh-control status -j']));
  });

  test('a group member may read and write files but run no tools', async () => {
    layOut();
    const report = await probe();
    expect(states(report, 'read-alerts', 'read-archives', 'read-configuration', 'publish-outcomes')).toEqual(
      Array.from({ length: 4 }, () => 'holds'),
    );
    expect(states(report, 'edit-configuration', 'edit-rules')).toEqual(['partly', 'partly']);
    expect(states(report, 'restart', 'list-agents', 'dispatch-responses')).toEqual([
      'missing',
      'missing',
      'missing',
    ]);
    expect(of(report, 'version').found).toBe('Wazuh 4.14.7.');
    expect(tree.calls()).toEqual([]);
  });

  test('the lines it names are correct to visudo and grant exactly what was missing', async () => {
    layOut();
    follow(await probe({ elevation: 'sudo' }), 'elevation');
    const after = await probe({ elevation: 'sudo' });
    expect(states(after, 'elevation', 'daemons', 'list-agents')).toEqual(['holds', 'holds', 'holds']);
    expect(of(after, 'elevation').found).toContain('run 3 commands as root');
    expect(states(after, 'restart', 'validate-configuration', 'dispatch-responses')).toEqual([
      'missing',
      'missing',
      'missing',
    ]);
    follow(after, 'restart', 'validate-configuration', 'dispatch-responses');
    expect(
      states(await probe({ elevation: 'sudo' }), 'restart', 'validate-configuration', 'dispatch-responses'),
    ).toEqual(['holds', 'holds', 'holds']);
    expect(tree.calls().filter((call) => !/control (info|status)/.test(call))).toEqual([]);
  });

  test('sudo with a password is asked with the one that is kept, and lines keep asking for it', async () => {
    layOut();
    const withPassword = { elevation: 'sudo-password', sudoPassword: account.password } as const;
    const before = await probe(withPassword);
    expect(of(before, 'elevation').state).toBe('missing');
    expect(of(before, 'restart').remedy?.lines).toEqual([
      `${account.user} ALL=(root) ${tree.prefix}/bin/wazuh-control restart`,
    ]);
    follow(before, 'elevation', 'restart');
    expect(states(await probe(withPassword), 'elevation', 'restart', 'daemons')).toEqual([
      'holds',
      'holds',
      'holds',
    ]);
    const wrong = await probe({ elevation: 'sudo-password', sudoPassword: 'another' });
    expect(of(wrong, 'elevation').found).toContain('sudo does not accept the password');
    const none = await probe({ elevation: 'sudo-password' });
    expect(of(none, 'elevation')).toMatchObject({
      state: 'unknown',
      found: 'The sudo password of this connection is not kept.',
    });
  });

  test('an account that is allowed nothing is told the group that Wazuh’s files belong to', async () => {
    layOut({ group: 'daemon' });
    const report = await probe();
    expect(of(report, 'installation').state).toBe('holds');
    for (const capability of ['read-alerts', 'read-archives', 'read-configuration', 'edit-rules'] as const) {
      expect(of(report, capability)).toMatchObject({
        state: 'missing',
        remedy: { lines: [`usermod -aG daemon ${account.user}`] },
      });
    }
    expect(of(report, 'version')).toMatchObject({ state: 'unknown' });
  });

  test('3.13 has other names: its control program, its queue', async () => {
    layOut({ version: '3.13.6' });
    const report = await probe({ elevation: 'sudo' });
    expect(report.manager.version).toBe('3.13.6');
    expect(of(report, 'restart').remedy?.lines).toEqual([
      `${account.user} ALL=(root) NOPASSWD: ${tree.prefix}/bin/ossec-control restart`,
    ]);
    expect(of(report, 'publish-outcomes').state).toBe('holds');
  });

  test('5.x is told plainly to have no alert files and no rules', async () => {
    layOut({ version: '5.0.0' });
    const report = await probe();
    expect(of(report, 'version')).toMatchObject({ state: 'partly', remedy: null });
    expect(of(report, 'version').found).toContain('no VirusTotal integration, no alert files');
    for (const capability of ['read-alerts', 'alerts-json-on', 'edit-rules', 'publish-outcomes'] as const) {
      expect(of(report, capability)).toMatchObject({ state: 'missing', remedy: null });
    }
  });

  test('a prefix that is a link is followed and named', async () => {
    layOut();
    const link = join(tree.prefix, '..', 'link');
    symlinkSync(tree.prefix, link);
    expect(of(await probe({ prefix: link }), 'installation').found).toBe(
      `Wazuh is in ${link}, a link to ${tree.prefix}.`,
    );
  });

  test('the manager on this very machine is looked at directly', async () => {
    layOut();
    const host = new LocalHost('this machine', {
      elevation: 'none',
      sudoPassword: () => Promise.resolve(null),
    });
    const report = await probeCapabilities({
      host,
      api: null,
      profile: aProfile({ isLocal: true, prefix: tree.prefix }),
      clock: systemClock,
    });
    expect(report.findings.find(({ capability }) => capability === 'restart')).toMatchObject({
      state: 'holds',
      via: 'local',
    });
    expect(Math.abs(report.clockDifferenceMs ?? Infinity)).toBeLessThan(200);
  });
});

describe.skipIf(missing !== null)(`over internal-sftp alone (${missing ?? 'Debian’s'})`, () => {
  test('files are read and everything that takes a program is said to be out of reach', async () => {
    const sshd = await anSshd({ isSftpOnly: true });
    const tree = aManagerTree({ group: 'root' });
    const { host, close } = await anSshHost(sshd);
    const report = await probeCapabilities({
      host,
      api: null,
      profile: aProfile({ ssh: accessTo(sshd), prefix: tree.prefix }),
      clock: systemClock,
    });
    await close();
    await sshd.stop();
    tree.remove();
    expect(states(report, 'shell', 'sftp', 'installation', 'version')).toEqual([
      'missing',
      'holds',
      'holds',
      'holds',
    ]);
    expect(states(report, 'read-alerts', 'read-archives', 'alerts-json-on')).toEqual([
      'holds',
      'holds',
      'holds',
    ]);
    expect(states(report, 'edit-configuration', 'restart', 'clock')).toEqual([
      'unknown',
      'missing',
      'unknown',
    ]);
  });
});

function of(report: CapabilityReport, capability: Capability) {
  const found = report.findings.find((entry) => entry.capability === capability);
  if (!found) throw new Error(`The report says nothing of ${capability}.`);
  return found;
}

function states(report: CapabilityReport, ...capabilities: readonly Capability[]) {
  return capabilities.map((capability) => of(report, capability).state);
}
