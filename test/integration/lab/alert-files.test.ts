import { appendFileSync, existsSync, linkSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AlertFiles } from '../../../src-main/lab/manager/alert-files.ts';
import { hashesOf } from '../../builders/a-known-file.ts';
import { inodeOf } from '../../builders/lab-files.ts';

const evening = Date.parse('2026-11-21T23:59:28Z');
const record = (text: string) => ({ json: `{"${text}":1}\n`, log: `** Alert 1.0: - ${text}\n\n` });

let root: string;
let files: AlertFiles;

const live = (form: 'json' | 'log') => join(root, 'logs/alerts', `alerts.${form}`);
const dated = (name: string) => join(root, 'logs/alerts/2026/Nov', `ossec-alerts-${name}`);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'verdict-desk-files-'));
  files = new AlertFiles(root, evening);
});
afterEach(() => {
  files.close();
  rmSync(root, { recursive: true, force: true });
});

/** Each step is one of the samples in rotation/inodes.txt, captured from a manager across a day change. */
describe('the alert files of the lab', () => {
  test('the live name is a hard link to the dated file', () => {
    files.append(record('a'));
    expect(inodeOf(live('json'))).toEqual(inodeOf(dated('21.json')));
    expect(inodeOf(live('log'))).toMatchObject({ links: 2, size: record('a').log.length });
  });

  test('at midnight both live names move to new empty files; the old ones keep their inode and one link', () => {
    files.append(record('a'));
    const before = { json: inodeOf(live('json')), log: inodeOf(live('log')) };
    files.moveTo(evening + 34_000);
    for (const form of ['json', 'log'] as const) {
      expect(inodeOf(dated(`21.${form}`))).toMatchObject({ inode: before[form]?.inode, links: 1 });
      expect(inodeOf(live(form))).toMatchObject({ links: 2, size: 0 });
      expect(inodeOf(live(form))).toEqual(inodeOf(dated(`22.${form}`)));
      expect(inodeOf(live(form))?.inode).not.toBe(before[form]?.inode);
    }
    expect(files.offset).toBe(0);
  });

  test('ten seconds later the day is gzipped beside its checksums and the plain file is gone', () => {
    files.append(record('a'));
    const plain = readFileSync(dated('21.json'), 'utf8');
    files.moveTo(evening + 34_000);
    files.moveTo(evening + 41_999);
    expect(existsSync(dated('21.json'))).toBe(true);
    files.moveTo(evening + 42_000);
    expect(existsSync(dated('21.json'))).toBe(false);
    expect(gunzipSync(readFileSync(dated('21.json.gz'))).toString()).toBe(plain);
    const name = '/logs/alerts/2026/Nov/ossec-alerts-21';
    const { md5, sha1, sha256 } = hashesOf(plain);
    expect(readFileSync(dated('21.json.sum'), 'utf8')).toBe(
      [
        'Current checksum:',
        `MD5  (${name}) = ${md5}`,
        `SHA1 (${name}) = ${sha1}`,
        '',
        `SHA256 (${name}) = ${sha256}`,
        '',
        'Chained checksum:',
        'MD5  (/logs/alerts/2026/Nov/ossec-alerts-20.json.sum) = none',
        'SHA1 (/logs/alerts/2026/Nov/ossec-alerts-20.json.sum) = none',
        '',
        'SHA256 (/logs/alerts/2026/Nov/ossec-alerts-20.json.sum) = none',
        '',
        '',
      ].join('\n'),
    );
  });

  test('the next checksum file is chained to the one before', () => {
    files.append(record('a'));
    files.moveTo(evening + 50_000);
    files.append(record('b'));
    files.moveTo(evening + 86_400_000 + 50_000);
    const { sha256 } = hashesOf(readFileSync(dated('21.json.sum'), 'utf8'));
    expect(readFileSync(dated('22.json.sum'), 'utf8')).toContain(
      `SHA256 (/logs/alerts/2026/Nov/ossec-alerts-21.json.sum) = ${sha256}`,
    );
  });

  test('a size rotation moves both live names to the next chunk; all chunks are archived with their day', () => {
    files.append(record('a'));
    files.rotate();
    expect(inodeOf(dated('21.json'))).toMatchObject({ links: 1, size: record('a').json.length });
    expect(inodeOf(live('json'))).toEqual(inodeOf(dated('21-001.json')));
    files.append(record('b'));
    files.rotate();
    files.append(record('c'));
    expect(readFileSync(dated('21-002.log'), 'utf8')).toBe(record('c').log);
    files.moveTo(evening + 50_000);
    const archives = ['21', '21-001', '21-002'].map((name) =>
      gunzipSync(readFileSync(dated(`${name}.json.gz`))).toString(),
    );
    expect(archives).toEqual(['a', 'b', 'c'].map((text) => record(text).json));
  });

  test('a restart on the same day keeps inode, size and both links, and appends', () => {
    files.append(record('a'));
    const before = inodeOf(live('json'));
    files.restart();
    expect(inodeOf(live('json'))).toEqual(before);
    files.append(record('b'));
    expect(readFileSync(live('json'), 'utf8')).toBe(record('a').json + record('b').json);
    expect(files.offset).toBe((record('a').log + record('b').log).length);
  });

  test('a file that is opened again goes on in the newest chunk of its day', () => {
    files.rotate();
    files.append(record('a'));
    files.close();
    files = new AlertFiles(root, evening + 1000);
    files.append(record('b'));
    expect(readFileSync(dated('21-001.json'), 'utf8')).toBe(record('a').json + record('b').json);
  });

  test('a dated file that stayed empty does not outlive its day', () => {
    files.moveTo(evening + 50_000);
    expect(existsSync(dated('21.json'))).toBe(false);
    expect(existsSync(dated('21.json.gz'))).toBe(false);
  });

  test('a record can be begun and completed later, multi-byte characters included', () => {
    const grown = record('Übersicht – 日本');
    files.begin(grown);
    const begun = readFileSync(live('json'));
    expect(begun.length).toBeGreaterThan(0);
    expect(begun.length).toBeLessThan(Buffer.byteLength(grown.json));
    files.append(record('next'));
    expect(readFileSync(live('json'), 'utf8')).toBe(grown.json + record('next').json);
    expect(readFileSync(live('log'), 'utf8')).toBe(grown.log + record('next').log);
  });

  test('a day change completes what was begun in the old file first', () => {
    files.begin(record('late'));
    files.moveTo(evening + 34_000);
    expect(readFileSync(dated('21.json'), 'utf8')).toBe(record('late').json);
  });
});

