import { describe, expect, it } from 'vitest';
import { gaugeNote, haltNotice, queueSentence } from '../../../../src-renderer/overview/queue-words.ts';
import { clockTime } from '../../../../src-renderer/ui/format-time.ts';
import { nextUtcDay } from '../../../../src-shared/domain/quota.ts';
import type { PauseReason, QueueStatus } from '../../../../src-shared/ipc/status.ts';

const now = Date.UTC(2026, 10, 17, 13, 32);
const midnight = clockTime(nextUtcDay(now));
const iso = (ms: number) => new Date(ms).toISOString();

const aQueue = (part: Partial<QueueStatus> = {}): QueueStatus => ({
  waiting: 312,
  waitingEvents: 541,
  inFlight: 1,
  paused: false,
  reason: null,
  error: null,
  resumesAt: null,
  eta: iso(now + 2 * 60_000),
  coveredToday: null,
  quota: {
    minute: { limit: 4, used: 3, resetsAt: iso(now + 14_000) },
    day: { limit: 500, used: 412, resetsAt: iso(nextUtcDay(now)) },
    month: { limit: 15_500, used: 8104, resetsAt: iso(Date.UTC(2026, 11, 1)) },
  },
  ...part,
});

describe('the sentence about the queue', () => {
  it('says what today still covers and from when the rest goes on', () => {
    const sentence = queueSentence(aQueue({ coveredToday: 88 }), 48_211, now);
    expect(sentence).toMatch(`312 files wait. 88 more today, the rest from ${midnight}; clear by `);
  });

  it('leaves the day out when today covers all', () => {
    expect(queueSentence(aQueue({ coveredToday: 312 }), 1, now)).toMatch(
      /^312 files wait; clear by \d\d:\d\d\.$/,
    );
    expect(queueSentence(aQueue({ waiting: 1, eta: null }), 1, now)).toBe('1 file waits.');
  });

  it('does not praise an empty queue when nothing was read', () => {
    expect(queueSentence(aQueue({ waiting: 0 }), 0, now)).toBe(
      'Nothing waits; no file has been reported yet.',
    );
    expect(queueSentence(aQueue({ waiting: 0 }), 9, now)).toContain('has a verdict');
  });
});

describe('a queue that stands still', () => {
  it('is no news while it only waits for its next minute', () => {
    expect(haltNotice(aQueue({ reason: 'minute-quota' }), now)).toBeNull();
    expect(haltNotice(aQueue(), now)).toBeNull();
  });

  it('says that nothing is lost and what to do when the key is rejected', () => {
    expect(haltNotice(aQueue({ reason: 'key-rejected' }), now)).toEqual({
      tone: 'error',
      action: 'replace-key',
      title: 'VirusTotal does not accept the key',
      words:
        'The queue is paused with 312 files in it; nothing is lost. Enter a key that works and it goes on.',
    });
  });

  it('says when it goes on after the day is spent', () => {
    const notice = haltNotice(aQueue({ reason: 'day-quota', waiting: 224 }), now);
    expect(notice?.title).toBe('Today’s 500 lookups are used');
    expect(notice?.words).toBe(
      `224 files stay queued, new executables first. Looking up goes on at ${midnight}, when VirusTotal’s day begins.`,
    );
  });

  it('repeats the words of the core for what only the core knows', () => {
    const error = {
      code: 'x',
      message: 'VirusTotal answers with errors (503).',
      remedy: 'Tried again by itself.',
    };
    const notice = haltNotice(aQueue({ reason: 'service', error, resumesAt: iso(now + 18_000) }), now);
    expect(notice).toMatchObject({
      title: 'VirusTotal answers with errors (503)',
      words: 'Tried again by itself. Tried again in 18 s.',
    });
  });

  it.each<PauseReason>(['no-key', 'key-locked', 'by-user', 'month-quota', 'rate-limited', 'network'])(
    'for %s never leaves a sentence empty',
    (reason) => {
      for (const waiting of [0, 1, 312]) {
        const notice = haltNotice(aQueue({ reason, waiting }), now);
        expect(notice?.title).not.toBe('');
        expect(notice?.words).toMatch(/\.$/);
        expect(notice?.words).not.toMatch(/undefined|null|NaN/);
      }
    },
  );
});

describe('the note beside a meter', () => {
  it('says when the used part frees up', () => {
    const { minute, day, month } = aQueue().quota;
    expect(gaugeNote('minute', minute, now)).toBe('next in 14 s');
    expect(gaugeNote('day', day, now)).toBe('10 h 28 min left');
    expect(gaugeNote('month', month, now)).toMatch(/^until (30 Nov|1 Dec)$/);
  });

  it('says when a spent day begins anew', () => {
    const day = { limit: 500, used: 500, resetsAt: iso(nextUtcDay(now)) };
    expect(gaugeNote('day', day, now)).toBe(`resets ${midnight}`);
  });

  it('says so when nothing is used', () => {
    expect(gaugeNote('minute', { limit: 4, used: 0, resetsAt: null }, now)).toBe('nothing used');
  });
});
