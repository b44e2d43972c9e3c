import { describe, expect, test } from 'vitest';
import { planScan } from '../../../src-shared/domain/scan-plan.ts';
import { anAgent, aPlanInput } from '../../builders/a-scan-plan.ts';

const ACCESS = { user: 'admin', host: '10.20.1.11', port: 22, elevation: 'none', jumps: [] } as const;

function exactAs(change: object): readonly string[] {
  return planScan(aPlanInput({ access: { ...ACCESS, ...change } })).exact;
}

describe('planning a scan', () => {
  test('a current agent gets the wrapper by its file name, with the option as an argument', () => {
    const plan = planScan(aPlanInput());
    expect(plan.exact).toEqual([
      'PUT /active-response?agents_list=001',
      '{"command":"!kaspersky","arguments":["--full_scan"]}',
    ]);
    expect(plan.reports).toBe('launch');
    expect(plan.caveats.join(' ')).toContain('may be killed at its first line');
  });

  test('managers before 4.8 get the field that later ones turn down', () => {
    const plan = planScan(aPlanInput({ managerVersion: '4.7.5' }));
    expect(plan.exact[1]).toBe('{"command":"kaspersky","custom":true,"arguments":["--full_scan"]}');
  });

  test('an agent before 4.2 gets kaspersky.sh and the words its script skips', () => {
    const plan = planScan(aPlanInput({ agent: anAgent({ version: '4.1.5' }) }));
    expect(plan.exact[1]).toBe(
      '{"command":"!kaspersky.sh","arguments":["-","-","-","-","-","-","--full_scan"]}',
    );
  });

  test('a 3.x manager is asked at the agent’s own address, without an exclamation mark', () => {
    const input = aPlanInput({ managerVersion: '3.13.6', agent: anAgent({ version: '3.13.6' }) });
    expect(planScan(input).exact).toEqual([
      'PUT /active-response/001',
      '{"command":"kaspersky.sh","custom":true,"arguments":["-","-","-","-","-","-","--full_scan"]}',
    ]);
  });

  test('without an API an old agent is reached through agent_control by the name in ar.conf', () => {
    const base = aPlanInput({ managerVersion: '3.13.6', agent: anAgent({ version: '3.13.6' }) });
    const manager = { ...base.manager, api: null, responseNames: ['kaspersky-full0'] };
    expect(planScan({ ...base, manager }).exact).toEqual([
      '/var/ossec/bin/agent_control -b --full_scan -f kaspersky-full0 -u 001',
    ]);
    const bare = planScan({ ...base, manager: { ...manager, responseNames: [] } });
    expect(bare.refusal?.message).toContain('ar.conf on the manager has no kaspersky-full0');
  });

  test('agent_control is not used for agents from 4.2 on: it would report success and start nothing', () => {
    const base = aPlanInput({ chosen: { route: 'agent-control', program: null } });
    expect(planScan(base).refusal?.message).toContain('agent_control');
  });

  test('SSH to the agent is preferred, and tasks are started by name', () => {
    const plan = planScan(aPlanInput({ access: ACCESS, kesVersion: '12.1.0' }));
    expect(plan.route).toBe('agent-ssh');
    expect(plan.exact).toEqual([
      'ssh admin@10.20.1.11',
      '/opt/kaspersky/kesl/bin/kesl-control --start-task Scan_My_Computer',
    ]);
    expect(plan.alternatives).toContainEqual({ route: 'api', program: 'wrapper' });
  });

  test('what is run as root is shown with sudo, and a port of its own is in the line', () => {
    const started = '/opt/kaspersky/kesl/bin/kesl-control --start-task Scan_My_Computer';
    expect(exactAs({ elevation: 'sudo', port: 2222 })).toEqual([
      'ssh -p 2222 admin@10.20.1.11',
      `sudo -n -- ${started}`,
    ]);
    expect(exactAs({ jumps: ['verdict@mgr.example:2222'], port: 2200 })[0]).toBe(
      'ssh -J verdict@mgr.example:2222 -p 2200 admin@10.20.1.11',
    );
    expect(exactAs({ elevation: 'sudo-password' })[1]).toBe(`sudo -S -- ${started}`);
    expect(exactAs({ elevation: 'sudo', user: 'root' })[1]).toBe(started);
  });

  test('our script on the agent is preferred to the wrapper and reports results', () => {
    const plan = planScan(aPlanInput({ script: 'installed', kind: 'folder', path: '/srv/up load' }));
    expect(plan).toMatchObject({ route: 'api', program: 'script', reports: 'result' });
    expect(plan.exact[1]).toBe(
      '{"command":"!verdict-desk-kes","arguments":["--order=folder,abcdefgh12345678,as-set,/srv/up load"]}',
    );
  });

  test('a script that was installed by hand is used when a person chooses it, and said to be unseen', () => {
    const chosen = { route: null, program: 'script' as const };
    const plan = planScan(aPlanInput({ script: 'unknown', chosen }));
    expect(plan).toMatchObject({ program: 'script', refusal: null });
    expect(plan.caveats.join(' ')).toContain('Nobody here has seen our script');
    expect(planScan(aPlanInput({ script: 'absent', chosen })).refusal?.remedy).toContain('by hand');
    expect(planScan(aPlanInput({ script: 'unknown' })).program).toBe('wrapper');
  });

  test('memory on a version without that task becomes a task of our own, and never number 5', () => {
    const plan = planScan(aPlanInput({ access: ACCESS, kind: 'memory', kesVersion: '11.3.0' }));
    expect(plan.exact.slice(1)).toEqual([
      '/opt/kaspersky/kesl/bin/kesl-control --create-task Verdict_Desk_Memory --type ODS',
      '/opt/kaspersky/kesl/bin/kesl-control --set-settings Verdict_Desk_Memory ScanFiles=No ScanComputerMemory=Yes',
      '/opt/kaspersky/kesl/bin/kesl-control --start-task Verdict_Desk_Memory',
    ]);
    expect(plan.caveats.join(' ')).toContain('No such task on 11.3');
  });

  test.each(['11.2.0', '12.4.0', undefined])(
    'the wrapper’s memory and boot scans are refused on KES %s: their numbers may mean something else',
    (kesVersion) => {
      for (const kind of ['memory', 'boot'] as const) {
        const input = aPlanInput({ kind, ...(kesVersion === undefined ? {} : { kesVersion }) });
        expect(planScan(input).refusal?.message).toMatch(/numbers 4 and 5/);
      }
    },
  );

  test('the wrapper runs them where they exist', () => {
    expect(planScan(aPlanInput({ kind: 'boot', kesVersion: '10.1.1-6421' })).exact[1]).toContain(
      '"--boot_scan"',
    );
  });

  test('looking only is not asked of a wrapper that would lose the option and disinfect', () => {
    const input = aPlanInput({ kind: 'file', path: '/srv/a', action: 'skip' });
    expect(planScan(input).refusal?.message).toContain('would disinfect');
    const old = planScan({ ...input, agent: anAgent({ version: '4.0.4' }) });
    expect(old.exact[1]).toContain('"--custom_scan_file","/srv/a","--action","Skip"');
  });

  test.each(['/srv/a b', '/srv/$(id)', "/srv/it's", '/srv/a;b'])(
    'the wrapper never gets the path %s',
    (path) => {
      expect(planScan(aPlanInput({ kind: 'file', path })).refusal?.message).toContain('splits such a path');
    },
  );

  test('a current agent’s script may take any plain path', () => {
    const input = aPlanInput({ kind: 'file', path: '/srv/$(id), b', script: 'installed' });
    expect(planScan(input).refusal).toBeNull();
    expect(planScan({ ...input, agent: anAgent({ version: '3.13.6' }) }).refusal).not.toBeNull();
  });

  test.each(['/srv/a "quoted" name', '/srv/back\\slash'])(
    'our script turns the path %s down, so that it is not sent',
    (path) => {
      const refusal = planScan(aPlanInput({ script: 'installed', kind: 'file', path })).refusal;
      expect(refusal?.remedy).toContain('SSH access of its own');
    },
  );

  test('a path that is too long for the message to an old agent is not sent', () => {
    const agent = anAgent({ version: '3.13.6' });
    const path = `/srv/${'a'.repeat(900)}`;
    for (const script of ['installed', 'absent'] as const)
      expect(planScan(aPlanInput({ agent, script, kind: 'file', path })).refusal?.message).toContain('1024');
    expect(planScan(aPlanInput({ script: 'installed', kind: 'file', path })).refusal).toBeNull();
  });

  test.each([
    [anAgent({ osPlatform: 'windows', osName: 'Microsoft Windows 11 Pro' }), /no KES for Linux/],
    [anAgent({ status: 'never-connected' }), /never connected/],
    [anAgent({ status: 'disconnected' }), /disconnected/],
    [anAgent({ version: null }), /version is not known/],
    [anAgent({ agentId: '000' }), /no active responses of this kind/],
    [anAgent({ version: '5.0.0' }), /no Kaspersky wrapper/],
  ])('an agent that cannot be scanned is explained, not tried', (agent, words) => {
    const plan = planScan(aPlanInput({ agent }));
    expect(plan).toMatchObject({ route: null, exact: [], dispatch: null });
    expect(plan.refusal?.message).toMatch(words);
    expect(plan.refusal?.remedy).not.toBe('');
  });

  test('an agent that is away is planned when it may be waited for', () => {
    const waitsUntil = '2026-11-22T10:00:00.000Z';
    const plan = planScan(aPlanInput({ agent: anAgent({ status: 'disconnected' }), waitsUntil }));
    expect(plan).toMatchObject({ refusal: null, waitsUntil });
  });

  test('without rights on the API the reason names the missing permission', () => {
    const base = aPlanInput();
    const plan = planScan({
      ...base,
      manager: { ...base.manager, api: { mayDispatch: false }, mayRunAgentControl: false },
    });
    expect(plan.refusal?.remedy).toMatch(/active-response:command|agent_control|SSH/);
  });

  test('critical areas are absent before 11.2 and said to be', () => {
    const plan = planScan(aPlanInput({ access: ACCESS, kind: 'critical-areas', kesVersion: '10.1.1' }));
    expect(plan.refusal?.message).toBe('This kind is not on 10.1.');
  });
});
