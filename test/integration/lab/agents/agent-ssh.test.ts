import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Lab } from '../../../../src-main/lab/lab.ts';
import {
  AGENT_SCRIPT,
  installScript,
  lookAtScript,
  removeScript,
} from '../../../../src-main/kes/agent-script/agent-script.ts';
import { KeslControl } from '../../../../src-main/kes/agent/kesl-control.ts';
import { lookAtAgent } from '../../../../src-main/kes/agent/preflight.ts';
import { detectPrefix } from '../../../../src-main/manager/probe/detect-prefix.ts';
import { systemClock } from '../../../../src-main/app/clock.ts';
import type { ScanKind } from '../../../../src-shared/domain/scan.ts';
import { aLabAgent, responsesOf, sendResponse } from '../../../builders/a-lab-agent.ts';
import type { LabHost } from '../../../builders/a-lab-host.ts';
import { Labs } from '../../../builders/a-lab.ts';
import { aRunScan } from '../../../builders/a-run-scan.ts';
import { Apis } from '../../../builders/an-api.ts';

const PREFIX = '/var/ossec';
const TOKEN = 'abcdefgh12345678';

// The real clock, sixty times as fast: a full scan takes a second.
const labs = new Labs();
const apis = new Apis();
let lab: Lab;
let open: LabHost[] = [];
beforeAll(async () => {
  lab = await labs.start({ clock: systemClock, speed: 60, agentScript: AGENT_SCRIPT });
});
afterEach(async () => {
  for (const { close } of open) await close();
  open = [];
});
afterAll(async () => {
  await apis.clean();
  await labs.clean();
});

async function hostOf(agent: string) {
  const reached = await aLabAgent(lab, agent);
  open.push(reached);
  return reached.host;
}

async function scan(agent: string, kind: ScanKind, path: string | null = null) {
  return aRunScan(new KeslControl(await hostOf(agent)), kind, { path });
}

describe('agents over SSH, through the manager', () => {
  test('each shows a host key of its own, IPv6 among them, Windows none', () => {
    const accesses = lab.agents.ssh();
    expect(accesses.map(({ agentId }) => agentId)).toEqual([
      '001',
      '002',
      '003',
      '004',
      '005',
      '006',
      '007',
      '008',
      '009',
      '012',
    ]);
    expect(new Set([lab.ssh.hostKey, ...accesses.map(({ hostKey }) => hostKey)]).size).toBe(11);
    expect(accesses[4]).toMatchObject({ host: 'fd00:20:2::22', port: 22 });
  });

  test.each([
    ['001', 'full', null, 'finished-clean'],
    ['001', 'memory', null, 'finished-clean'],
    ['003', 'critical-areas', null, 'finished-clean'],
    ['004', 'full', null, 'finished-clean'],
    ['008', 'memory', null, 'finished-clean'],
    ['012', 'boot', null, 'finished-clean'],
    ['001', 'realtime-off', null, 'done'],
    ['001', 'realtime-on', null, 'done'],
    ['012', 'update', null, 'done'],
    ['012', 'critical-areas', null, 'refused'],
    ['005', 'full', null, 'failed'],
    ['006', 'full', null, 'failed'],
    ['007', 'full', null, 'refused'],
    ['009', 'full', null, 'failed'],
    ['002', 'full', null, 'failed'],
  ] as const)('agent %s, %s %s: %s', async (agent, kind, path, expected) => {
    expect((await scan(agent, kind, path)).state).toBe(expected);
  });

  test.each(['001', '004', '012'])('agent %s: a file with a threat is found and told', async (agent) => {
    lab.agents.infect(agent, '/srv/bad.exe');
    const { evidence, state } = await scan(agent, 'file', '/srv/bad.exe');
    expect(state).toBe('finished-with-detections');
    expect(evidence.find(({ what }) => what === 'detection')?.facts).toMatchObject({
      path: '/srv/bad.exe',
      threat: 'EICAR-Test-File',
    });
  });

  test('what is looked at before a scan is there: version, licence, databases, load, disk', async () => {
    const host = await hostOf('001');
    const kesl = new KeslControl(host);
    const nowMs = Date.now();
    const { facts, kesVersion } = await lookAtAgent({
      host,
      kesl,
      kind: 'full',
      path: null,
      action: 'as-set',
      nowMs,
    });
    expect(kesVersion).toContain('12.1.0');
    expect(facts.filter(({ state }) => state === 'not-seen' || state === 'forbids')).toEqual([]);
    expect(facts.map(({ what }) => what)).toEqual(expect.arrayContaining(['load', 'disk', 'licence']));
  });

  test('the task list of a Russian machine comes in English where it is forced', async () => {
    const { tasks } = await new KeslControl(await hostOf('004')).tasks();
    expect(tasks.find(({ id }) => id === 1)).toMatchObject({
      name: 'File_Threat_Protection',
      stateText: 'Started',
    });
  });

  test('kesl-control is for root', async () => {
    const host = await hostOf('001');
    const { exitCode } = await host.run({ argv: ['/opt/kaspersky/kesl/bin/kesl-control', '--app-info'] });
    expect(exitCode).toBe(1);
  });

  test.each([
    ['001', 'wazuh'],
    ['008', 'ossec'],
  ])('our script is put on agent %s with group %s, works at once, and is taken away', async (id, group) => {
    const host = await hostOf(id);
    expect(await detectPrefix(host, null)).toBe(PREFIX);
    expect(await lookAtScript(host, PREFIX)).toBe('absent');
    await installScript(host, PREFIX);
    expect(await lookAtScript(host, PREFIX)).toBe('installed');
    const { stdout } = await host.run({
      argv: ['stat', '-c', '%U:%G %a', `${PREFIX}/active-response/bin/verdict-desk-kes`],
      asRoot: true,
    });
    expect(new TextDecoder().decode(stdout)).toBe(`root:${group} 750\n`);
    const dashes = id === '008' ? ['-', '-', '-', '-', '-', '-'] : [];
    await sendResponse(lab, apis, [id], {
      command: '!verdict-desk-kes',
      arguments: [...dashes, `--order=realtime-on,${TOKEN},as-set`],
    });
    const name = id === '001' ? 'web-ams-1' : 'build-01';
    await expect
      .poll(() => responsesOf(lab, name).at(-1)?.report, { timeout: 10_000 })
      .toMatchObject({ token: TOKEN, event: 'result', kind: 'realtime-on' });
    await removeScript(host, PREFIX);
    expect(await lookAtScript(host, PREFIX)).toBe('absent');
  });

  test('the script that lies there from the beginning is the one the product knows', async () => {
    expect(await lookAtScript(await hostOf('003'), PREFIX)).toBe('installed');
    expect(await lookAtScript(await hostOf('012'), PREFIX)).toBe('installed');
  });
});
