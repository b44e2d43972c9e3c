import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRecordReader } from '../../../src-main/alerts/create-record-reader.ts';
import { fimText, plainText } from '../../builders/an-alert-record.ts';
import { fixture, ofKind, readAlerts } from '../../builders/read-alerts.ts';

const MEBIBYTE = 1_048_576;

describe('an alert of alerts.log', () => {
  test('ends where the next header begins, with its offset and its bytes as written', () => {
    const read = readAlerts('log', plainText() + fimText() + plainText());

    expect(read.alerts).toBe(3);
    expect(read.records).toHaveLength(1);
    expect(read.records[0]?.offset).toBe(plainText().length);
    expect(Buffer.from(read.records[0]?.raw ?? []).toString()).toBe(fimText().trimEnd());
  });

  test('does not end at a blank line, nor at text that only resembles a header', () => {
    const contents =
      '\nWhat changed:\n1c1\n< a\n---\n> ** Alert 1.2: - fake,\n** Alert x.2: - fake,\n\n\nTags:\n - watch\n';
    const read = readAlerts('log', fimText('/srv/a', { extra: contents }) + plainText());

    expect(read.alerts).toBe(2);
    expect(ofKind(read, 'fim')[0]?.tags).toEqual(['watch']);
  });

  test('is not yet one while only its beginning is there', () => {
    const reader = createRecordReader('log', 0);
    const first = reader.push(Buffer.from(fimText()));

    expect(first).toMatchObject({ alerts: 0, endOffset: 0 });

    const second = reader.push(Buffer.from(plainText().slice(0, 20)));

    expect(second).toMatchObject({ alerts: 0, endOffset: 0 });

    const third = reader.push(Buffer.from(plainText().slice(20)));

    expect(third).toMatchObject({
      alerts: 1,
      endOffset: fimText().length,
      lastAlertId: '1795286028.100',
    });
  });

  test('without a rule line is not an alert', () => {
    const broken = '** Alert 1795286028.1: - ossec,\n2026 Nov 21 18:33:48 web-01->syscheck\n\n';
    const read = readAlerts('log', broken + fimText());

    expect(read.records).toHaveLength(1);
    expect(read.malformed).toMatchObject([{ reason: 'not-an-alert', offset: 0, lengthBytes: broken.length }]);
  });
});

describe('at rest', () => {
  test('the last alert is complete once its closing empty line is there', () => {
    const reader = createRecordReader('log', 0);
    reader.push(Buffer.from(fimText()));

    expect(reader.settle()).toMatchObject({ alerts: 1, endOffset: fimText().length });
    expect(reader.settle()).toMatchObject({ alerts: 0, endOffset: fimText().length });
  });

  test.each([
    ['in the middle of a line', 150],
    ['behind the line of its mode', fimText().indexOf('\nAttributes')],
    ['before its facts', fimText().indexOf('Attributes')],
    ['before its closing empty line', fimText().length - 1],
  ])('an alert that was written %s is left for later', (_where, length) => {
    const reader = createRecordReader('log', 0);
    reader.push(Buffer.from(fimText().slice(0, length)));

    expect(reader.settle()).toMatchObject({ alerts: 0, endOffset: 0 });

    reader.push(Buffer.from(fimText().slice(length)));

    expect(reader.settle()).toMatchObject({ alerts: 1, malformed: [] });
  });

  test('what still follows without a header is passed over', () => {
    const reader = createRecordReader('log', 0);
    reader.push(Buffer.from(fimText()));
    reader.settle();
    const late = 'What changed:\nlate words\n';

    expect(reader.push(Buffer.from(`${late}half`))).toMatchObject({
      alerts: 0,
      malformed: [],
      endOffset: fimText().length + late.length,
    });

    const rest = ` line\n${fimText('/srv/b')}`;

    expect(reader.push(Buffer.from(rest)).malformed).toEqual([]);
    expect(reader.settle().records[0]?.offset).toBe(fimText().length + late.length + 10);
  });
});

describe('before the first header', () => {
  test('bytes of a file taken up in the middle are passed over silently', () => {
    const read = readAlerts('log', `rest of an alert\n\n${fimText()}`, { startOffset: 5000 });

    expect(read.malformed).toEqual([]);
    expect(read.records[0]?.offset).toBe(5018);
  });

  test('bytes of a file read from its beginning are counted once', () => {
    const content = `\nno alert\n\nat all\n${fimText()}`;
    for (const cuts of [[], [1, 5, 9, 12, 17]]) {
      const read = readAlerts('log', content, { cuts });

      expect(read.records).toHaveLength(1);
      expect(read.malformed).toMatchObject([{ reason: 'not-an-alert' }]);
    }
  });

  test('the byte order mark of an editor is nothing', () => {
    for (const cuts of [[], [1], [1, 2, 3], [2, 20]]) {
      const read = readAlerts('log', `\uFEFF${fimText()}`, { cuts });

      expect(read).toMatchObject({ alerts: 1, malformed: [] });
      expect(read.records[0]?.offset).toBe(3);
    }
  });

  test('blank lines are nothing', () => {
    expect(readAlerts('log', `\n\n${fimText()}`).malformed).toEqual([]);
  });
});

