import { describe, expect, test } from 'vitest';
import { detectionsSince } from '../../../src-main/kes/agent/detections-since.ts';
import { parseEvents } from '../../../src-shared/formats/kesl-output.ts';

const SINCE = '2026-10-25 02:30:00 +0200';
const LATER = '2026-10-25 02:50:00 +0200';

function event(date: string, { file = '/srv/a', task = 'Scan_My_Computer' } = {}): string {
  return `EventType=ThreatDetected\nEventId=1\nDate=${date}\nFileName=${file}\nTaskName=${task}\nDetectName=EICAR\n`;
}

function found(
  texts: readonly string[],
  {
    now = LATER,
    isFull = false,
    isReadable = true,
  }: { now?: string | null; isFull?: boolean; isReadable?: boolean } = {},
) {
  const page = { events: parseEvents(texts.join('\n')), isReadable, isFull };
  const { events, areAll } = detectionsSince(
    page,
    { since: SINCE, now },
    (name) => name === 'Scan_My_Computer',
  );
  return { count: events.length, areAll };
}

describe('what a task detected since its start', () => {
  test('counts its own detections from the second of its start on', () => {
    const texts = [
      event('2026-10-25 02:29:59'),
      event('2026-10-25 02:30:00'),
      event('2026-10-25 02:40:00'),
      event('2026-10-25 02:40:00', { task: 'Scan_File_1' }),
    ];
    expect(found(texts)).toEqual({ count: 2, areAll: true });
    expect(found([])).toEqual({ count: 0, areAll: true });
  });

  test('is not all where summer time ended or the clock was set back meanwhile', () => {
    const text = [event('2026-10-25 02:05:00')];
    expect(found(text, { now: '2026-10-25 02:40:00 +0100' }).areAll).toBe(false);
    expect(found(text, { now: '2026-10-25 02:10:00 +0200' }).areAll).toBe(false);
    expect(found(text, { now: null }).areAll).toBe(false);
  });

  test('is not all in a full page that does not reach back to the start', () => {
    const other = event('2026-10-25 02:40:00', { task: 'Scan_File_1' });
    expect(found([other], { isFull: true }).areAll).toBe(false);
    expect(found([event('2026-10-25 02:00:00'), other], { isFull: true }).areAll).toBe(true);
  });

  test('is not all where the output was cut', () => {
    expect(found([], { isReadable: false })).toEqual({ count: 0, areAll: false });
  });

  test.each([
    ['a task', '/srv/a\nTaskName=Other'],
    ['a date', '/srv/a\nDate=1990-01-01 00:00:00'],
    ['a type', '/srv/a\nEventType=TaskStateChanged'],
    ['the end of its event', '/srv/a\n'],
    ['an event of old', '/srv/a\n\nEventType=ThreatDetected\nDate=1990-01-01 00:00:00'],
  ])('a file whose name holds %s hides no detection', (_name, file) => {
    const { count, areAll } = found([event('2026-10-25 02:40:00', { file })]);
    expect(areAll && count === 0).toBe(false);
  });

  test('such a file of long ago spoils nothing', () => {
    expect(found([event('2026-10-20 02:40:00', { file: '/srv/a\n' })])).toEqual({ count: 0, areAll: true });
  });
});
