import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createMarkingReader } from '../../../src-main/alerts/create-record-reader.ts';
import { EveryJsonLine } from '../../../src-main/alerts/every-json-line.ts';
import type { AlertFormat } from '../../../src-shared/domain/alert.ts';
import {
  beginFile,
  completenessOf,
  judgeAlert,
  NOTHING_PROVEN,
  readProof,
  writeProof,
  type AlertMark,
  type FoundGap,
  type Proof,
} from '../../../src-shared/domain/completeness.ts';

const captured = (name: string) =>
  readFileSync(new URL(`../../fixtures/wazuh-4.14.7/${name}`, import.meta.url));

/** Every alert of a file with its place. */
function marksOf(bytes: Uint8Array, format: AlertFormat): readonly AlertMark[] {
  const reader = format === 'json' ? new EveryJsonLine(0) : createMarkingReader('log', 0);
  return [...(reader.push(bytes).marks ?? []), ...(reader.end().marks ?? [])];
}

function judgeAll(marks: readonly AlertMark[], format: AlertFormat, start: Proof = NOTHING_PROVEN) {
  let proof = start;
  const gaps: FoundGap[] = [];
  for (const mark of marks) {
    const judged = judgeAlert(proof, mark, format);
    // As after a restart at any moment.
    proof = readProof(writeProof(judged.proof));
    if (judged.gap) gaps.push(judged.gap);
  }
  return { proof, gaps };
}

test('both files of a real manager are complete since their first alert, alerts.log to the byte', () => {
  for (const format of ['json', 'log'] as const) {
    const { proof, gaps } = judgeAll(marksOf(captured(`alerts.${format}`), format), format);
    expect(gaps).toEqual([]);
    expect(proof.counting).toBe(format === 'log' ? 'own' : 'sibling');
    expect(completenessOf(proof)).toEqual({
      since: '2026-11-21T18:23:05.000Z',
      gaps: 0,
      newestGap: null,
    });
  }
});

test('whichever alert is taken out of a real alerts.log, but the last two, its bytes are missed', () => {
  const bytes = captured('alerts.log');
  const marks = marksOf(bytes, 'log');
  for (let at = 1; at < marks.length - 2; at += 1) {
    const [from = 0, to = 0] = [marks[at]?.at, marks[at + 1]?.at];
    const spoiled = Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    expect(judgeAll(marksOf(spoiled, 'log'), 'log').gaps).toEqual([
      {
        afterAlertId: marks[at - 1]?.alertId,
        beforeAlertId: marks[at + 1]?.alertId,
        bytesAtMost: to - from,
        isCertain: true,
      },
    ]);
  }
});

test('a new alerts.json that does not begin with offset 0 lacks what was before', () => {
  const marks = marksOf(captured('alerts.json'), 'json');
  const day = judgeAll(marks, 'json').proof;
  const rest = marks.slice(3, 9).map(({ alertId, at }) => ({ alertId, at: at - (marks[3]?.at ?? 0) }));
  const { gaps } = judgeAll(rest, 'json', beginFile(day));
  expect(gaps).toMatchObject([
    { afterAlertId: marks.at(-1)?.alertId, beforeAlertId: rest[0]?.alertId, isCertain: true },
  ]);
});

test('an offset that goes on in a new alerts.json may mean that alerts.log was not replaced: that is not certain', () => {
  const proof = judgeAll(
    [
      { alertId: '100.0', at: 0 },
      { alertId: '100.300', at: 700 },
    ],
    'json',
  ).proof;
  const { gaps } = judgeAll([{ alertId: '101.900', at: 0 }], 'json', beginFile(proof));
  expect(gaps).toMatchObject([{ isCertain: false, bytesAtMost: 600 }]);
});

test('a damaged first line of a new alerts.json hides its offset, and is no gap', () => {
  const proof = judgeAll(
    [
      { alertId: '100.0', at: 0 },
      { alertId: '100.300', at: 700 },
    ],
    'json',
  ).proof;
  expect(judgeAll([{ alertId: '101.200', at: 650 }], 'json', beginFile(proof)).gaps).toEqual([]);
});

test.each([
  { what: 'two files put together', offsets: [0, 300, 600, 0, 300] },
  { what: 'alerts put in', offsets: [0, 300, 500, 800, 1_100] },
  { what: 'the same alert again and again', offsets: [0, 0, 0, 0, 0] },
])('of an alerts.log with $what nothing is claimed', ({ offsets }) => {
  const marks = offsets.map((offset, index) => ({ alertId: `100.${offset}`, at: index * 300 }));
  const { proof, gaps } = judgeAll(marks, 'log');
  expect(gaps).toEqual([]);
  expect(completenessOf(proof).since).toBeNull();
});

test('alerts that came in another order than their seconds are no gap', () => {
  const marks = [
    { alertId: '102.0', at: 0 },
    { alertId: '100.300', at: 300 },
    { alertId: '101.600', at: 600 },
  ];
  expect(judgeAll(marks, 'log')).toMatchObject({ gaps: [], proof: { counting: 'own' } });
});

test.each(['', 'null', '[]', '{"counting":"own"}', 'not JSON'])(
  'a remembered proof of another shape (%s) proves nothing',
  (text) => {
    expect(readProof(text)).toEqual(NOTHING_PROVEN);
  },
);
