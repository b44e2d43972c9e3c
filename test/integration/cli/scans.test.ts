import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { aFimJsonLine } from '../../builders/alert-lines.ts';
import { scanForm, ScansOnLab } from './scans-on-lab.ts';
import { terminalMissing } from './type-into.ts';

const world = new ScansOnLab();
beforeAll(() => world.start());
afterAll(() => world.stop());

const BY_SCRIPT = ['--route', 'api', '--program', 'script', '--wait', '--timeout', '2'];
const EICAR = '/srv/eicar.com';

describe('scan over the manager’s API', () => {
  it('a dry run shows each agent’s request and what speaks against it, and sends nothing', async () => {
    const path = '/srv/dry-run';
    const args = ['scan', '--agent', '3', '9', '010', '013', '--kind', 'file', '--path', path, '--dry-run'];
    const { code, stdout } = await world.run(args);
    expect(code).toBe(0);
    expect(stdout).toContain('PUT /active-response?agents_list=003');
    expect(stdout).toContain('verdict-desk-kes');
    expect(stdout).toMatch(/009 file-fra-1: api, wrapper; its start can be seen, its result cannot/);
    expect(stdout).toMatch(/! Wazuh’s wrapper closes kesl-control’s output/);
    expect(stdout).toMatch(/010 win-hr-03: not possible/);
    expect(stdout).toMatch(/013 .*: not possible\n {2}The agent is disconnected/);
    const look = await world.run([...args, '--look-only']);
    expect(look.stdout).toMatch(/The wrapper loses its second option .*--program script/);
    const json = await world.run([...args, '--json']);
    const plans = z
      .array(z.object({ agentId: z.string(), route: z.string().nullable() }))
      .parse(JSON.parse(json.stdout));
    expect(plans.map(({ agentId, route }) => [agentId, route])).toEqual([
      ['003', 'api'],
      ['009', 'api'],
      ['010', null],
      ['013', null],
    ]);
    expect(readFileSync(world.lab.manager.alertsJson, 'utf8')).not.toContain(path);
    const { scans } = await world.scans(['scans', '--kind', 'file']);
    expect(scans.filter(({ evidence }) => evidence.some(({ detail }) => detail.includes(path)))).toEqual([]);
  });

  it('what may harm is not sent where nobody can be asked and the call does not accept it', async () => {
    const { code, stdout, stderr } = await world.run(['scan', '--agent', '3', '--kind', 'boot']);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('Nothing was sent.\nAdd --accept-harm');
    expect((await world.scans(['scans', '--kind', 'boot'])).scans).toEqual([]);
    const json = await world.scans(['scan', '--agent', '3', '13', '--kind', 'boot']);
    expect([json.code, json.scans.map(({ agentId, id, state }) => [agentId, id, state])]).toEqual([
      1,
      [
        ['003', null, 'refused'],
        ['013', null, 'refused'],
      ],
    ]);
    expect(json.stdout).toContain('nobody is there to be asked');
  });

  it('a detection comes back as evidence through the manager’s alerts, and makes the exit code 1', async () => {
    world.lab.agents.infect('003', EICAR);
    const args = ['scan', '--agent', '3', '--kind', 'file', '--path', EICAR, '--look-only', ...BY_SCRIPT];
    const { code, scans, stderr } = await world.scans(args);
    expect(code).toBe(1);
    expect(scans).toMatchObject([
      {
        agentId: '003',
        kind: 'file',
        route: 'api',
        state: 'finished-with-detections',
        result: { detections: 1 },
      },
    ]);
    const seen = scans[0]?.evidence.map(({ what }) => what) ?? [];
    for (const what of ['requested', 'sending', 'accepted', 'launched', 'result'])
      expect(seen).toContain(what);
    expect(new Set(scans[0]?.evidence.map(({ source }) => source))).toContain('manager-api');
    expect(stderr).toContain('003 web-ams-3: finished-with-detections');
  });

  it('a clean end and a database update make it 0', async () => {
    const clean = [
      'scan',
      '--agent',
      '3',
      '--kind',
      'folder',
      '--path',
      '/opt/none',
      '--accept-harm',
      ...BY_SCRIPT,
    ];
    world.lab.agents.infect('003', '/opt/none/harmless', '');
    const folder = await world.scans(clean);
    expect([folder.code, folder.scans[0]?.state]).toEqual([0, 'finished-clean']);
    const update = await world.scans(['scan', '--agent', '3', '--kind', 'update', ...BY_SCRIPT]);
    expect([update.code, update.scans[0]?.state]).toEqual([0, 'done']);
  });

  it('an agent that cannot be asked is in the result with the reason, beside those that were', async () => {
    const args = ['scan', '--agent', '3', '13', '--kind', 'update', ...BY_SCRIPT];
    const { code, scans } = await world.scans(args);
    expect(code).toBe(1);
    expect(scans.map(({ agentId, state, id }) => [agentId, state, id === null])).toEqual([
      ['003', 'done', false],
      ['013', 'refused', true],
    ]);
    const none = await world.scans(['scan', '--agent', '13', '404', '--kind', 'update', '--wait']);
    expect([none.code, none.scans.map(({ id }) => id)]).toEqual([1, [null, null]]);
    expect(none.stdout).toContain('Let the scan wait for it, or start the agent. (--wait-offline HOURS)');
  });

  it('without --wait it returns once the manager answered; an agent that is away is waited for and can be taken back', async () => {
    world.lab.agents.disconnect('009');
    onTestFinished(() => world.lab.agents.reconnect('009'));
    const args = ['scan', '--agent', '9', '--kind', 'full', '--accept-harm', '--wait-offline', '2'];
    const { code, scans, stderr } = await world.scans(args);
    expect([code, scans[0]?.state]).toEqual([0, 'waiting-for-agent']);
    expect(stderr).toContain(`verdict-desk scans --order ${scans[0]?.orderId}`);
    const cancelled = await world.scans(['scan', 'cancel', '--order', String(scans[0]?.orderId)]);
    expect([cancelled.code, cancelled.scans.map(({ state }) => state)]).toEqual([0, ['cancelled']]);
    const again = await world.run(['scan', 'cancel', '--order', String(scans[0]?.orderId)]);
    expect([again.code, again.stderr]).toEqual([0, 'Nothing waited to be sent.\n']);
  });

  it('a first agent that did not end well holds the others, until a person says go on', async () => {
    world.lab.agents.infect('003', '/srv/canary/eicar.com');
    world.lab.agents.infect('001', '/srv/canary/harmless', '');
    const folder = ['--kind', 'folder', '--path', '/srv/canary', '--look-only'];
    const held = await world.scans(['scan', '--agent', '3', '1', ...folder, '--canary', ...BY_SCRIPT]);
    const orderId = String(held.scans[0]?.orderId);
    expect([held.code, held.scans.map(({ state }) => state)]).toEqual([
      1,
      ['finished-with-detections', 'planned'],
    ]);
    expect(held.stderr).toContain(`verdict-desk scan go-on --order ${orderId}`);
    const on = await world.scans(['scan', 'go-on', '--order', orderId, '--wait', '--timeout', '2']);
    expect(on.scans.map(({ state }) => state)).toEqual(['finished-with-detections', 'finished-clean']);
    const twice = await world.run(['scan', 'go-on', '--order', orderId]);
    expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('is not held')]);
  });

  it('scans every agent that holds a file, at its path', async () => {
    const alerts = join(world.data, 'one.json');
    writeFileSync(alerts, `${aFimJsonLine(77)}\n`);
    await world.run(['ingest', alerts, '--profile', 'lab']);
    const hash = (77).toString(16).padStart(64, '0');
    const { code, stdout } = await world.run(['scan', '--holding', hash, '--kind', 'file', '--dry-run']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('File of /srv/files/77')]);
    expect(stdout).toContain('001 web-ams-1');
    const nobody = await world.run(['scan', '--holding', 'f'.repeat(64), '--kind', 'full', '--dry-run']);
    expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('No alert told of a file')]);
    const group = await world.run(['scan', '--group', 'nobody', '--kind', 'full', '--dry-run']);
    expect([group.code, group.stderr]).toEqual([
      1,
      expect.stringContaining('no agent in a group named nobody'),
    ]);
  });

  it('a path that a terminal would obey is shown, not obeyed', async () => {
    const args = ['scan', '--agent', '3', '--kind', 'file', '--path', '/srv/\u001B[2Jx', '--dry-run'];
    const { stdout, stderr } = await world.run(args);
    expect(stdout + stderr).not.toContain('\u001B');
    expect(stdout).toContain('␛[2Jx');
  });
});

