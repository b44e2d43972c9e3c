import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HeardKes, HeardResponse } from '../../../src-shared/domain/heard-alert.ts';
import {
  CLOCK_TOLERANCE_MS,
  LAUNCH_WINDOW_MS,
  matchKes,
  matchResponse,
  type AwaitedScan,
} from '../../../src-shared/domain/scan-matching.ts';
import { programName } from '../../../src-shared/domain/response-deed.ts';
import { aReport } from '../../builders/heard-alerts.ts';

const SENT = Date.parse('2026-11-21T10:00:00Z');

function awaited(change: Partial<AwaitedScan> = {}): AwaitedScan {
  return {
    id: 1,
    agentId: '001',
    agentName: 'web-01',
    kind: 'full',
    path: null,
    program: 'wrapper',
    token: 'abcdefgh12345678',
    state: 'sent',
    sentMs: SENT,
    launchedMs: null,
    endedMs: null,
    launches: [],
    ...change,
  };
}

function heard(change: Partial<HeardResponse> = {}): HeardResponse {
  return {
    kind: 'response',
    alertId: '1795286113.51798',
    ruleId: '657',
    timeMs: SENT + 1000,
    agentId: '001',
    agentName: 'web-01',
    isFromAgentLog: true,
    program: 'active-response/bin/kaspersky',
    command: 'add',
    arguments: ['--full_scan'],
    report: null,
    trigger: null,
    ...change,
  };
}

const TRIGGER = { alertId: '1.1', ruleId: '5104', description: 'Promiscuous.', timeMs: SENT };
const python = { program: 'kaspersky.py', ruleId: '607', command: null };

describe('a launch seen in an alert', () => {
  test('belongs to the scan that waits for it on that agent', () => {
    expect(matchResponse(heard(), [awaited()])).toEqual({ kind: 'scan', scanId: 1 });
  });

  test.each([
    ['another agent', { agentId: '002' }],
    ['another kind', { arguments: ['--memory_scan'] }],
    ['a time long before it was sent', { timeMs: SENT - CLOCK_TOLERANCE_MS - 1 }],
    ['a time long after it was sent', { timeMs: SENT + LAUNCH_WINDOW_MS + 1 }],
    ['an alert that triggered it', { trigger: TRIGGER }],
  ])('with %s is one that nobody here asked for', (_name, change) => {
    expect(matchResponse(heard(change), [awaited()])).toMatchObject({ kind: 'automatic' });
  });

  test('is believed only from the log that agents keep of their responses', () => {
    expect(matchResponse(heard({ isFromAgentLog: false }), [awaited()])).toEqual({ kind: 'none' });
  });

  test('in the text form, which knows no agent numbers, goes by the agent’s name', () => {
    expect(matchResponse(heard({ agentId: null }), [awaited()])).toMatchObject({ kind: 'scan' });
    expect(matchResponse(heard({ agentId: null, agentName: 'db-01' }), [awaited()]).kind).toBe('automatic');
  });

  test('is given to the scan that was sent first', () => {
    const scans = [awaited({ id: 2, sentMs: SENT + 500 }), awaited({ id: 1 })];
    expect(matchResponse(heard(), scans)).toEqual({ kind: 'scan', scanId: 1 });
  });

  test('and the line of the Python script in the same run are one launch, whichever comes first', () => {
    const compiled = awaited({
      state: 'launched',
      launches: [{ program: 'kaspersky', timeMs: SENT + 1000 }],
    });
    expect(matchResponse(heard({ ...python, timeMs: SENT + 2000 }), [compiled])).toMatchObject({ scanId: 1 });
    const interpreted = awaited({
      sentMs: null,
      state: 'launched',
      launches: [{ program: 'kaspersky.py', timeMs: SENT }],
    });
    expect(matchResponse(heard({ trigger: TRIGGER }), [interpreted])).toMatchObject({ scanId: 1 });
  });

  test('twice of one program are two launches', () => {
    const launched = awaited({
      state: 'launched',
      launches: [{ program: 'kaspersky', timeMs: SENT + 1000 }],
    });
    expect(matchResponse(heard({ timeMs: SENT + 1500 }), [launched]).kind).toBe('automatic');
  });

  test('of a path belongs to the scan of that path, escaped or not', () => {
    const scan = awaited({ kind: 'file', path: '/srv/a (1).bin' });
    const joined = heard({ arguments: ['--custom_scan_file=/srv/a (1).bin'] });
    const words = ['--custom_scan_file', '/srv/a\\', '\\(1\\).bin', '--action', 'Skip'];
    expect(matchResponse(joined, [scan]).kind).toBe('scan');
    expect(matchResponse(heard({ arguments: words }), [scan]).kind).toBe('scan');
    expect(matchResponse(heard({ arguments: ['--custom_scan_file=/srv/b'] }), [scan])).toMatchObject({
      kind: 'automatic',
      deed: { kind: 'file', path: '/srv/b', action: 'as-set' },
    });
  });

  test.each([[['--get_task_list']], [[]], [['--update_application']], [['--custom_scan_file=']]])(
    'with the words %j is no scan at all',
    (words) => {
      expect(matchResponse(heard({ arguments: words }), [awaited()])).toEqual({ kind: 'none' });
    },
  );

  test('of another program is none of ours', () => {
    expect(matchResponse(heard({ program: 'active-response/bin/firewall-drop' }), [])).toEqual({
      kind: 'none',
    });
  });

  test('that ends an enabled protection before 4.2 switches it off', () => {
    const end = heard({ ...python, command: 'delete', arguments: ['--enable_realtime'] });
    expect(matchResponse(end, [])).toMatchObject({ kind: 'automatic', deed: { kind: 'realtime-off' } });
  });
});