const line = (offset: number) =>
  `{"rule":{"id":"554"},"manager":{"name":"lab-manager"},"id":"17.${offset}","location":"syscheck"}\n`;
const text = (offset: number) => `** Alert 17.${offset}: - ossec,syscheck,\nbody\n\n`;

const reopen = () => {
  files.close();
  files = new AlertFiles(root, evening);
  return { json: readFileSync(live('json'), 'utf8'), log: readFileSync(live('log'), 'utf8') };
};

describe('alert files that a killed lab left torn', () => {
  test('an unterminated line is taken back, with its alert in the text form', () => {
    const second = text(0).length;
    files.append({ json: line(0), log: text(0) });
    appendFileSync(live('log'), text(second));
    appendFileSync(live('json'), line(second).slice(0, 40));
    expect(reopen()).toEqual({ json: line(0), log: text(0) });
    expect(files.offset).toBe(second);
  });

  test('an alert that reached only the text form is taken back', () => {
    files.append({ json: line(0), log: text(0) });
    appendFileSync(live('log'), text(text(0).length));
    expect(reopen()).toEqual({ json: line(0), log: text(0) });
  });

  test('whole files stay as they are', () => {
    files.append({ json: line(0), log: text(0) });
    files.append({ json: line(text(0).length), log: text(text(0).length) });
    const { json, log } = reopen();
    expect(json).toBe(line(0) + line(text(0).length));
    expect(log).toBe(text(0) + text(text(0).length));
  });

  test('nothing but the beginning of a first alert becomes an empty file', () => {
    appendFileSync(live('log'), text(0).slice(0, 12));
    appendFileSync(live('json'), line(0).slice(0, 12));
    expect(reopen()).toEqual({ json: '', log: '' });
  });

  test('a reader that holds the old live file open still reads it after the mending', () => {
    files.append({ json: line(0), log: text(0) });
    linkSync(live('json'), join(root, 'held'));
    reopen();
    expect(inodeOf(join(root, 'held'))?.inode).toBe(inodeOf(live('json'))?.inode);
  });
});
