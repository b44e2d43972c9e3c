import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../../src-main/app/clock.ts';
import type { Lab } from '../../../../src-main/lab/lab.ts';
import type { RootAccess } from '../../../../src-main/manager/host/root-access.ts';
import { probeCapabilities } from '../../../../src-main/manager/probe/probe-capabilities.ts';
import type { Capability, CapabilityReport } from '../../../../src-shared/domain/capability.ts';
import type { ConnectionProfile } from '../../../../src-shared/domain/connection-profile.ts';
import { aLabHost, aProfile, labAccess, type LabHost } from '../../../builders/a-lab-host.ts';
import { Labs } from '../../../builders/a-lab.ts';
import { Apis } from '../../../builders/an-api.ts';

let labs: Labs;
let apis: Apis;
let lab: Lab;
let open: LabHost[] = [];
beforeEach(async () => {
  labs = new Labs();
  apis = new Apis();
  // The manager's clock is this machine's: the difference is measured against it.
  lab = await labs.start({ clock: systemClock, historyDays: 2 });
});
afterEach(async () => {
  for (const { close } of open) await close();
  open = [];
  await apis.clean();
  await labs.clean();
});

const finding = (report: CapabilityReport, capability: Capability) => {
  const found = report.findings.find((entry) => entry.capability === capability);
  if (!found) throw new Error(`The report says nothing of ${capability}.`);
  return found;
};
const states = (report: CapabilityReport) =>
  Object.fromEntries(report.findings.map(({ capability, state }) => [capability, state]));

async function probe(
  changes: Partial<ConnectionProfile> & { readonly user?: string; readonly apiUser?: string } = {},
): Promise<CapabilityReport> {
  const { user = lab.ssh.user, apiUser, ...rest } = changes;
  const root: RootAccess = {
    elevation: rest.elevation ?? 'none',
    sudoPassword: () => Promise.resolve(lab.ssh.password),
  };
  const ssh = rest.ssh === null ? null : labAccess(lab, user);
  const labHost = ssh === null ? null : await aLabHost(lab, { user, root });
  if (labHost) open.push(labHost);
  const { hostname, port } = new URL(lab.api.url);
  apis.certificates.accept(hostname, Number(port), lab.api.fingerprint, 0);
  const passwords: Record<string, string> = {
    wazuh: lab.api.password,
    auditor: 'lab-auditor-1',
    newcomer: 'lab-newcomer-1',
  };
  const api =
    apiUser === undefined
      ? null
      : apis.stranger(lab.api.url, { user: apiUser, password: passwords[apiUser] ?? 'wrong-password' });
  return probeCapabilities({
    host: labHost?.host ?? null,
    api,
    profile: aProfile({ ...rest, ssh, api: api && { url: lab.api.url, user: apiUser ?? '' } }),
    clock: systemClock,
  });
}