describe('a line of our script', () => {
  const line = heard({
    program: 'active-response/bin/verdict-desk-kes',
    arguments: [],
    report: aReport({ event: 'result' }),
  });

  test('belongs to the scan with its token, however late it comes', () => {
    const scan = awaited({ program: 'script', state: 'unknown', sentMs: SENT - 1e9 });
    expect(matchResponse(line, [scan])).toEqual({ kind: 'scan', scanId: 1 });
  });

  test('with the token of another agent’s scan is worth nothing there', () => {
    const scan = awaited({ program: 'script', agentId: '002', agentName: 'db-01' });
    expect(matchResponse(line, [scan])).toMatchObject({ kind: 'automatic', program: 'script' });
  });

  test('without a report is ignored', () => {
    expect(matchResponse({ ...line, report: null }, [awaited()])).toEqual({ kind: 'none' });
  });
});

describe('a KES message', () => {
  function message(change: Partial<HeardKes> = {}): HeardKes {
    const { alertId, agentId, agentName } = heard();
    const words = { taskName: 'Scan_My_Computer', taskState: 'Completed', detection: null };
    return {
      kind: 'kes',
      alertId,
      ruleId: '17000',
      agentId,
      agentName,
      timeMs: SENT + 60_000,
      ...words,
      ...change,
    };
  }
  const launched = awaited({ state: 'launched', launchedMs: SENT });

  test('belongs to the newest launched scan of its task', () => {
    const newer = awaited({ id: 2, state: 'launched', launchedMs: SENT + 30_000 });
    expect(matchKes(message(), [launched, newer])).toBe(2);
    expect(matchKes(message({ taskName: 'scan_my_computer' }), [launched])).toBe(1);
  });

  test.each([
    ['another task', { taskName: 'Update' }],
    ['no task', { taskName: null }],
    ['another agent', { agentId: '002' }],
    ['a time before the launch', { timeMs: SENT - 10 * 60_000 }],
    ['a time two days later', { timeMs: SENT + 48 * 3_600_000 }],
  ])('with %s belongs to none', (_name, change) => {
    expect(matchKes(message(change), [launched])).toBeNull();
  });

  test('says nothing about a scan that was not seen to start, or that ended before', () => {
    expect(matchKes(message(), [awaited()])).toBeNull();
    const ended = { ...launched, state: 'finished' as const, endedMs: SENT + 1000 };
    expect(matchKes(message({ timeMs: SENT + 3_600_000 }), [ended])).toBeNull();
  });

  test.each([
    ['file', 'Scan_File_0a1b2c'],
    ['folder', 'custom_folder_scan_1'],
    ['memory', 'Verdict_Desk_Memory'],
    ['boot', 'Boot_Scan'],
    ['realtime-off', 'File_Threat_Protection'],
  ] as const)('of a %s scan may be named %s', (kind, taskName) => {
    expect(matchKes(message({ taskName }), [{ ...launched, kind }])).toBe(1);
  });
});