describe('at the end of a file', () => {
  test('a whole alert is read, even without its last newline', () => {
    expect(readAlerts('log', fimText().trimEnd())).toMatchObject({ alerts: 1, malformed: [] });
  });

  test('a deletion is whole as soon as it is told: it needs no facts', () => {
    const deleted = fimText().replace("' added\n", "' was deleted. Unable to retrieve checksum.\n");
    const told = deleted.slice(0, deleted.indexOf('checksum.\n') + 10);
    expect(readAlerts('log', told)).toMatchObject({ alerts: 1, malformed: [] });
    expect(readAlerts('log', told.slice(0, -8)).malformed).toMatchObject([{ reason: 'truncated' }]);
  });

  test.each([
    ['a digest', fimText().indexOf('MD5: ') + 20],
    ['the facts', fimText().indexOf('Attributes')],
    ['the head', 60],
  ])('an alert that ends inside %s is truncated', (_what, length) => {
    expect(readAlerts('log', fimText().slice(0, length))).toMatchObject({
      alerts: 0,
      malformed: [{ reason: 'truncated', offset: 0, lengthBytes: length }],
      endOffset: length,
    });
  });
});

describe('a long alert', () => {
  test.each([2, 5])('of %i MiB is counted once and skipped', (size) => {
    const long = plainText(`${'x'.repeat(1000)}\n`.repeat((size * MEBIBYTE) / 1000));
    const content = fimText() + long + fimText('/srv/b');
    for (const cuts of [[], [1000, 700_000, 1_400_000, 2_000_000], [fimText().length + long.length + 3]]) {
      const read = readAlerts('log', content, { cuts });

      expect(read.records).toHaveLength(2);
      expect(read.malformed).toMatchObject([
        { reason: 'oversized', offset: fimText().length, lengthBytes: long.length },
      ]);
    }
  });

  test('that is still being written is not passed', () => {
    const reader = createRecordReader('log', 0);
    const { endOffset } = reader.push(Buffer.from(fimText() + plainText('x'.repeat(3 * MEBIBYTE))));

    expect(endOffset).toBe(fimText().length);
    expect(reader.settle().endOffset).toBe(fimText().length);
  });
});

describe('NUL bytes', () => {
  test('poison the alert they stand in', () => {
    const read = readAlerts('log', fimText('/srv/\0/a') + fimText());

    expect(read.records).toHaveLength(1);
    expect(read.malformed).toMatchObject([{ reason: 'nul-bytes', offset: 0 }]);
  });

  test('behind a whole alert leave it whole', () => {
    const read = readAlerts('log', `${fimText()}\0\0\0\0${plainText()}${fimText('/srv/b')}`);

    expect(ofKind(read, 'fim').map(({ path }) => path)).toEqual(['/srv/a.bin', '/srv/b']);
    expect(read.malformed).toMatchObject([{ reason: 'nul-bytes', offset: fimText().length }]);
  });
});

describe('whatever the bytes', () => {
  const piece = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        fimText(),
        plainText(),
        '** Alert 1.2: - x,\n',
        '** Alert 1',
        '\n',
        '\r\n',
        '\0',
        '*',
      ),
    },
    {
      weight: 1,
      arbitrary: fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    },
  );
  const content = fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(pieces.join(''), 'latin1'));

  test('reading never throws and cutting them differently changes nothing', () => {
    fc.assert(
      fc.property(
        content,
        fc.array(fc.nat(4000), { maxLength: 12 }),
        fc.boolean(),
        (bytes, cuts, isInside) => {
          const startOffset = isInside ? 77 : 0;
          expect(readAlerts('log', bytes, { cuts, startOffset })).toEqual(
            readAlerts('log', bytes, { startOffset }),
          );
        },
      ),
    );
  });

  test('settling after each piece never throws and never moves backwards', () => {
    fc.assert(
      fc.property(fc.array(content, { maxLength: 6 }), (pieces) => {
        const reader = createRecordReader('log', 0);
        const offsets = pieces.flatMap((bytes) => [reader.push(bytes).endOffset, reader.settle().endOffset]);
        expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
      }),
    );
  });

  test('the captured file reads the same in pieces of any size', () => {
    const bytes = fixture('wazuh-4.14.7/alerts.log');
    const whole = readAlerts('log', bytes);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 60 }), (cuts) => {
        expect(readAlerts('log', bytes, { cuts })).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });
});