describe.skipIf(terminalMissing)(`consent at a terminal ${terminalMissing ?? ''}`, () => {
  const CONSENT = 'File /srv/consent/x on web-ams-3 (003)? (yes/no)';
  const SCAN = ['scan', '--agent', '3', '--kind', 'file', '--path', '/srv/consent/x', ...BY_SCRIPT];

  it('is asked for with what may happen and the names of the hosts; anything but yes sends nothing', async () => {
    const before = await world.scans(['scans', '--kind', 'file']);
    for (const typed of ['y\r', '\r', '\u0003']) {
      const { code, shown } = await world.type(SCAN, [[CONSENT, typed]]);
      expect(code).not.toBe(0);
      expect(shown).toContain('KES may disinfect and delete what it finds');
      expect(shown).toContain('Nothing was sent.');
    }
    expect(await world.scans(['scans', '--kind', 'file'])).toMatchObject({ scans: before.scans });
  });

  it('yes sends it, and the call that accepts harm is not asked', async () => {
    world.lab.agents.infect('003', '/srv/consent/x', '');
    const agreed = await world.type(SCAN, [[CONSENT, 'yes\r']]);
    expect(agreed.shown).toContain('Nothing detected');
    expect(agreed.code).toBe(0);
    const unasked = await world.type([...SCAN, '--accept-harm'], []);
    expect(unasked.shown).not.toContain('(yes/no)');
    expect(unasked.code).toBe(0);
  });
});

