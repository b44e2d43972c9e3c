import { describe, expect, test } from 'vitest';
import { deedsFor, type ScanAtHand } from '../../../src-shared/domain/scan-deeds.ts';
import { notSeenOf, type WatchedScan } from '../../../src-shared/domain/scan-not-seen.ts';
import type {
  EvidenceFacts,
  EvidenceKind,
  ScanEvidence,
  TaskState,
} from '../../../src-shared/domain/scan.ts';

function seen(...kinds: readonly EvidenceKind[]): ScanEvidence[] {
  return kinds.map((what) => ({
    what,
    source: 'app',
    time: '2026-11-21T10:00:00Z',
    detail: '',
    facts: null,
  }));
}

const SENT: WatchedScan = { kind: 'full', state: 'sent', route: 'api', program: 'wrapper', isFollowed: true };

function missing(change: Partial<WatchedScan>, ...kinds: readonly EvidenceKind[]): string[] {
  return notSeenOf({ ...SENT, ...change }, seen(...kinds)).map(({ what }) => what);
}

function missingResult(change: Partial<WatchedScan>) {
  return notSeenOf({ ...SENT, ...change }, seen('sending', 'launched')).at(-1);
}

describe('what was not seen of a scan', () => {
  test('is everything that its way could still tell', () => {
    expect(missing({}, 'sending')).toEqual([
      'Accepted by the manager',
      'Started on the agent',
      'State of the task',
      'What it found',
    ]);
    expect(missing({ state: 'launched' }, 'sending', 'accepted', 'launched')).toEqual([
      'State of the task',
      'What it found',
    ]);
  });

  test('is nothing before it was sent, and nothing once it was turned down', () => {
    expect(missing({ state: 'planned' }, 'requested')).toEqual([]);
    expect(missing({ state: 'refused' }, 'sending', 'refused')).toEqual([]);
  });

  test('of a scan that the manager launched needs no acceptance', () => {
    expect(missing({ route: null, state: 'launched' }, 'requested', 'launched')).toEqual([
      'State of the task',
      'What it found',
    ]);
  });

  test('through the wrapper says that no result can come, and elsewhere where it would come from', () => {
    expect(missingResult({})).toMatchObject({ source: 'none on this way' });
    expect(missingResult({ program: 'script' })).toMatchObject({ source: 'the script’s line, as an alert' });
    expect(missingResult({ program: 'script', isFollowed: false })?.why).toContain('does not follow');
    expect(missingResult({ program: 'kesl-control', route: 'agent-ssh' })?.source).toBe(
      'kesl-control’s exit code',
    );
  });
});

describe('what a person may still do', () => {
  const RUNNING: ScanAtHand = { kind: 'full', state: 'running', route: 'agent-ssh', hasTask: true };
  const none = { cancel: false, stop: false, suspend: false, resume: false };
  function told(state: TaskState): ScanEvidence[] {
    const facts: EvidenceFacts = { kind: 'task-state', taskName: 'Scan_My_Computer', state };
    return seen('task-state').map((piece) => ({ ...piece, facts }));
  }

  test.each([
    [
      'take back what was not sent',
      { ...RUNNING, state: 'waiting-for-agent' as const },
      [],
      { cancel: true },
    ],
    ['stop and suspend a task that runs', RUNNING, told('started'), { stop: true, suspend: true }],
    ['stop and resume a task that is suspended', RUNNING, told('suspended'), { stop: true, resume: true }],
    ['do nothing about a task that is being stopped', RUNNING, seen('cancel-requested'), {}],
    ['do nothing over the manager', { ...RUNNING, route: 'api' as const }, [], {}],
    ['do nothing about a scan of a path', { ...RUNNING, kind: 'file' as const, hasTask: false }, [], {}],
    ['only stop an update', { ...RUNNING, kind: 'update' as const }, [], { stop: true }],
    ['do nothing about what has ended', { ...RUNNING, state: 'finished' as const }, [], {}],
  ])('%s', (_name, scan, evidence, may) => {
    expect(deedsFor(scan, evidence)).toEqual({ ...none, ...may });
  });
});