/**
 * Runs as execd lets them follow each other: the wrapper's line, the Python script's, then the next run. The manager may
 * turn the two lines round (observed); with a scan of ours waiting for just that, nobody can tell whose the first one is.
 */
const run = record({
  agent: constantFrom('001', '002'),
  option: constantFrom('--full_scan', '--memory_scan'),
  isOurs: constantFrom(true, false),
  pauseMs: integer({ min: 0, max: 300_000 }),
  isInverted: constantFrom(true, false),
});

test('every run is counted once, ours for the scans that asked for them in their order', () => {
  assert(
    property(array(run, { maxLength: 12 }), (runs) => {
      const scans: AwaitedScan[] = [];
      let nowMs = SENT;
      for (const [index, { agent, option, isOurs }] of runs.entries()) {
        const kind = option === '--full_scan' ? 'full' : 'memory';
        if (isOurs) scans.push(awaited({ id: index, agentId: agent, kind, sentMs: SENT + index }));
      }
      const asked = new Set(scans.map(({ id }) => id));
      const given = new Map<number, number>();
      for (const { agent, option, isOurs, pauseMs, isInverted } of runs) {
        nowMs += 1000 + pauseMs;
        const words = { agentId: agent, arguments: [option] };
        const first = heard({ ...words, timeMs: nowMs, trigger: isOurs ? null : TRIGGER });
        const second = heard({ ...words, ...python, timeMs: nowMs + 500 });
        for (const line of isInverted && asked.size === 0 ? [second, first] : [first, second]) {
          const match = matchResponse(line, scans);
          if (match.kind === 'none') throw new Error('A launch was overlooked.');
          const launch = { program: programName(line) ?? '', timeMs: line.timeMs };
          const at = scans.findIndex(({ id }) => match.kind === 'scan' && id === match.scanId);
          const before =
            scans[at] ??
            awaited({ id: 1000 + scans.length, agentId: agent, sentMs: null, kind: kindOf(option) });
          const after = { ...before, state: 'launched' as const, launches: [...before.launches, launch] };
          scans.splice(at < 0 ? scans.length : at, 1, after);
          given.set(after.id, (given.get(after.id) ?? 0) + 1);
        }
      }
      expect(scans).toHaveLength(runs.length);
      expect([...given.values()]).toEqual(scans.map(() => 2));
      for (const id of asked) expect(given.get(id)).toBe(2);
    }),
  );
});

function kindOf(option: string) {
  return option === '--full_scan' ? 'full' : 'memory';
}

test('no alert is ever given to a scan of another agent or another kind', () => {
  const anyScan = record({
    id: integer({ min: 1, max: 9 }),
    agentId: constantFrom('001', '002'),
    kind: constantFrom('full', 'memory', 'boot'),
    state: constantFrom('sent', 'unknown', 'failed', 'launched', 'finished-clean', 'planned'),
    sentMs: integer({ min: SENT - 1e8, max: SENT + 1e8 }),
  });
  assert(
    property(array(anyScan), constantFrom('--full_scan', '--boot_scan'), (scans, option) => {
      const all = scans.map((scan) => awaited(scan));
      const match = matchResponse(heard({ arguments: [option] }), all);
      if (match.kind !== 'scan') return;
      const found = all.filter(({ id }) => id === match.scanId);
      const kind = option === '--full_scan' ? 'full' : 'boot';
      expect(found.some((scan) => scan.agentId === '001' && scan.kind === kind)).toBe(true);
    }),
  );
});