describe('scan over agent_control, on a connection without an API', () => {
  it('asks what agents before 4.2 are, and sends to them alone', async () => {
    const data = mkdtempSync(join(tmpdir(), 'verdict-desk-no-api-'));
    onTestFinished(() => rmSync(data, { recursive: true, force: true }));
    const { ssh } = world.lab;
    const way = ['--ssh', `${ssh.user}@${ssh.host}:${ssh.port}`, '--identity', ssh.keyPath, '--sudo'];
    const known = ['--prefix', ssh.prefix, '--no-archives', '--accept-host-key', ssh.fingerprint];
    await world.run(['profile', 'add', 'bare', ...way, ...known], { data });
    const args = ['scan', '--agent', '3', '10', '12', '--kind', 'update', '--program', 'script', '--json'];
    const { code, stdout } = await world.run([...args, '--wait', '--timeout', '2'], { data });
    expect(code).toBe(1);
    expect(
      z
        .array(scanForm)
        .parse(JSON.parse(stdout))
        .map(({ agentId, route, state }) => [agentId, route, state]),
    ).toEqual([
      ['012', 'agent-control', 'done'],
      ['003', null, 'refused'],
      ['010', null, 'refused'],
    ]);
    expect(stdout).toContain('agent_control hands no arguments to agents from 4.2 on');
    expect(stdout).toContain('has no KES for Linux');
  });
});

