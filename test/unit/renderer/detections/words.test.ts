import { describe, expect, test } from 'vitest';
import { attemptsWords } from '../../../../src-renderer/detections/drawer/lookup-words.ts';
import { prettyJson } from '../../../../src-renderer/detections/drawer/pretty-json.ts';
import { hashProblem, hashWords } from '../../../../src-renderer/detections/check-words.ts';
import { muteChoices } from '../../../../src-renderer/detections/mute-choices.ts';
import { newsOf } from '../../../../src-renderer/detections/news.ts';
import { keyAction } from '../../../../src-renderer/detections/triage-keys.ts';
import { countsInWords, judgedOf, safePermalink } from '../../../../src-renderer/detections/words.ts';
import { EMPTY_FILE_HASHES } from '../../../../src-shared/domain/file-hash.ts';
import { aDetectionRow } from '../../../builders/a-detection-row.ts';

describe('the column of times', () => {
  test('a verdict says when it came', () => {
    expect(judgedOf(aDetectionRow())).toMatchObject({ form: 'past', isSeen: false });
  });

  test('a file seen again after its verdict says so, since the list is ordered by that', () => {
    const row = aDetectionRow({ activityAt: '2026-11-17T09:00:00.000Z' });
    expect(judgedOf(row)).toEqual({ form: 'past', at: '2026-11-17T09:00:00.000Z', isSeen: true });
  });

  test('what waits says from when, or that its turn will come', () => {
    const queued = aDetectionRow({ standing: 'queued', judgedAt: null });
    expect(judgedOf({ ...queued, waitsUntil: '2026-11-18T00:00:00.000Z' })).toMatchObject({ form: 'future' });
    expect(judgedOf(queued)).toEqual({ form: 'words', words: 'in its turn' });
    expect(judgedOf({ ...queued, standing: 'failed' })).toEqual({ form: 'words', words: 'needs you' });
  });
});

describe('words about a file', () => {
  test('suspicion is named beside what is malicious', () => {
    expect(countsInWords({ positives: 3, suspicious: 1, total: 71 })).toBe('3 malicious, 1 suspicious of 71');
    expect(countsInWords({ positives: 0, suspicious: 0, total: 71 })).toBe('0 malicious of 71');
    expect(countsInWords({ positives: null, suspicious: null, total: null })).toBeNull();
  });

  test('only pages of VirusTotal itself are opened', () => {
    const page = 'https://www.virustotal.com/gui/file/abc';
    expect(safePermalink(page)).toBe(page);
    for (const other of [
      null,
      '',
      'http://www.virustotal.com/gui/file/abc',
      'https://www.virustotal.com.evil.example/',
      'https://www.virustotal.com@evil.example/',
      'javascript:alert(1)',
    ]) {
      expect(safePermalink(other)).toBeNull();
    }
  });

  test('attempts are told with the last outcome', () => {
    expect(attemptsWords({ attempts: 3, lastOutcome: 'timed-out', message: '' })).toBe(
      'Tried 3 times, last: timed out.',
    );
    expect(attemptsWords(null)).toBe('');
  });
});

const scopes = (path: string) => muteChoices(aDetectionRow({ path })).map(({ pattern }) => pattern);

describe('rules made from a file', () => {
  test('run from its hash to its agent', () => {
    const row = aDetectionRow({ path: '/srv/upload/invoice.tar.gz' });
    expect(muteChoices(row).map(({ kind, pattern }) => [kind, pattern])).toEqual([
      ['hash', 'a'.repeat(64)],
      ['path', '/srv/upload/invoice.tar.gz'],
      ['path', '/srv/upload/'],
      ['extension', '.gz'],
      ['agent', 'web-ams-1'],
    ]);
  });

  test('leave out an extension that is none, and keep the separator of the system', () => {
    expect(scopes('/root/.bashrc')).not.toContain('.bashrc');
    expect(scopes('C:\\Temp\\a.exe')).toContain('C:\\Temp\\');
    expect(scopes('/vmlinuz')).toContain('/');
  });
});

describe('a digest typed by hand', () => {
  test('is recognised, and an empty file is pointed out', () => {
    expect(hashWords({ algorithm: 'md5', hex: 'f'.repeat(32) }, null)).toBe('MD5 recognised.');
    expect(hashWords({ algorithm: 'md5', hex: EMPTY_FILE_HASHES.md5 ?? '' }, null)).toContain('empty file');
  });

  test('is refused with what would be one', () => {
    expect(hashProblem('')).toContain('Paste a hash');
    expect(hashProblem('zzz')).toContain('0–9 and a–f');
    expect(hashProblem('abc1')).toContain('4 digits');
  });
});

const press = (key: string, chord = {}) =>
  keyAction({ key, ctrlKey: false, metaKey: false, altKey: false, ...chord });

describe('single-letter keys', () => {
  test('work in both cases and never as part of a chord', () => {
    expect(press('j')).toEqual({ kind: 'step', by: 1 });
    expect(press('R')).toEqual({ kind: 'triage', state: 'resolved' });
    expect(press('r', { ctrlKey: true })).toBeNull();
    expect(press('x')).toBeNull();
  });
});

describe('what is said aloud', () => {
  test('new detections, but neither clean files nor what was known', () => {
    const clean = aDetectionRow({ fileId: 1 });
    const bad = aDetectionRow({ fileId: 2, standing: 'malicious', path: '/srv/a.exe' });
    expect(newsOf([clean], [clean, bad])).toBe('a.exe is malicious');
    expect(newsOf([clean, bad], [clean, bad])).toBeNull();
    expect(newsOf(null, [bad])).toBeNull();
    expect(newsOf([], [bad, { ...bad, fileId: 3 }])).toBe('2 new detections');
  });
});

describe('an alert indented for the eye', () => {
  test('keeps long numbers, repeated keys and their order as written', () => {
    expect(prettyJson('{"b":12345678901234567890,"1":[],"b":{"x":[1,"a,b:{"]}}')).toBe(
      [
        '{',
        '  "b": 12345678901234567890,',
        '  "1": [],',
        '  "b": {',
        '    "x": [',
        '      1,',
        '      "a,b:{"',
        '    ]',
        '  }',
        '}',
      ].join('\n'),
    );
  });

  test('is not made of what is no JSON', () => {
    expect(prettyJson('** Alert 1594813024.3: - ossec')).toBeNull();
  });
});
