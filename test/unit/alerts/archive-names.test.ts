import { expect, test } from 'vitest';
import { describeGap, parseDatedName, parseSiblingName } from '../../../src-main/alerts/archive-names.ts';

const dated = (year: string, month: string, file: string) => parseDatedName(year, month, file, '.json');
const day = (date: string, chunk = '') => dated('2026', 'Nov', `ossec-alerts-${date}${chunk}.json`);

test('days, chunks and months sort by time, and compressing changes no place', () => {
  const names = [
    dated('2026', 'Apr', 'ossec-alerts-02.json'),
    dated('2026', 'Nov', 'ossec-alerts-21.json'),
    dated('2026', 'Nov', 'ossec-alerts-21-001.json.gz'),
    dated('2026', 'Nov', 'ossec-alerts-21-010.json'),
    dated('2026', 'Nov', 'ossec-alerts-22.json.gz'),
    dated('2027', 'Jan', 'ossec-alerts-01.json'),
  ];
  const keys = names.map((name) => name?.key ?? 'none');
  expect(keys).toEqual(keys.toSorted());
  expect(dated('2026', 'Nov', 'ossec-alerts-21.json')?.key).toBe(
    dated('2026', 'Nov', 'ossec-alerts-21.json.gz')?.key,
  );
});

test('sums, the other form and foreign files are no archives', () => {
  for (const file of [
    'ossec-alerts-21.json.sum',
    'ossec-alerts-21.log',
    'ossec-alerts-00.json',
    'ossec-alerts-32.json',
    'ossec-archive-21.json',
    'notes.json',
  ]) {
    expect(dated('2026', 'Nov', file)).toBeNull();
  }
  expect(dated('2026', 'November', 'ossec-alerts-21.json')).toBeNull();
});

test('the files of logrotate sort from old to new', () => {
  const keys = ['alerts.json.10.gz', 'alerts.json.2.gz', 'alerts.json.1'].map(
    (file) => parseSiblingName('alerts.json', file)?.key ?? 'none',
  );
  expect(keys).toEqual(keys.toSorted());
  expect(parseSiblingName('alerts.json', 'alerts.json-20261121.gz')).toMatchObject({ isCompressed: true });
  for (const file of ['alerts.json', 'alerts.json.bak', 'alerts.log.1', 'alerts.json.1.xz']) {
    expect(parseSiblingName('alerts.json', file)).toBeNull();
  }
});

test('a gap is named: days where they are asked for, chunks always', () => {
  expect(describeGap(day('21'), day('22'), true)).toBeNull();
  expect(describeGap(day('21'), day('21', '-001'), true)).toBeNull();
  expect(describeGap(day('28'), day('30'), true)).toBe('no archive of 2026-11-29 is there');
  expect(describeGap(day('21'), day('25'), true)).toBe('no archive of 2026-11-22 to 2026-11-24 is there');
  expect(describeGap(day('21'), day('25'), false)).toBeNull();
  expect(describeGap(day('21'), day('21', '-003'), false)).toBe(
    '2 file(s) of 2026-11-21 before chunk 3 are not there',
  );
  expect(describeGap(day('21'), day('22', '-001'), true)).toBe(
    '1 file(s) of 2026-11-22 before chunk 1 are not there',
  );
  expect(describeGap(null, day('22'), true)).toBeNull();
});