describe('scans, audit and who holds the data folder', () => {
  it('a second writer is told who follows a scan; readers work; Ctrl-C leaves the scan open', async () => {
    world.lab.agents.change('003', { fullScanMs: 3_600_000 });
    const child = world.spawn([
      'scan',
      '--agent',
      '3',
      '--kind',
      'full',
      '--accept-harm',
      ...BY_SCRIPT,
      '--json',
    ]);
    const ended = once(child, 'close');
    const out = text(child.stdout ?? process.stdin);
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => (said += piece));
    await vi.waitFor(() => expect(said).toContain('003 web-ams-3: running'), { timeout: 30_000 });

    const other = await world.run(['scan', '--agent', '3', '--kind', 'update']);
    expect([other.code, other.stderr]).toEqual([
      1,
      expect.stringContaining(`verdict-desk scan (process ${child.pid}`),
    ]);
    const running = await world.scans(['scans', '--state', 'running', '--agent', '3']);
    expect(running.scans).toHaveLength(1);
    const table = await world.run(['scans', '--state', 'running', '--evidence']);
    expect(table.stdout).toMatch(/accepted +manager-api/);

    child.kill('SIGINT');
    expect((await ended)[0]).toBe(1);
    expect(said).toContain('Interrupted: 1 scan is left open.');
    expect(JSON.parse(await out)).toMatchObject([{ state: 'running' }]);
    const id = String(running.scans[0]?.id);
    const stop = await world.run(['scan', 'cancel', id]);
    expect([stop.code, stop.stderr]).toEqual([
      1,
      expect.stringContaining('This way cannot stop a scan that was sent.'),
    ]);
    expect((await world.run(['scan', 'cancel', '99999'])).stderr).toContain('There is no scan 99999.');
  });

  it('the audit trail tells who asked what, proves itself, and is exported once', async () => {
    const whole = z.object({
      isWhole: z.boolean(),
      total: z.number(),
      entries: z.array(z.object({ deed: z.string(), detail: z.string() })),
    });
    const { code } = await world.run(['scan', '--agent', '3', '--kind', 'update', '--route', 'api']);
    expect(code).toBe(0);
    const trail = whole.parse(JSON.parse((await world.run(['audit', '--json'])).stdout));
    expect(trail.isWhole).toBe(true);
    expect(trail.entries[0]).toMatchObject({ deed: 'scan update', detail: '1 agent: lab/003' });
    expect((await world.run(['audit', '--verify'])).stdout).toContain('the chain of hashes holds');
    const file = join(world.data, 'audit.jsonl');
    expect((await world.run(['audit', '--export', file])).code).toBe(0);
    expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(trail.total + 1);
    const again = await world.run(['audit', '--export', file]);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('EEXIST')]);
    const printed = await world.run(['audit', '--export', '-']);
    expect(printed.stdout.split('\n').slice(1)).toEqual(readFileSync(file, 'utf8').split('\n').slice(1));
  });
});

