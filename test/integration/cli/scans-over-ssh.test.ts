import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { aKeslControl, type KeslProgram } from '../../builders/a-kesl-control.ts';
import { WITHOUT_STARTUP_FILES } from '../../builders/an-ssh-host.ts';
import { anSshd, sshdMissing, type Sshd } from '../../builders/an-sshd.ts';
import { ScansOnLab } from './scans-on-lab.ts';

const SFTP = '/usr/lib/openssh/sftp-server';
const missing =
  sshdMissing ??
  (userInfo().uid === 0 ? null : 'kesl-control is run as root, and these tests are not') ??
  (existsSync(SFTP) ? null : `${SFTP} is not installed (openssh-sftp-server)`);

const on1 = (...words: readonly string[]) => ['scan', '--agent', '1', ...words];

describe.skipIf(missing)(`scan over SSH to a real agent host ${missing ?? ''}`, () => {
  const world = new ScansOnLab();
  let folder: string;
  let sshd: Sshd;
  let kesl: KeslProgram;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'verdict-desk-agent-host-'));
    await world.start();
    const door = doorTo(join(folder, 'kes/kesl-control'));
    sshd = await anSshd({ lines: [WITHOUT_STARTUP_FILES, `ForceCommand ${door}`] });
    const reached = ['--ssh', `${sshd.user}@${sshd.host}:${sshd.port}`, '--identity', sshd.clientKey.path];
    await world.run(['agent-access', 'set', '--agent', '1', ...reached]);
  });
  afterAll(async () => {
    await sshd.stop();
    await world.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    kesl = aKeslControl({
      folder: join(folder, 'kes'),
      fullScanMs: 1500,
      infected: { '/srv/a.exe': 'EICAR-Test-File' },
    });
  });
  afterEach(() => kesl.remove());

  /** The host that sshd serves has KES in a place of its own. */
  function doorTo(program: string): string {
    const path = join(folder, 'door');
    const place = `s#/opt/kaspersky/kesl/bin/kesl-control#${program}#g`;
    const lines = [
      '#!/bin/sh',
      `c=$(printf '%s' "$SSH_ORIGINAL_COMMAND" | sed '${place}')`,
      'case $c in',
      `*sftp*) exec ${SFTP} ;;`,
      // Paths are asked for on its input.
      `*'while read -r n'*) sed -u '${place}' | sh -c "$c" ;;`,
      '*) exec sh -c "$c" ;;',
      'esac',
      '',
    ];
    writeFileSync(path, lines.join('\n'));
    chmodSync(path, 0o755);
    return path;
  }

  const key = () => ['--accept-host-key', sshd.hostKeys[0]?.fingerprint ?? ''];
  const waited = () => [...key(), '--wait', '--timeout', '2'];

  it('shows how agents are reached, without a secret', async () => {
    const { stdout } = await world.run(['agent-access', 'show', '--agent', '1']);
    expect(stdout).toBe(`lab, agent 001 (its own): ${sshd.user}@127.0.0.1 port ${sshd.port}; key\n`);
    expect((await world.run(['agent-access', 'show'])).stdout).toBe('lab: not reached over SSH\n');
    const nobody = await world.run(['agent-access', 'set', '--agent', '999', '--ssh', 'root@{ip}']);
    expect([nobody.code, nobody.stderr]).toEqual([
      0,
      expect.stringContaining('No agent 999 is known on lab'),
    ]);
    await world.run(['agent-access', 'remove', '--agent', '999']);
  });

  it('an unknown host key keeps everything from the agent and is named; accepted by the call it is pinned', async () => {
    // Another name for the same machine, whose key nobody accepted under it.
    const reached = ['--ssh', `${sshd.user}@localhost:${sshd.port}`, '--identity', sshd.clientKey.path];
    await world.run(['agent-access', 'set', '--agent', '2', ...reached]);
    const scan = ['scan', '--agent', '2', '--kind', 'full'];
    const { code, scans, stderr } = await world.scans([...scan, '--accept-harm', '--wait']);
    expect([code, scans[0]?.state]).toEqual([1, 'failed']);
    expect(stderr).toContain(`add: --accept-host-key ${sshd.hostKeys[0]?.fingerprint}`);
    expect(kesl.calls()).toEqual([]);
    const looked = await world.run([...scan, '--dry-run', ...key()]);
    expect(looked.stdout).toContain('installed: KES 12.1.0.1508');
    expect((await world.run([...scan, '--dry-run'])).stdout).toContain('installed: KES 12.1.0.1508');
    expect(kesl.calls().some(([word]) => word === '--start-task')).toBe(false);
  });

  it.each([
    ['full', [], 'finished-with-detections', 1],
    ['file', ['--path', '/srv/a.exe', '--look-only'], 'finished-with-detections', 1],
    ['folder', ['--path', '/etc'], 'finished-clean', 0],
    ['boot', [], 'finished-clean', 0],
    ['realtime-off', [], 'done', 0],
  ] as const)('%s ends as what was seen there', async (kind, more, state, exitCode) => {
    // Boot sectors take a quarter of it: long enough to be seen scanned by a busy machine, too.
    if (kind === 'boot') kesl.change((machine) => (machine.fullScanMs = 12_000));
    const { code, scans } = await world.scans(on1('--kind', kind, ...more, '--accept-harm', ...waited()));
    expect([scans[0]?.state, code]).toEqual([state, exitCode]);
    expect(scans).toMatchObject([{ agentId: '001', kind, route: 'agent-ssh' }]);
    const sources = new Set(scans[0]?.evidence.map(({ source }) => source));
    expect(sources).toContain('kesl-control');
    expect(kesl.calls().flat().includes('Skip')).toBe(kind === 'file');
  });

  it('a service that is down and a policy that holds it are said as they are', async () => {
    kesl.change((machine) => (machine.isServiceUp = false));
    const down = await world.scans(on1('--kind', 'update', '--no-preflight', ...waited()));
    expect([down.code, down.scans[0]?.state, down.scans[0]?.result?.exitCode]).toEqual([1, 'failed', 64]);
    kesl.change((machine) => Object.assign(machine, { isServiceUp: true, isLockedByPolicy: true }));
    const locked = await world.scans(on1('--kind', 'full', '--accept-harm', '--no-preflight', ...waited()));
    expect([locked.code, locked.scans[0]?.state]).toEqual([1, 'refused']);
  });

  it('what the look found forbids the launch', async () => {
    kesl.change((machine) => (machine.licenceEndsMs = 1));
    const { code, stderr } = await world.run(on1('--kind', 'full', '--accept-harm', ...waited()));
    expect(code).toBe(1);
    expect(stderr).toMatch(/✗ licence/);
    expect(stderr).toContain('speaks against it');
    expect(kesl.calls().some(([word]) => word === '--start-task')).toBe(false);
  });

  it('of several agents the one that the look speaks against is refused with the reason, and not asked', async () => {
    kesl.change((machine) => (machine.licenceEndsMs = 1));
    const both = ['scan', '--agent', '1', '3', '--kind', 'update', '--canary', ...waited()];
    const { code, scans, stdout } = await world.scans(both);
    expect(code).toBe(1);
    expect(scans.map(({ agentId, id, state }) => [agentId, id === null, state])).toEqual([
      ['003', false, 'done'],
      ['001', true, 'refused'],
    ]);
    expect(stdout).toContain('--no-preflight');
    expect(kesl.calls().some(([word]) => word === '--start-task')).toBe(false);
  });

  it('a scan that was left with Ctrl-C is taken up by the command that cancels it, and stopped there', async () => {
    kesl.change((machine) => (machine.fullScanMs = 600_000));
    const child = world.spawn(on1('--kind', 'full', '--accept-harm', ...waited()));
    const ended = once(child, 'close');
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (piece: string) => (said += piece));
    await vi.waitFor(() => expect(said).toContain('001 web-ams-1: running'), { timeout: 30_000 });
    child.kill('SIGINT');
    expect((await ended)[0]).toBe(1);
    const running = await world.scans(['scans', '--state', 'running', '--agent', '1']);
    const cancelled = await world.scans(['scan', 'cancel', String(running.scans[0]?.id)]);
    expect([cancelled.code, cancelled.scans[0]?.state]).toEqual([0, 'cancelled']);
    expect(kesl.calls().filter(([word]) => word === '--start-task')).toHaveLength(1);
    expect(kesl.calls().filter(([word]) => word === '--stop-task')).toHaveLength(1);
  });

  it('without --wait it leaves once the task was started; the next command follows it on, and starts nothing again', async () => {
    kesl.change((machine) => (machine.fullScanMs = 12_000));
    const left = await world.scans(on1('--kind', 'full', '--accept-harm', ...key()));
    expect(left.code).toBe(0);
    expect(['launched', 'running']).toContain(left.scans[0]?.state);
    world.lab.agents.change('003', { fullScanMs: 3_600_000 });
    const other = ['scan', '--agent', '3', '--kind', 'full', '--route', 'api', '--accept-harm', '--wait'];
    const child = world.spawn(other);
    const ended = once(child, 'close');
    const order = ['scans', '--order', String(left.scans[0]?.orderId)];
    await vi.waitFor(
      async () => expect((await world.scans(order)).scans[0]?.state).toBe('finished-with-detections'),
      { timeout: 50_000, interval: 500 },
    );
    child.kill('SIGINT');
    await ended;
    expect(kesl.calls().filter(([word]) => word === '--start-task')).toHaveLength(1);
  });
});
