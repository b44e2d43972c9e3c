import { describe, expect, test } from 'vitest';
import { stepsOf } from '../../../../src-renderer/scans/evidence/evidence-words.ts';
import type { ScanEvidence } from '../../../../src-shared/domain/scan.ts';

function piece(part: Partial<ScanEvidence>): ScanEvidence {
  return {
    what: 'launched',
    source: 'alert',
    time: '2026-11-17T08:00:00.000Z',
    detail: '',
    facts: null,
    ...part,
  };
}
const PROGRESS = [20, 61].map((percent) =>
  piece({ what: 'progress', source: 'kesl-control', facts: { kind: 'progress', percent, objects: 23_180 } }),
);

describe('the steps of a scan', () => {
  test('an alert is named by its rule', () => {
    const facts = { kind: 'alert', alertId: '1.1', ruleId: '657' } as const;
    expect(stepsOf('full', [piece({ facts })], false)).toMatchObject([
      { title: 'Launched on the agent', source: 'alert, rule 657', mark: 'clean' },
    ]);
  });

  test('of the progress only the newest stands, and only while it runs', () => {
    expect(stepsOf('full', PROGRESS, true)).toMatchObject([
      { title: 'Running, 61 %, 23,180 objects', percent: 61 },
    ]);
    expect(stepsOf('full', PROGRESS, false)).toEqual([]);
  });

  test('a thousand detections are named in part and counted', () => {
    const detections = Array.from({ length: 1000 }, () => piece({ what: 'detection' }));
    const steps = stepsOf('full', [piece({}), ...detections, piece({ what: 'result' })], false);
    expect(steps).toHaveLength(13);
    expect(steps[11]).toMatchObject({ title: '990 more detections', mark: 'malicious' });
    expect(steps[12]).toMatchObject({ title: 'Result' });
  });

  test('a result with detections has their mark', () => {
    const result = {
      exitCode: 72,
      scannedObjects: 12,
      detections: 1,
      disinfected: null,
      removed: null,
      notDisinfected: null,
      skipped: 1,
      errors: null,
      finishedAt: null,
    };
    const [step] = stepsOf('file', [piece({ what: 'result', facts: { kind: 'result', result } })], false);
    expect(step?.mark).toBe('malicious');
  });
});