describe('over the lab’s SSH and API', () => {
  test('a group member with sudo and an administrator of the API may do everything', async () => {
    const report = await probe({ elevation: 'sudo', apiUser: 'wazuh' });
    expect(report.findings.filter(({ state }) => state !== 'holds')).toEqual([]);
    expect(report.findings).toHaveLength(22);
    expect(report.manager).toMatchObject({
      hostName: 'lab-manager',
      version: '4.14.7',
      prefix: '/var/ossec',
      account: { user: 'verdict', groups: ['verdict', 'wazuh'], isRoot: false },
      clusterNode: null,
    });
    expect(report.manager.daemons).toContainEqual({ name: 'wazuh-analysisd', isRunning: true });
    expect(Math.abs(report.clockDifferenceMs ?? Infinity)).toBeLessThan(500);
    expect(report.tookMs).toBeLessThan(5000);
  });

  test('nothing on the manager is changed by it', async () => {
    const files = [
      'etc/ossec.conf',
      'etc/shared/ar.conf',
      'etc/rules/local_rules.xml',
      'queue/sockets/queue',
    ];
    const look = () =>
      files
        .map((name) => join(lab.manager.root, name))
        .map((path) => [statSync(path).mtimeMs, readFileSync(path, 'utf8')]);
    const before = look();
    await probe({ elevation: 'sudo', apiUser: 'wazuh', publishing: 'socket' });
    expect(look()).toEqual(before);
    const changing = /-t\b|restart|replace|RENAME|verdict-desk-/;
    const sent = lab.ssh.control.commands().map((line) => line.replaceAll(/verdict-desk-start/g, ''));
    expect(sent.filter((line) => changing.test(line))).toEqual([]);
    expect(
      lab.api.control
        .requests()
        .filter(({ method, path }) => method !== 'GET' && !path.includes('authenticate')),
    ).toEqual([]);
  });

  test('a group member without sudo is told which lines of sudoers are missing', async () => {
    const report = await probe();
    expect(states(report)).toMatchObject({
      'read-alerts': 'holds',
      'read-archives': 'holds',
      'read-configuration': 'holds',
      'edit-configuration': 'partly',
      'publish-outcomes': 'holds',
      elevation: 'missing',
      restart: 'missing',
      'list-agents': 'missing',
      daemons: 'unknown',
      'api-reachable': 'not-asked',
    });
    expect(finding(report, 'restart')).toMatchObject({
      found: 'User verdict may not restart the manager.',
      via: 'ssh',
      remedy: {
        place: '/etc/sudoers.d/verdict-desk',
        lines: ['verdict ALL=(root) NOPASSWD: /var/ossec/bin/wazuh-control restart'],
      },
    });
    expect(finding(report, 'elevation').remedy?.lines).toEqual([
      'verdict ALL=(root) NOPASSWD: /var/ossec/bin/wazuh-control info -v',
      'verdict ALL=(root) NOPASSWD: /var/ossec/bin/wazuh-control status -j',
      'verdict ALL=(root) NOPASSWD: /var/ossec/bin/agent_control -l -j',
    ]);
    expect(finding(report, 'edit-configuration').found).toContain('makes verdict its owner instead of root');
    expect(finding(report, 'version').found).toBe('Wazuh 4.14.7.');
  });

  test('an account for files only is read over SFTP, and what takes a program is said to', async () => {
    const report = await probe({ user: 'verdict-sftp' });
    expect(states(report)).toMatchObject({
      shell: 'missing',
      sftp: 'holds',
      installation: 'holds',
      'read-alerts': 'holds',
      'read-archives': 'holds',
      'alerts-json-on': 'holds',
      'edit-configuration': 'unknown',
      'publish-outcomes': 'missing',
      clock: 'unknown',
    });
    expect(report.manager.account).toBeNull();
  });

  test('alerts.json that is switched off is told with the line that switches it on', async () => {
    const path = join(lab.manager.root, 'etc/ossec.conf');
    writeFileSync(path, readFileSync(path, 'utf8').replace('<jsonout_output>yes<', '<jsonout_output>no<'));
    const report = await probe();
    expect(finding(report, 'alerts-json-on')).toMatchObject({
      state: 'missing',
      found: 'alerts.json is switched off, and this connection follows it.',
      remedy: { place: '/var/ossec/etc/ossec.conf', lines: ['<jsonout_output>yes</jsonout_output>'] },
    });
    expect(finding(report, 'alerts-log-on').state).toBe('holds');
  });

  test('a folder that the group may not enter is told with the membership that opens it', async () => {
    chmodSync(join(lab.manager.root, 'logs/alerts'), 0o700);
    const report = await probe();
    expect(finding(report, 'read-alerts')).toMatchObject({
      state: 'missing',
      found: 'User verdict may not read alerts.json.',
      remedy: { place: null, lines: ['usermod -aG wazuh verdict'] },
    });
    expect(finding(report, 'read-alerts').remedy?.words).toMatch(
      /connect again.*may also change ossec\.conf/,
    );
  });

  test('a prefix that is not there is told', async () => {
    const report = await probe({ prefix: '/opt/wazuh' });
    expect(finding(report, 'installation')).toMatchObject({
      state: 'missing',
      found: 'There is no Wazuh in /opt/wazuh.',
    });
    expect(finding(report, 'read-alerts').state).toBe('unknown');
  });

  test(
    'a manager that stalls costs seconds, not for ever, and is told as unknown',
    { timeout: 20_000 },
    async () => {
      const labHost = await aLabHost(lab);
      open.push(labHost);
      lab.ssh.control.stall();
      const report = await probeCapabilities({
        host: labHost.host,
        api: null,
        profile: aProfile({ ssh: labAccess(lab) }),
        clock: systemClock,
      });
      await lab.ssh.control.recover();
      expect(finding(report, 'shell')).toMatchObject({
        state: 'unknown',
        found: 'No answer came within 6 seconds.',
      });
      expect(report.tookMs).toBeLessThan(8000);
    },
  );
});

describe('over the API alone', () => {
  test('what needs files is out of reach, the rest is told by the API', async () => {
    const report = await probe({ ssh: null, alertFormat: null, apiUser: 'wazuh' });
    expect(states(report)).toMatchObject({
      shell: 'not-asked',
      'read-alerts': 'not-asked',
      installation: 'holds',
      version: 'holds',
      daemons: 'holds',
      'list-agents': 'holds',
      'dispatch-responses': 'holds',
      restart: 'holds',
      'publish-outcomes': 'holds',
      'api-permissions': 'holds',
    });
    expect(report.manager).toMatchObject({ version: '4.14.7', account: null });
    expect(Math.abs(report.clockDifferenceMs ?? Infinity)).toBeLessThan(3000);
  });

  test('a user who may only read is told the policies that are missing', async () => {
    const report = await probe({ ssh: null, alertFormat: null, apiUser: 'auditor' });
    expect(finding(report, 'list-agents').state).toBe('holds');
    expect(finding(report, 'dispatch-responses')).toMatchObject({
      state: 'missing',
      found: 'The API’s user lacks active-response:command.',
    });
    const permissions = finding(report, 'api-permissions');
    expect(permissions.state).toBe('partly');
    expect(permissions.remedy?.lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        name: 'verdict-desk',
        policy: {
          actions: ['active-response:command'],
          resources: ['agent:id:*', 'agent:group:*'],
          effect: 'allow',
        },
      },
      {
        name: 'verdict-desk-2',
        policy: {
          actions: ['event:ingest', 'manager:restart', 'manager:update_config', 'rules:update'],
          resources: ['*:*:*'],
          effect: 'allow',
        },
      },
    ]);
  });

  test('a wrong password is a matter of signing in, an API that is off one of reaching it', async () => {
    const wrong = await probe({ ssh: null, apiUser: 'nobody' });
    expect(states(wrong)).toMatchObject({
      'api-reachable': 'holds',
      'api-login': 'missing',
      'api-permissions': 'unknown',
    });
    await lab.api.control.refuseConnections();
    const off = await probe({ ssh: null, apiUser: 'wazuh' });
    expect(states(off)).toMatchObject({ 'api-reachable': 'missing', 'api-login': 'unknown' });
  });
});
