import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRecordReader } from '../../../src-main/alerts/create-record-reader.ts';
import { fimLine, plainLine } from '../../builders/an-alert-record.ts';
import { fixture, ofKind, readAlerts } from '../../builders/read-alerts.ts';

const MEBIBYTE = 1_048_576;

describe('lines of alerts.json', () => {
  test('are counted when of no interest and decoded when of interest', () => {
    const read = readAlerts('json', `${plainLine()}\n${fimLine()}\n${plainLine()}\n`);

    expect(read.alerts).toBe(3);
    expect(read.records).toHaveLength(1);
    expect(read.malformed).toEqual([]);
  });

  test('come with their offset and their bytes as written, without the newline', () => {
    const read = readAlerts('json', `${plainLine()}\n${fimLine()}\r\n`);

    expect(read.records[0]?.offset).toBe(plainLine().length + 1);
    expect(Buffer.from(read.records[0]?.raw ?? []).toString()).toBe(fimLine());
  });

  test('that are blank are nothing, and CRLF is tolerated', () => {
    const read = readAlerts('json', `\r\n\n  \t\r\n${fimLine()}\r\n\r\n${plainLine()}\r\n`);

    expect(read.alerts).toBe(2);
    expect(read.malformed).toEqual([]);
  });

  test('may begin with a byte order mark at the beginning of the file only', () => {
    expect(readAlerts('json', `\uFEFF${fimLine()}\n`).records).toHaveLength(1);
    expect(readAlerts('json', `${fimLine()}\n\uFEFF${fimLine()}\n`).malformed).toHaveLength(1);
  });

  test.each([
    ['not-json', 'ossec: something else'],
    ['not-json', fimLine().slice(0, 300)],
    ['not-json', plainLine().slice(0, -1)],
    ['not-json', plainLine().slice(40)],
    ['not-an-alert', '{"message":"hello"}'],
    ['not-an-alert', '[1,2]'],
    ['not-an-alert', 'null'],
    ['not-an-alert', fimLine({}, { id: 'x' })],
    ['not-an-alert', fimLine({}, { rule: { level: 3 } })],
    ['nul-bytes', `${fimLine()}\0\0`],
    ['nul-bytes', plainLine().replace('sshd', 's\0hd')],
  ])('that are damaged are counted as %s and skipped', (reason, line) => {
    const read = readAlerts('json', `${fimLine()}\n${line}\n${fimLine()}\n`);

    expect(read.records).toHaveLength(2);
    expect(read.alerts).toBe(2);
    expect(read.malformed).toMatchObject([
      { reason, offset: fimLine().length + 1, lengthBytes: Buffer.byteLength(line) },
    ]);
  });

  test('that a newline cut in two are two damaged lines', () => {
    const read = readAlerts('json', `${fimLine().slice(0, 250)}\n${fimLine().slice(250)}\n`);

    expect(read.records).toEqual([]);
    expect(read.malformed.map(({ reason }) => reason)).toEqual(['not-json', 'not-json']);
  });

  test('show an excerpt of at most 200 harmless characters', () => {
    const [malformed] = readAlerts('json', `{"\u001B[31m\u0000${'x'.repeat(500)}\n`).malformed;

    expect(malformed?.excerpt).toHaveLength(200);
    expect(malformed?.excerpt.startsWith('{"\uFFFD[31m\uFFFDxxx')).toBe(true);
  });

  test('of another kind of file are counted, but nothing of them is shown or kept', () => {
    const key = [
      '-----BEGIN OPENSSH PRIVATE KEY-----',
      'b3BlbnNzaC1rZXktdjEAAAAABG5vbmU',
      'root:$6$salt$hash:1:',
    ];
    const environment = 'HOME=/root\0VERDICT_DESK_VIRUSTOTAL_KEY=c0ffee\0';
    for (const format of ['json', 'log'] as const) {
      const { malformed } = readAlerts(format, [...key, environment, ''].join('\n'));
      expect(malformed.length).toBeGreaterThan(0);
      expect(malformed.map(({ excerpt }) => excerpt).join('')).toBe('');
    }
  });

  test('with invalid UTF-8 are events, and their source bytes are kept', () => {
    const line = Buffer.from(fimLine({ path: '/srv/caf\u00e9.txt' }), 'latin1');
    const read = readAlerts('json', Buffer.concat([line, Buffer.from('\n')]));
    const [event] = ofKind(read, 'fim');

    expect(event?.path).toBe('/srv/caf\uFFFD.txt');
    expect(Buffer.from(event?.pathBytes ?? []).toString('latin1')).toBe('/srv/caf\u00e9.txt');
  });
});

