import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LineScan } from '../../../src-main/alerts/line-scan.ts';
import { FIM_TEXT, USUAL_CHANGES } from '../../../src-main/alerts/usual-fim.ts';
import { fimEventKey } from '../../../src-main/store/alert-key.ts';
import { decodeJsonAlert } from '../../../src-shared/formats/json-alert.ts';
import { fimLine } from '../../builders/an-alert-record.ts';
import { fixture } from '../../builders/read-alerts.ts';

const linesOf = (version: string) => fixture(`wazuh-${version}/alerts.json`).toString('latin1').split('\n');
const captured = ['3.3', '3.4', '3.11', '3.13', '4.14.7'].flatMap(linesOf).filter((line) => line !== '');

const scan = new LineScan();

/** One character a byte. What stands behind the line must not matter. */
function found(line: string, behind = '\n') {
  scan.bytes.fill(behind.padEnd(300, ',"x":1}]'), 0, line.length + 300);
  scan.bytes.write(line, 'latin1');
  const fim = scan.usualFim(0, line.length);
  if (!fim) return null;
  const text = (name: keyof typeof FIM_TEXT) =>
    fim.length(FIM_TEXT[name]) === 0 ? null : fim.textOf(FIM_TEXT[name]);
  return {
    timeMs: fim.timeMs,
    sec: fim.alertSec,
    off: fim.alertOff,
    sizeBytes: fim.sizeBytes === -1 ? null : fim.sizeBytes,
    change: USUAL_CHANGES[fim.change],
    agent: { id: text('agentId'), name: text('agentName') },
    path: text('path'),
    permissions: text('permissions')?.trim() ?? null,
    hashes: { md5: text('md5'), sha1: text('sha1'), sha256: text('sha256') },
  };
}

const two = (max: number) => fc.integer({ min: 0, max }).map((number) => String(number).padStart(2, '0'));

/** The same as the decoder tells it; null when it is no FIM event, or one with more than is found. */
function decoded(line: string) {
  const bytes = Buffer.from(line, 'latin1');
  const source = { text: bytes.toString(), latin1: () => line };
  const result = decodeJsonAlert(source);
  if ('malformed' in result || result.alert.kind !== 'fim') return null;
  const { alert } = result;
  const { sec, off } = fimEventKey(alert);
  const isPlain = alert.actor === null && alert.pathBytes === null && alert.subject !== 'registry-value';
  if (!isPlain) return null;
  const { id, name } = alert.agent;
  const { sizeBytes, permissions, hashes } = alert.after;
  const { timeMs, change, path } = alert;
  return { timeMs, sec, off, sizeBytes, change, agent: { id, name }, path, permissions, hashes };
}

