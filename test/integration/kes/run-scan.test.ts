import { afterEach, describe, expect, test } from 'vitest';
import { KeslControl } from '../../../src-main/kes/agent/kesl-control.ts';
import { lookAtAgent } from '../../../src-main/kes/agent/preflight.ts';
import { LocalHost } from '../../../src-main/manager/host/local-host.ts';
import type { RunRequest, RunResult } from '../../../src-main/manager/host/manager-host.ts';
import { NO_ROOT_ACCESS } from '../../../src-main/manager/host/root-access.ts';
import { summarise } from '../../../src-shared/domain/scan-words.ts';
import type { ScanAction, ScanKind } from '../../../src-shared/domain/scan.ts';
import { aKeslControl, type KeslProgram } from '../../builders/a-kesl-control.ts';
import { aRunScan } from '../../builders/a-run-scan.ts';

let program: KeslProgram;
afterEach(() => program.remove());

/** The program on disk needs no root: its rights are the tester's own. */
class HostOfThisUser extends LocalHost {
  override run(request: RunRequest): Promise<RunResult> {
    return super.run({ ...request, asRoot: false });
  }
}
const host = new HostOfThisUser('this machine', NO_ROOT_ACCESS);

/** The whole scan, with its evidence. */
async function scan(kind: ScanKind, options: Parameters<typeof aRunScan>[2] = {}) {
  const kesl = new KeslControl(host, { program: program.path });
  const { evidence, state } = await aRunScan(kesl, kind, options);
  return { evidence, state, words: summarise(kind, state, evidence) };
}

function preflight(kind: ScanKind, action: ScanAction = 'as-set') {
  const kesl = new KeslControl(host, { program: program.path });
  return lookAtAgent({ host, kesl, kind, path: null, action, nowMs: Date.now() });
}

describe('a scan on an agent', () => {
  test.each(['10.1.1.6421', '11.3.0.7441', '12.1.0.1508'])(
    'a full scan of a clean machine ends clean on %s',
    async (version) => {
      program = aKeslControl({ version, fullScanMs: 3000 });
      const { state, evidence } = await scan('full');
      expect(state).toBe('finished-clean');
      expect(program.calls()).toContainEqual(['--start-task', 'Scan_My_Computer']);
      // Whether it is still seen starting is a matter of milliseconds.
      const kinds = evidence.map(({ what }) => what);
      expect(kinds.filter((kind, at) => kind !== kinds[at - 1])).toEqual([
        'launched',
        'task-state',
        'result',
      ]);
    },
  );

  test('a task that was accepted and that nobody saw run is never called clean', async () => {
    program = aKeslControl({ fullScanMs: 0 });
    const { state, evidence } = await scan('full');
    expect(state).toBe('finished');
    expect(evidence.at(-1)).toMatchObject({ facts: { result: { detections: null } } });
  });

  test('what it detects is told, with the threat and the file', async () => {
    program = aKeslControl({ fullScanMs: 1200, infected: { '/srv/up/a.exe': 'EICAR-Test-File' } });
    const { state, evidence, words } = await scan('full');
    expect([state, words]).toEqual(['finished-with-detections', '1 detection']);
    expect(evidence.find(({ what }) => what === 'detection')?.facts).toEqual({
      kind: 'detection',
      path: '/srv/up/a.exe',
      threat: 'EICAR-Test-File',
      deed: null,
    });
  });

  test('a scan that another hand had started is not called clean: what it detected before is not known', async () => {
    program = aKeslControl();
    program.change((machine) => {
      const full = machine.tasks.find(({ name }) => name === 'Scan_My_Computer');
      Object.assign(full ?? {}, { startedMs: Date.now() - 5000, endsMs: Date.now() + 5000 });
    });
    const { state, evidence } = await scan('full');
    expect(evidence[0]?.facts).toEqual({ kind: 'code', code: 70 });
    expect(state).toBe('finished');
  });

  test('a folder is looked at only, and its counters say what was skipped', async () => {
    program = aKeslControl({ infected: { '/srv/up/a.exe': 'EICAR-Test-File' } });
    const { state, words, evidence } = await scan('folder', { path: '/srv/up', action: 'skip' });
    expect([state, words]).toEqual(['finished-with-detections', '1 detection, 1 skipped']);
    expect(evidence.at(-1)?.detail).toBe('23,180 scanned, 1 detected, 1 skipped');
    expect(program.calls()[0]).toEqual(['--scan-file', '/srv/up', '--action', 'Skip']);
  });

  test('on 10.1 a detection is told by the counters, not by the exit code', async () => {
    program = aKeslControl({ version: '10.1.0.5960', infected: { '/srv/a.exe': 'EICAR-Test-File' } });
    const { state, evidence } = await scan('file', { path: '/srv/a.exe' });
    expect(state).toBe('finished-with-detections');
    expect(evidence.at(-1)?.facts).toMatchObject({ result: { exitCode: 0, detections: 1 } });
  });

  test('memory is scanned by a task of our own where the old one is gone', async () => {
    // A quarter of it: long enough to be seen running by a busy machine, too.
    program = aKeslControl({ version: '12.1.0.1508', fullScanMs: 12_000 });
    expect((await scan('memory')).state).toBe('finished-clean');
    expect(
      program
        .calls()
        .filter(([command]) => command !== '--get-task-state')
        .map((call) => call.slice(0, 2)),
    ).toEqual([
      ['--get-task-list'],
      ['--app-info'],
      ['--get-task-list'],
      ['--create-task', 'Verdict_Desk_Memory'],
      ['--set-settings', 'Verdict_Desk_Memory'],
      ['--start-task', 'Verdict_Desk_Memory'],
      ['-E', '--query'],
    ]);
  });

  test('protection is switched off and on, and seen to be', async () => {
    program = aKeslControl();
    expect(await scan('realtime-off')).toMatchObject({ state: 'done', words: 'Real-time protection is off' });
    expect(await scan('realtime-on')).toMatchObject({ state: 'done', words: 'Real-time protection runs' });
  });

  test('a kind this KES has not is refused', async () => {
    program = aKeslControl({ version: '10.1.1.6421' });
    expect(await scan('critical-areas')).toMatchObject({
      state: 'refused',
      words: 'This KES has no such task',
    });
  });

  test.each([
    ['a stopped service', { isServiceUp: false }, 'failed', /KES is not running there, exit code 64/],
    ['a policy', { isLockedByPolicy: true }, 'refused', /policy.*exit code 68/],
    ['an ended licence', { licenceEndsMs: 0 }, 'failed', /exit code 65/],
  ] as const)('%s is said in words', async (_name, change, state, words) => {
    program = aKeslControl();
    program.change((machine) => Object.assign(machine, change));
    const found = await scan('full');
    expect(found.state).toBe(state);
    expect(found.words).toMatch(words);
  });

  test('without KES nothing is tried', async () => {
    program = aKeslControl();
    program.remove();
    expect(await scan('full')).toMatchObject({ state: 'failed' });
  });
});