describe('a long line', () => {
  test('of exactly a mebibyte is read', () => {
    const padding = 'x'.repeat(MEBIBYTE - fimLine({ diff: '' }).length);
    const line = fimLine({ diff: padding });

    expect(Buffer.byteLength(line)).toBe(MEBIBYTE);
    expect(readAlerts('json', `${line}\n`).records).toHaveLength(1);
  });

  test.each([MEBIBYTE + 1, 5 * MEBIBYTE])('of %i bytes is counted once and skipped', (length) => {
    const line = fimLine({ diff: 'x'.repeat(length - fimLine({ diff: '' }).length) });
    const content = `${fimLine()}\n${line}\n${fimLine()}\n`;
    for (const cuts of [[], [600_000, 1_200_000, 1_800_000], [fimLine().length + 1 + length]]) {
      const read = readAlerts('json', content, { cuts });

      expect(read.records).toHaveLength(2);
      expect(read.malformed).toMatchObject([
        { reason: 'oversized', offset: fimLine().length + 1, lengthBytes: length },
      ]);
      expect(read.endOffset).toBe(content.length);
    }
  });

  test('that is still being written is not passed, however long it gets', () => {
    const reader = createRecordReader('json', 0);
    const first = `${fimLine()}\n`;
    reader.push(Buffer.from(first));

    const { endOffset, malformed } = reader.push(Buffer.alloc(3 * MEBIBYTE, 'x'));

    expect(malformed).toEqual([]);
    expect(endOffset).toBe(first.length);
    expect(reader.settle().endOffset).toBe(first.length);
  });
});

describe('an unterminated line', () => {
  test('waits for its newline', () => {
    const reader = createRecordReader('json', 1000);
    const early = reader.push(Buffer.from(fimLine()));

    expect(early).toMatchObject({ alerts: 0, endOffset: 1000, lastAlertId: null });
    expect(reader.settle()).toMatchObject({ alerts: 0, endOffset: 1000 });

    const late = reader.push(Buffer.from('\n'));

    expect(late).toMatchObject({
      alerts: 1,
      endOffset: 1001 + fimLine().length,
      lastAlertId: '1795286028.536',
    });
    expect(late.records[0]?.offset).toBe(1000);
  });

  test('is read at the end of the file if it is whole, else counted as truncated', () => {
    expect(readAlerts('json', fimLine())).toMatchObject({ alerts: 1, endOffset: fimLine().length });
    expect(readAlerts('json', fimLine().slice(0, -20)).malformed).toMatchObject([{ reason: 'truncated' }]);
  });
});

test('bytes can be read straight into the room that the reader offers', () => {
  const reader = createRecordReader('json', 0);
  const content = Buffer.from(`${fimLine()}\n${plainLine()}\n`.repeat(2000));
  let records = 0;
  for (let taken = 0; taken < content.length;) {
    const space = reader.space?.() ?? new Uint8Array();
    const length = content.copy(space, 0, taken, taken + space.length);
    records += reader.push(space.subarray(0, length)).records.length;
    taken += length;
  }

  expect(records).toBe(2000);
});

describe('whatever the bytes', () => {
  const piece = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(fimLine(), plainLine(), '\n', '\r\n', '{"', '}', '\0', '"syscheck"'),
    },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    },
  );
  const content = fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(pieces.join(''), 'latin1'));

  test('reading never throws and cutting them differently changes nothing', () => {
    fc.assert(
      fc.property(content, fc.array(fc.nat(4000), { maxLength: 12 }), (bytes, cuts) => {
        expect(readAlerts('json', bytes, { cuts })).toEqual(readAlerts('json', bytes));
      }),
    );
  });

  test('the captured file reads the same in pieces of any size', () => {
    const bytes = fixture('wazuh-4.14.7/alerts.json');
    const whole = readAlerts('json', bytes);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 60 }), (cuts) => {
        expect(readAlerts('json', bytes, { cuts })).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });
});