describe('a usual FIM alert', () => {
  test('is found among the captured ones, and says what the decoder says', () => {
    const fims = linesOf('4.14.7').filter((line) => line !== '' && decoded(line) !== null);
    const usual = fims.filter((line) => found(line) !== null);
    expect(usual.length).toBeGreaterThan(fims.length / 2);
    for (const line of captured) expect(found(line) ?? decoded(line)).toEqual(decoded(line));
  });

  const usual = fimLine({
    perm_after: 'rw-r--r--',
    sha1_after: 'a'.repeat(40),
    sha256_after: 'b'.repeat(64),
  });

  test('is found whatever stands behind its line', () => {
    const truth = decoded(usual);
    expect(truth).not.toBeNull();
    for (const behind of ['\n', '', '}', '"', '\0', '\\', '0', ' '])
      expect(found(usual, behind)).toEqual(truth);
  });

  test('that is cut anywhere is none', () => {
    for (let length = 0; length < usual.length; length += 1) {
      expect(found(usual.slice(0, length))).toBeNull();
      expect(found(usual.slice(0, length), usual.slice(length))).toBeNull();
    }
  });

  test.each([
    ['who-data', usual.replace('"event":', '"audit":{},"event":')],
    ['who-data in the place of 3.4', usual.replace('"syscheck":', '"audit":{},"syscheck":')],
    ['a registry key', usual.replace('"event":', '"arch":"[x64]","event":')],
    ['a registry value', usual.replace('"event":', '"value_name":"","event":')],
    ['permissions of Windows', usual.replace('"perm_after":"rw-r--r--"', '"win_perm_after":[]')],
    ['a member twice', usual.replace('"event":', '"path":"/else","event":')],
    ['an object twice', usual.replace('"decoder":', '"syscheck":{},"decoder":')],
    ['another number of the rule', usual.replace('"groups":', '"id":["554"],"groups":')],
    ['an escaped name', usual.replace('"path":', String.raw`"pat\u0068":"/else","path":`)],
    ['an escape in its path', usual.replace('/srv', String.raw`\u002fsrv`)],
    ['a path beyond ASCII', usual.replace('/srv', '/srv\xc3\xa9')],
    ['a path that ends in a space', usual.replace('a.bin', 'a.bin ')],
    ['a longer path than is compared', usual.replace('/srv/', `/srv/${'x'.repeat(250)}`)],
    ['an empty path', usual.replace('/srv/a.bin', '')],
    ['another word for the change', usual.replace('"added"', '"moved"')],
    ['no word for the change', usual.replace('"event":', '"x":')],
    ['a digest in upper case', usual.replace('aaaa', 'AAAA')],
    ['a digest that is none', usual.replace('a'.repeat(40), 'xxx')],
    ['a size beyond counting', usual.replace('"size_after":"1"', '"size_after":"1234567890123456"')],
    ['a size as a number', usual.replace('"size_after":"1"', '"size_after":1')],
    ['no agent', usual.replace('"agent":', '"agentless":')],
    ['an agent without a name', usual.replace('"web-01"', '""')],
    ['a time without milliseconds', usual.replace('.746', '')],
    ['a day that does not exist', usual.replace('-11-21', '-11-31')],
    ['a time before the epoch', usual.replace('"2026', '"1969')],
    ['an id that is none', usual.replace('1795286028.536', '1795286028')],
    ['a control character', usual.replace('realtime', 'real\ttime')],
    ['a byte of zero', usual.replace('realtime', 'real\0time')],
    ['an escape that is none', usual.replace('realtime', String.raw`\x`)],
    ['a number that is none', usual.replace('"level":5', '"level":05')],
    ['white space', usual.replace('"event":', '"event": ')],
    ['a carriage return', `${usual}\r`],
    ['something behind its end', `${usual}}`],
    ['very deep members', usual.replace('"decoder":', `"x":${'['.repeat(30)}${']'.repeat(30)},"decoder":`)],
  ])('is left to the decoder with %s', (_what, line) => {
    expect(line).not.toBe(usual);
    expect(found(line)).toBeNull();
  });

  test('may hold anything in the members that are not read, and stand in any order', () => {
    const members = {
      tags: ['é', '\ud800', '"\\/\b\f\n\r\t', 'x'.repeat(100)],
      nothing: [null, true, false, 0, -1.5e-9, 12e3, {}, [], { a: { b: [[{}]] } }],
    };
    const line = Buffer.from(fimLine(members, { labels: members, full_log: 'é"'.repeat(40) })).toString(
      'latin1',
    );
    const reversed = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(usual)).toReversed()));
    for (const each of [line, reversed]) {
      expect(found(each)).not.toBeNull();
      expect(found(each)).toEqual(decoded(each));
    }
  });

  test('of any moment has the decoder’s time', () => {
    const year = fc.integer({ min: 1960, max: 10_010 });
    const date = fc.tuple(year, two(13), two(32)).map((parts) => parts.join('-'));
    const clock = fc.tuple(two(25), two(61), two(61)).map((parts) => parts.join(':'));
    const zone = fc.tuple(fc.constantFrom('+', '-'), two(24), two(61)).map((parts) => parts.join(''));
    fc.assert(
      fc.property(date, clock, fc.integer({ min: 100, max: 999 }), zone, (day, hour, ms, offset) => {
        const time = `${day}T${hour}.${ms}${offset}`;
        const line = usual.replace('2026-11-21T18:33:48.746+0000', time);
        expect(found(line) ?? decoded(line)).toEqual(decoded(line));
      }),
      { numRuns: 2000 },
    );
  });

  test('is what the decoder says it is, however a line was tampered with', () => {
    const words = [
      '"',
      '\\',
      '\\"',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      '.',
      ' ',
      'e',
      '\xe9',
      '\0',
      '\r',
      '\\u0041',
    ];
    const member = fc
      .tuple(
        fc.constantFrom(
          'path',
          'id',
          'agent',
          'rule',
          'event',
          'audit',
          'name',
          'md5_after',
          'timestamp',
          'arch',
          'x',
        ),
        fc.jsonValue({ maxDepth: 2 }),
      )
      .map(([name, value]) => Buffer.from(`"${name}":${JSON.stringify(value)},`).toString('latin1'));
    const word = fc.oneof(fc.constantFrom(...words), member);
    const fims = [usual, ...captured.filter((line) => line.includes('"syscheck":{'))];
    fc.assert(
      fc.property(
        fc.constantFrom(...fims),
        fc.array(fc.tuple(fc.nat(), word, fc.nat(3), fc.boolean()), { minLength: 1, maxLength: 3 }),
        (line, edits) => {
          const edited = edits.reduce((text, [place, added, removed, isMember]) => {
            const at = isMember ? Math.max(0, text.indexOf('"', place % text.length)) : place % text.length;
            return text.slice(0, at) + added + text.slice(at + (isMember ? 0 : removed));
          }, line);
          expect(found(edited) ?? decoded(edited)).toEqual(decoded(edited));
        },
      ),
      { numRuns: 5000 },
    );
  });
});