describe('looking at an agent before a scan', () => {
  test('a healthy machine: only what can hurt stands out', async () => {
    program = aKeslControl();
    const { facts, kesVersion } = await preflight('full');
    expect(kesVersion).toBe('12.1.0.1508');
    expect(facts[0]).toMatchObject({ what: 'action', state: 'warns' });
    expect(facts[0]?.found).toMatch(/Disinfect, else Remove/);
    const states = Object.fromEntries(facts.map(({ what, state }) => [what, state]));
    expect(states).toMatchObject({
      databases: 'holds',
      licence: 'holds',
      service: 'holds',
      task: 'holds',
      policy: 'holds',
    });
    expect(states).toHaveProperty('load');
    expect(states).toHaveProperty('disk');
  });

  test('looking only needs no warning', async () => {
    program = aKeslControl();
    expect((await preflight('folder', 'skip')).facts.find(({ what }) => what === 'action')?.state).toBe(
      'holds',
    );
  });

  test.each([
    ['no databases', { areDatabasesLoaded: false }, 'databases'],
    ['no licence', { licenceEndsMs: null }, 'licence'],
    ['an ended licence', { licenceEndsMs: 1 }, 'licence'],
    ['a stopped service', { isServiceUp: false }, 'service'],
  ] as const)('%s forbids a full scan', async (_name, change, what) => {
    program = aKeslControl();
    program.change((machine) => Object.assign(machine, change));
    expect((await preflight('full')).facts[0]).toMatchObject({ what, state: 'forbids' });
  });

  test('old databases, a policy and a running scan are warned of', async () => {
    program = aKeslControl();
    program.change((machine) => {
      machine.databasesReleasedMs = Date.now() - 9 * 86_400_000;
      machine.isLockedByPolicy = true;
      const full = machine.tasks.find(({ name }) => name === 'Scan_My_Computer');
      Object.assign(full ?? {}, { startedMs: Date.now() - 5000, endsMs: Date.now() + 60_000 });
    });
    const { facts } = await preflight('critical-areas');
    // How busy this very machine is, is not the question here.
    const ofKes = facts.filter(({ what }) => what !== 'load' && what !== 'disk');
    const warned = ofKes.filter(({ state }) => state === 'warns').map(({ what }) => what);
    expect(warned.toSorted()).toEqual(['action', 'databases', 'policy', 'running-tasks']);
  });

  test('without KES one fact says all', async () => {
    program = aKeslControl();
    program.remove();
    expect((await preflight('full')).facts).toMatchObject([{ what: 'installed', state: 'forbids' }]);
  });
});
