import { describe, expect, test } from 'vitest';
import {
  accessLogTime,
  alertTimestamp,
  ctime,
  fimTime,
  headerTime,
  syslogTime,
} from '../../../src-main/lab/alerts/dates.ts';

/** Every form as the captured files of 4.14.7 write it. */
describe('times as a manager writes them', () => {
  const ms = Date.parse('2026-11-03T08:05:09.250Z');

  test.each([
    ['alerts.json', alertTimestamp, '2026-11-03T08:05:09.250+0000'],
    ['syscheck.mtime', fimTime, '2026-11-03T08:05:09'],
    ['second line of alerts.log', headerTime, '2026 Nov 03 08:05:09'],
    ['the Date attribute, day padded with a space', ctime, 'Tue Nov  3 08:05:09 2026'],
    ['syslog, day padded with a space', syslogTime, 'Nov  3 08:05:09'],
    ['access logs', accessLogTime, '03/Nov/2026:08:05:09 +0000'],
  ])('%s', (_, format, expected) => {
    expect(format(ms)).toBe(expected);
  });
});
