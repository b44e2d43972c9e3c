import { describe, expect, it } from 'vitest';
import { summariseQueue, summariseSources } from '../../../../src-renderer/app/status-words.ts';
import { NO_COUNTS } from '../../../../src-shared/domain/counts.ts';
import type { QueueStatus, SourceStatus } from '../../../../src-shared/ipc/status.ts';

const aSource = (part: Partial<SourceStatus> = {}): SourceStatus => ({
  id: 1,
  profile: 'local',
  path: '/var/ossec/logs/alerts/alerts.json',
  format: 'json',
  state: 'following',
  bytesBehind: 0,
  lagMs: 1600,
  lastAlertAt: null,
  counts: NO_COUNTS,
  completeness: { since: null, gaps: 0, newestGap: null },
  error: null,
  ...part,
});
const gauge = { limit: 4, used: 0, resetsAt: null };
const aQueue = (part: Partial<QueueStatus> = {}): QueueStatus => ({
  waiting: 312,
  waitingEvents: 541,
  inFlight: 0,
  paused: false,
  reason: null,
  error: null,
  resumesAt: null,
  eta: null,
  coveredToday: null,
  quota: { minute: gauge, day: gauge, month: gauge },
  ...part,
});

describe('the source in the status bar', () => {
  it('names the one followed file and its lag', () => {
    expect(summariseSources([aSource()])).toEqual({
      lamp: 'on',
      state: 'Following',
      of: 'alerts.json',
      lag: ['1.6 s', 'behind'],
    });
  });

  it('counts several, and tells the largest lag', () => {
    const summary = summariseSources([aSource(), aSource({ id: 2, lagMs: 40 })]);
    expect(summary).toMatchObject({ of: '2 files', lag: ['1.6 s', 'behind'] });
  });

  it('lets the one in trouble speak for all', () => {
    const missing = aSource({ id: 2, state: 'missing', path: '/mnt/alerts.log', lagMs: null });
    expect(summariseSources([aSource(), missing])).toMatchObject({
      lamp: 'off',
      state: 'Missing',
      of: 'alerts.log',
    });
  });

  it('tells the bytes still to read while it catches up', () => {
    const summary = summariseSources([aSource({ state: 'catching-up', bytesBehind: 84_000_000 })]);
    expect(summary).toMatchObject({ lamp: 'busy', lag: ['84 MB', 'behind'] });
  });

  it('says so when there is none, or none is read any more', () => {
    expect(summariseSources([])).toMatchObject({ lamp: 'idle', state: 'No source', lag: null });
    expect(summariseSources([aSource({ state: 'stopped' })])).toMatchObject({
      lamp: 'idle',
      state: 'Stopped',
    });
  });
});

describe('the queue in the status bar', () => {
  const now = new Date(2026, 10, 17, 14, 32).getTime();

  it('says when it is clear', () => {
    const eta = new Date(2026, 10, 18, 1, 56).toISOString();
    expect(summariseQueue(aQueue({ eta }), now)).toEqual({
      figure: '312',
      words: 'queued',
      outlook: 'clear by tomorrow 01:56',
    });
  });

  it('says why it stands still instead', () => {
    expect(summariseQueue(aQueue({ reason: 'no-key' }), now).outlook).toBe('no key');
    expect(summariseQueue(aQueue({ reason: 'by-user' }), now).outlook).toBe('paused');
  });

  it('treats a spent day as waiting, with its estimate', () => {
    const eta = new Date(2026, 10, 17, 18, 5).toISOString();
    expect(summariseQueue(aQueue({ reason: 'day-quota', eta }), now).outlook).toBe('clear by 18:05');
  });

  it('promises nothing about an empty queue', () => {
    expect(summariseQueue(aQueue({ waiting: 0 }), now).outlook).toBeNull();
  });
});
