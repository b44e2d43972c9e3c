import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deriveScanState,
  isSettled,
  stateOfResult,
  UNKNOWN_AFTER_MS,
} from '../../../src-shared/domain/scan-state.ts';
import { summarise } from '../../../src-shared/domain/scan-words.ts';
import {
  EVIDENCE_KINDS,
  SCAN_KINDS,
  UNSEEN_RESULT,
  type EvidenceFacts,
  type EvidenceKind,
  type ScanEvidence,
  type ScanKind,
  type ScanResult,
  type TaskState,
} from '../../../src-shared/domain/scan.ts';

const AT = Date.parse('2026-11-21T10:00:00Z');

function seen(what: EvidenceKind, facts: EvidenceFacts | null = null, detail = what): ScanEvidence {
  return { what, source: 'app', time: new Date(AT).toISOString(), detail, facts };
}
const task = (state: TaskState) =>
  seen('task-state', { kind: 'task-state', taskName: 'Scan_My_Computer', state });
const result = (facts: Partial<ScanResult>) =>
  seen('result', { kind: 'result', result: { ...UNSEEN_RESULT, ...facts } });
const state = (kind: ScanKind, ...evidence: ScanEvidence[]) => deriveScanState(kind, evidence, AT + 1000);

describe('nothing is called clean', () => {
  const detection = seen('detection', { kind: 'detection', path: '/srv/a', threat: 'EICAR', deed: null });
  const clean = result({ exitCode: 0, detections: 0 });

  test.each([
    ['before', [detection, clean]],
    ['after', [clean, detection]],
  ])('where a detection was seen %s a count of none', (_name, evidence) => {
    expect(state('full', seen('launched'), ...evidence)).toBe('finished-with-detections');
  });

  test('where a detection was seen and no count', () => {
    expect(state('full', seen('launched'), detection, task('completed'))).toBe('finished-with-detections');
  });

  test.each([
    ['without an exit code', { exitCode: null, detections: 0 }],
    ['where nothing was looked at', { exitCode: 0, detections: 0, scannedObjects: 0 }],
    ['where some could not be looked at', { exitCode: 0, detections: 0, scannedObjects: 9, errors: 1 }],
  ])('%s', (_name, facts) => {
    expect(state('file', seen('launched'), result(facts))).toBe('finished');
  });
});

describe('the state of a scan', () => {
  test('follows what was seen, step by step', () => {
    const steps = [
      [seen('requested'), 'planned'],
      [seen('waiting-for-agent'), 'waiting-for-agent'],
      [seen('sending'), 'sent'],
      [seen('accepted'), 'sent'],
      [seen('launched'), 'launched'],
      [task('started'), 'running'],
      [result({ detections: 0, scannedObjects: 418_220, exitCode: 0 }), 'finished-clean'],
    ] as const;
    const evidence: ScanEvidence[] = [];
    for (const [piece, expected] of steps) {
      evidence.push(piece);
      expect(state('full', ...evidence)).toBe(expected);
    }
    expect(summarise('full', 'finished-clean', evidence)).toBe('Nothing detected, 418,220 objects');
  });

  test('time alone makes it unknown, and only while nothing was seen of a start', () => {
    const later = AT + UNKNOWN_AFTER_MS + 1;
    expect(deriveScanState('full', [seen('accepted')], later)).toBe('unknown');
    expect(deriveScanState('full', [seen('accepted'), seen('launched')], later)).toBe('launched');
    expect(deriveScanState('full', [seen('requested')], later)).toBe('planned');
  });

  test('is never clean without a count of detections', () => {
    expect(state('full', result({ exitCode: 0 }))).toBe('finished');
    expect(state('full', task('started'), task('stopped'))).toBe('finished');
    expect(state('file', result({ exitCode: 0, detections: 0 }))).toBe('finished-clean');
  });

  test('a detection is never hidden by a clean exit code, nor by a cancel', () => {
    expect(state('file', result({ exitCode: 0, detections: 2 }))).toBe('finished-with-detections');
    expect(state('file', result({ exitCode: 72 }))).toBe('finished-with-detections');
    expect(state('full', seen('cancelled'), result({ detections: 1 }))).toBe('finished-with-detections');
  });

  test('a task that nobody saw run is not finished because it is stopped', () => {
    expect(state('full', seen('launched'), task('stopped'))).toBe('launched');
  });

  test('a task that a person had stopped is cancelled, not finished', () => {
    expect(state('full', task('started'), seen('cancel-requested'), task('stopped'))).toBe('cancelled');
  });

  test('a late sign of a start corrects a request that seemed to fail', () => {
    expect(state('full', seen('failed'), seen('launched'))).toBe('launched');
    expect(state('full', seen('failed'), task('started'))).toBe('running');
  });

  test('a policy refuses, a stopped service fails, a task in that state already is no failure', () => {
    expect(stateOfResult('full', { ...UNSEEN_RESULT, exitCode: 68 })).toBe('refused');
    expect(stateOfResult('full', { ...UNSEEN_RESULT, exitCode: 64 })).toBe('failed');
    expect(stateOfResult('realtime-on', { ...UNSEEN_RESULT, exitCode: 70 })).toBe('done');
    expect(summarise('full', 'failed', [result({ exitCode: 64 })])).toBe(
      'KES is not running there, exit code 64',
    );
  });

  test('switching protection is done when the task shows it', () => {
    expect(state('realtime-on', task('started'))).toBe('done');
    expect(state('realtime-off', task('stopped'))).toBe('done');
  });

  test('says what was done with detections', () => {
    const evidence = [result({ detections: 2, disinfected: 2, skipped: 0 })];
    expect(summarise('full', 'finished-with-detections', evidence)).toBe('2 detections, 2 disinfected');
  });

  test('whatever is seen in whatever order: clean needs a zero, and detections are never lost', () => {
    const facts = fc.option(
      fc.oneof(
        fc.record({
          kind: fc.constant('task-state' as const),
          taskName: fc.constant('x'),
          state: fc.constantFrom<TaskState>(
            'starting',
            'started',
            'stopped',
            'completed',
            'failed',
            'unknown',
          ),
        }),
        fc.record({
          kind: fc.constant('result' as const),
          result: fc
            .tuple(fc.option(fc.constantFrom(0, 1, 64, 68, 70, 72)), fc.option(fc.nat(3)))
            .map(([exitCode, detections]): ScanResult => ({ ...UNSEEN_RESULT, exitCode, detections })),
        }),
      ),
    );
    const piece = fc.record({ what: fc.constantFrom(...EVIDENCE_KINDS), facts });
    fc.assert(
      fc.property(fc.constantFrom(...SCAN_KINDS), fc.array(piece, { maxLength: 12 }), (kind, pieces) => {
        const evidence = pieces.map(({ what, facts: known }) => seen(what, known));
        const derived = state(kind, ...evidence);
        const results = evidence.flatMap(({ what, facts: known }) =>
          what === 'result' && known?.kind === 'result' ? [known.result] : [],
        );
        const hasZero = results.some(({ detections }) => detections === 0);
        const hasDetections = results.some(
          ({ detections, exitCode }) => (detections ?? 0) > 0 || exitCode === 72,
        );
        expect(derived !== 'finished-clean' || hasZero).toBe(true);
        expect(!hasDetections || derived === 'finished-with-detections').toBe(true);
        expect(!isSettled(derived) || evidence.length > 0).toBe(true);
        expect(summarise(kind, derived, evidence)).not.toBe('');
      }),
    );
  });
});
