import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { isSettled } from '../../../src-shared/domain/scan-state.ts';
import type { ScanRequest } from '../../../src-shared/ipc/scans.ts';
import { aKeslControl, type KeslProgram } from '../../builders/a-kesl-control.ts';
import { anAgentScript } from '../../builders/an-agent-script.ts';
import { aRequest, PROFILE } from '../../builders/a-fleet-request.ts';
import { WITHOUT_STARTUP_FILES } from '../../builders/an-ssh-host.ts';
import { anSshd, sshdMissing, type Sshd } from '../../builders/an-sshd.ts';
import { agentAccess, pin, someScans } from '../../builders/some-scans.ts';
import { accessTo } from '../../builders/ssh-ports.ts';

const missing =
  sshdMissing ?? (userInfo().uid === 0 ? null : 'kesl-control is run as root, and these tests are not');
const until = (check: () => void, timeout = 20_000) => vi.waitFor(check, { timeout, interval: 25 });

describe.skipIf(missing)(`scans over SSH to a real agent host ${missing ?? ''}`, () => {
  let sshd: Sshd;
  let kesl: KeslProgram;
  beforeAll(async () => {
    sshd = await anSshd({ lines: [WITHOUT_STARTUP_FILES] });
  });
  afterAll(() => sshd.stop());
  afterEach(() => kesl.remove());

  /** Agent 001 behind `agent`, reached directly unless said otherwise. */
  async function reached(
    choice: Parameters<typeof aKeslControl>[0] = {},
    { agent = sshd, isKnown = true }: { agent?: Sshd; isKnown?: boolean } = {},
  ) {
    kesl = aKeslControl({ fullScanMs: 1500, ...choice });
    const world = await someScans({ manager: { ssh: accessTo(sshd) }, program: kesl.path, pollMs: 50 });
    if (isKnown) pin(world, agent);
    world.store.agentKes.setAccess(PROFILE, null, agentAccess(agent));
    const launch = async (change: Partial<ScanRequest> = {}) => {
      const { scanIds } = await world.desk.launch(aRequest(change), true);
      const id = scanIds[0] ?? 0;
      const state = () => world.store.scans.scan(id)?.state ?? 'planned';
      return {
        id,
        state,
        evidence: () => world.store.scans.evidence(id),
        settled: () => until(() => expect(isSettled(state())).toBe(true)),
      };
    };
    return { ...world, launch };
  }
  const called = (...words: string[]) =>
    kesl.calls().some((call) => words.every((word, at) => call[at] === word));

  test('a full scan is started by name, followed, and its result is read', async () => {
    const { launch, store } = await reached({ infected: { '/srv/a.exe': 'EICAR-Test-File' } });
    const scan = await launch();
    await scan.settled();
    expect(scan.state()).toBe('finished-with-detections');
    expect(store.agentKes.memory(PROFILE, '001')).toMatchObject({
      kesVersion: '12.1.0.1508',
      taskNames: expect.arrayContaining(['Critical_Areas_Scan']),
    });
    expect(called('--start-task', 'Scan_My_Computer')).toBe(true);
    const seen = scan.evidence().map(({ what }) => what);
    expect(seen.filter((what, at) => what !== seen[at - 1])).toEqual([
      'requested',
      'sending',
      'accepted',
      'launched',
      'task-state',
      'detection',
      'result',
    ]);
  });

  test.each([
    ['file', '/srv/a.exe', 'finished-with-detections'],
    ['folder', '/srv', 'finished-with-detections'],
    ['memory', null, 'finished-clean'],
    ['boot', null, 'finished-clean'],
    ['critical-areas', null, 'finished-with-detections'],
    ['realtime-off', null, 'done'],
    ['realtime-on', null, 'done'],
    ['update', null, 'done'],
  ] as const)('%s ends as what was seen there', async (kind, path, expected) => {
    // These take a quarter of it: long enough to be seen running by a busy machine, too.
    const { launch } = await reached({ fullScanMs: 12_000, infected: { '/srv/a.exe': 'EICAR-Test-File' } });
    const scan = await launch({ kind, path });
    await scan.settled();
    expect(scan.state()).toBe(expected);
  });

  test('a connection that is lost in the middle is taken up again, and the task is started once', async () => {
    const own = await anSshd({ lines: [WITHOUT_STARTUP_FILES] });
    onTestFinished(() => own.stop());
    const { launch } = await reached({ fullScanMs: 6000 }, { agent: own });
    const scan = await launch();
    await until(() => expect(scan.state()).toBe('running'));
    await own.kill();
    await until(() => expect(scan.evidence().at(-1)?.what).toBe('not-seen'));
    await own.restart();
    await scan.settled();
    expect(scan.state()).toBe('finished-clean');
    expect(kesl.calls().filter(([word]) => word === '--start-task')).toHaveLength(1);
  });

  test('a task is suspended, resumed and stopped; what was stopped is not called finished', async () => {
    const { launch, desk } = await reached({ fullScanMs: 60_000 });
    const scan = await launch();
    await until(() => expect(scan.state()).toBe('running'));
    await desk.suspend(scan.id);
    await until(() => expect(scan.evidence().at(-1)?.facts).toMatchObject({ state: 'suspended' }));
    await desk.resume(scan.id);
    await until(() => expect(scan.evidence().at(-1)?.facts).toMatchObject({ state: 'started' }));
    await desk.cancel(scan.id);
    await scan.settled();
    expect(scan.state()).toBe('cancelled');
    expect(scan.evidence().map(({ what }) => what)).not.toContain('result');
  });

  test('a stop without an answer is no result either', async () => {
    const { launch, desk } = await reached({ fullScanMs: 60_000 });
    const scan = await launch();
    await until(() => expect(scan.state()).toBe('running'));
    const real = readFileSync(kesl.path, 'utf8').replace('exec ', '');
    writeFileSync(kesl.path, `${real}[ "$1" != --stop-task ] || kill -KILL $$\n`);
    await expect(desk.cancel(scan.id)).rejects.toMatchObject({ code: 'kes.refused' });
    await scan.settled();
    expect(scan.state()).toBe('cancelled');
    expect(scan.evidence().map(({ what }) => what)).not.toContain('result');
  });

  test('a policy that forbids it, a stopped service and a KES that is not there are said as they are', async () => {
    const { launch } = await reached();
    kesl.change((machine) => (machine.isLockedByPolicy = true));
    const locked = await launch();
    await locked.settled();
    expect(locked.state()).toBe('refused');
    kesl.change((machine) => Object.assign(machine, { isLockedByPolicy: false, isServiceUp: false }));
    const stopped = await launch();
    await stopped.settled();
    expect([stopped.state(), stopped.evidence().at(-1)?.facts]).toMatchObject([
      'failed',
      { result: { exitCode: 64 } },
    ]);
    kesl.remove();
    const absent = await launch();
    await absent.settled();
    expect(absent.evidence().at(-1)?.detail).toMatch(/KES is not installed there/);
  });

  test('an agent whose key is not known gets nothing; once accepted it is scanned', async () => {
    const own = await anSshd({ lines: [WITHOUT_STARTUP_FILES] });
    onTestFinished(() => own.stop());
    const { launch, desk, connections } = await reached({}, { agent: own, isKnown: false });
    const fingerprint = own.hostKeys[0]?.fingerprint ?? '';
    const purpose = { kind: 'full', path: null, action: 'as-set' } as const;
    const look = () => desk.preflights.look(aRequest().agents, purpose, new AbortController().signal);

    const refused = await launch();
    await refused.settled();
    expect(refused.state()).toBe('failed');
    expect(refused.evidence().at(-1)?.detail).toContain(fingerprint);
    expect(refused.evidence().map(({ what }) => what)).not.toContain('sending');
    const [before] = await look();
    expect(before?.problem?.need).toMatchObject({ kind: 'host-key-unknown', offered: { fingerprint } });

    connections.acceptHostKey(own.host, own.port, fingerprint);

    const [after] = await look();
    expect(after).toMatchObject({ problem: null });
    const scan = await launch();
    await scan.settled();
    expect(scan.state()).toBe('finished-clean');

    await own.restart({ hostKeys: ['ed25519'] });
    const changed = await launch();
    await changed.settled();
    expect(changed.evidence().at(-1)?.detail).toMatch(/shows a different host key/);
  });

  test('an agent that is off is waited for, and started once it is there', async () => {
    const own = await anSshd({ lines: [WITHOUT_STARTUP_FILES] });
    onTestFinished(() => own.stop());
    const { launch } = await reached({}, { agent: own });
    await own.kill();
    const hasty = await launch();
    await hasty.settled();
    expect(hasty.state()).toBe('failed');
    const patient = await launch({ rules: { ...aRequest().rules, waitHours: 1 } });
    await until(() => expect(patient.state()).toBe('waiting-for-agent'));
    await own.restart();
    await patient.settled();
    expect(patient.state()).toBe('finished-clean');
  }, 40_000);

  test('through the manager: its connection carries the one to the agent', async () => {
    const own = await anSshd({ lines: [WITHOUT_STARTUP_FILES] });
    onTestFinished(() => own.stop());
    const { launch, store, connections } = await reached({}, { agent: own });
    pin({ store }, sshd);
    store.agentKes.setAccess(PROFILE, null, agentAccess(own, { throughManager: true }));
    await connections.reconnect(store.profiles.list()[0]?.profile.id ?? 0);
    await until(() => expect(connections.status()[0]?.host?.state).toBe('connected'));
    const before = sshd.log().split('Accepted publickey').length;
    const scan = await launch();
    await scan.settled();
    expect(scan.state()).toBe('finished-clean');
    expect(sshd.log().split('Accepted publickey')).toHaveLength(before);
    expect(own.log()).toContain('Accepted publickey');
  });

  test('what a look found forbids the launch; another look clears it', async () => {
    const { desk, store } = await reached();
    kesl.change((machine) => (machine.licenceEndsMs = 1));
    const purpose = { kind: 'full', path: null, action: 'as-set' } as const;
    const look = () => desk.preflights.look(aRequest().agents, purpose, new AbortController().signal);
    await look();
    expect(store.agentKes.memory(PROFILE, '001')).toMatchObject({ kesVersion: '12.1.0.1508' });
    await expect(desk.launch(aRequest(), true)).rejects.toMatchObject({ code: 'scans.preflight-forbids' });
    kesl.change((machine) => (machine.licenceEndsMs = Date.now() + 1e10));
    await look();
    await expect(desk.launch(aRequest(), true)).resolves.toMatchObject({ scanIds: [expect.any(Number)] });
  });

  test('agents that cannot be looked at say why, each for itself', async () => {
    const { desk, store } = await reached();
    store.agentKes.setAccess(PROFILE, null, agentAccess(sshd, { host: 'agent-{id}.invalid' }));
    const agents = ['001', '404'].map((agentId) => ({ profile: PROFILE, agentId }));
    const purpose = { kind: 'full', path: null, action: 'as-set' } as const;
    const found = await desk.preflights.look(agents, purpose, new AbortController().signal);
    expect(found.map(({ agentId, problem }) => [agentId, problem === null])).toEqual([
      ['001', false],
      ['404', false],
    ]);
  });

  test('our script is put on the agent, runs there as execd calls it, and is taken away', async () => {
    const prefix = mkdtempSync(join(tmpdir(), 'verdict-desk-agent-'));
    onTestFinished(() => rmSync(prefix, { recursive: true, force: true }));
    mkdirSync(join(prefix, 'active-response/bin'), { recursive: true });
    mkdirSync(join(prefix, 'logs'));
    const { care, store } = await reached();
    const key = { profile: PROFILE, agentId: '001' };
    store.agentKes.setAccess(PROFILE, null, agentAccess(sshd, { prefix }));
    const path = join(prefix, 'active-response/bin/verdict-desk-kes');

    await care.installScript(key);

    expect((statSync(path).mode & 0o7777).toString(8)).toBe('750');
    expect(store.agentKes.memory(PROFILE, '001').script).toBe('installed');
    const order =
      '{"version":1,"origin":{"name":"node01","module":"wazuh-execd"},"command":"add","parameters":{"extra_args":["--order=full,abcdefgh12345678,as-set"],"alert":{},"program":"active-response/bin/verdict-desk-kes"}}';
    writeFileSync(path, anAgentScript(kesl.path));
    const execd = spawn(path, [], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    execd.stdin.end(`${order}\n`);
    const log = join(prefix, 'logs/active-responses.log');
    await until(() =>
      expect(existsSync(log) && readFileSync(log, 'utf8')).toMatch(/"event":"result".*"detected":0/),
    );

    await care.removeScript(key);

    expect(existsSync(path)).toBe(false);
    expect(store.agentKes.memory(PROFILE, '001').script).toBe('absent');
  });
});
