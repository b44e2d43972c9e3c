import { expect, test } from 'vitest';
import { summarise } from '../../../src-shared/domain/scan-words.ts';
import { UNSEEN_RESULT, type ScanEvidence } from '../../../src-shared/domain/scan.ts';

const RESULT = { ...UNSEEN_RESULT, exitCode: 72, scannedObjects: 12, detections: 1, skipped: 1 };

function detection(path: string, source: ScanEvidence['source']): ScanEvidence {
  const facts = { kind: 'detection', path, threat: 'EICAR-Test-File', deed: null } as const;
  return { what: 'detection', source, time: '2026-11-17T08:00:00.000Z', detail: path, facts };
}
const ended: ScanEvidence = {
  what: 'result',
  source: 'kesl-control',
  time: '2026-11-17T08:00:01.000Z',
  detail: '',
  facts: { kind: 'result', result: RESULT },
};

test('a detection that KES and the manager’s alert both tell is one', () => {
  const told = [detection('/srv/a', 'kesl-control'), detection('/srv/a', 'alert'), ended];
  expect(summarise('file', 'finished-with-detections', told)).toBe('1 detection, 1 skipped');
});

test('more detections than the result counts are believed', () => {
  const told = [detection('/srv/a', 'kesl-control'), detection('/srv/b', 'kesl-control'), ended];
  expect(summarise('file', 'finished-with-detections', told)).toBe('2 detections, 1 skipped');
});