describe('the words of a call about scans', () => {
  const nowhere = join(world.data, 'nowhere');
  it.each([
    [['scan'], 'Which agents is missing'],
    [['scan', '--agent', '3'], 'What to do is missing'],
    [['scan', '--agent', 'web', '--kind', 'full'], 'An agent is named by its number'],
    [['scan', '--agent', '3', '--group', 'x', '--kind', 'full'], 'named in one way'],
    [['scan', '--agent', '3', '--kind', 'everything'], 'Allowed choices are full'],
    [['scan', '--agent', '3', '--kind', 'file'], '--kind file needs --path'],
    [['scan', '--agent', '3', '--kind', 'file', '--path', 'srv'], 'A path is absolute'],
    [
      ['scan', '--agent', '3', '--kind', 'full', '--path', '/srv'],
      '--path belongs to --kind file and folder',
    ],
    [['scan', '--agent', '3', '--kind', 'full', '--look-only'], '--look-only belongs to'],
    [['scan', '--agent', '3', '--kind', 'full', '--route', 'mail'], 'Allowed choices are api'],
    [['scan', '--agent', '3', '--kind', 'full', '--program', 'cron'], 'Allowed choices are script'],
    [
      ['scan', '--agent', '3', '--kind', 'full', '--route', 'agent-ssh', '--program', 'wrapper'],
      'go together',
    ],
    [['scan', '--agent', '3', '--kind', 'full', '--at-once', '0'], 'from 1 to 100'],
    [['scan', '--agent', '3', '--kind', 'full', '--pause', '-1'], 'from 0 to 3600'],
    [['scan', '--agent', '3', '--kind', 'full', '--wait-offline', '721'], 'from 0 to 720'],
    [['scan', '--agent', '3', '--kind', 'full', '--timeout', '0'], 'a whole number from 1 up'],
    [['scan', '--agent', '3', '--kind', 'full', '--accept-host-key', 'abc'], 'ssh-keygen -lf'],
    [['scan', '--agent', '3', '--kind', 'full', '--dry-run', '--wait'], '--dry-run sends nothing'],
    [['scan', '--agent', '3', '--kind', 'full', '--password', 'x'], "unknown option '--password'"],
    [['scan', 'frob'], 'too many arguments'],
    [['scan', 'cancel'], 'It takes the numbers of scans, or --order.'],
    [['scan', 'cancel', 'x'], 'a whole number from 1 up'],
    [['scan', 'cancel', '1', '--order', '1'], 'It takes the numbers of scans, or --order.'],
    [['scan', 'go-on'], 'Which order is missing'],
    [['scans', '--state', 'lost'], 'Allowed choices are planned'],
    [['scans', '--limit', '0'], 'a whole number from 1 up'],
    [['audit', '--verify', '--export', 'x'], '--verify and --export are two calls'],
    [['agent-access', 'set'], 'How agents are reached is missing'],
    [['agent-access', 'set', '--ssh', 'me@{ip}', '--off'], '--off excludes --ssh'],
    [['agent-access', 'set', '--ssh', 'me@{address}'], 'Known are {ip}, {name} and {id}'],
    [['agent-access', 'set', '--ssh', 'me@{ip}', '--auth', 'key'], '--auth key needs --identity'],
    [['agent-access', 'set', '--ssh', 'me@{ip}', '--prefix', 'ossec'], '--prefix is an absolute path'],
    [['agent-script', 'install'], 'Which agents is missing'],
    [['agent-script', 'frob'], "unknown command 'frob'"],
  ])('%j ends with exit code 2 and says why', async (args, words) => {
    const { code, stdout, stderr } = await world.run(['--data', nowhere, ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
    expect(existsSync(nowhere)).toBe(false);
  });

  it('where nothing was ever set up each command says so and makes nothing', async () => {
    for (const args of [
      ['scan', '--agent', '3', '--kind', 'update'],
      ['scan', 'cancel', '1'],
      ['scan', 'go-on', '--order', '1'],
      ['agent-access', 'set', '--ssh', 'me@{ip}'],
      ['agent-access', 'show'],
      ['agent-script', 'install', '--agent', '3'],
    ]) {
      const { code, stderr } = await world.run(['--data', nowhere, ...args]);
      expect([args, code]).toEqual([args, 1]);
      expect(stderr).toContain('verdict-desk');
    }
    expect((await world.run(['--data', nowhere, 'scans', '--json'])).stdout).toBe('[]\n');
    expect((await world.run(['--data', nowhere, 'audit', '--verify'])).code).toBe(0);
    const exported = await world.run(['--data', nowhere, 'audit', '--export', '-']);
    expect(JSON.parse(exported.stdout)).toMatchObject({ format: 'verdict-desk-audit' });
    expect(existsSync(nowhere)).toBe(false);
  });

  it('--help explains each command', async () => {
    for (const args of [
      ['scan'],
      ['scan', 'cancel'],
      ['scan', 'go-on'],
      ['scans'],
      ['audit'],
      ['agent-access', 'set'],
      ['agent-script'],
    ]) {
      const { code, stdout } = await world.run([...args, '--help']);
      expect([args, code]).toEqual([args, 0]);
      expect(stdout).toContain('Usage: verdict-desk');
    }
    expect((await world.run(['scan', '--help'])).stdout).toContain('Exit codes with --wait');
  });
});
