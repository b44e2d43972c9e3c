import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Decoded, FimEvent } from '../../../src-shared/domain/alert.ts';
import { NO_HASHES } from '../../../src-shared/domain/file-hash.ts';
import { decodeJsonAlert } from '../../../src-shared/formats/json-alert.ts';
import { usualSyscheck } from '../../../src-shared/formats/json-usual-syscheck.ts';
import { fixture } from '../../builders/read-alerts.ts';

const fimLines = ['3.3', '3.4', '3.11', '3.13', '4.14.7'].flatMap((version) =>
  fixture(`wazuh-${version}/alerts.json`)
    .toString()
    .split('\n')
    .filter((line) => line.includes('"syscheck":{')),
);

const sourceOf = (line: string) => ({ text: line, latin1: () => Buffer.from(line).toString('latin1') });

const NOTHING = { sizeBytes: null, hashes: NO_HASHES, permissions: null };
const NO_DETAILS = { owner: null, group: null, modifiedAt: null, inode: null };

/** What the store takes of a decoded alert. */
function stored(decoded: Decoded): Decoded {
  if ('malformed' in decoded || decoded.alert.kind !== 'fim') return decoded;
  const { sizeBytes, hashes, permissions } = decoded.alert.after;
  const alert: FimEvent = {
    ...decoded.alert,
    mode: null,
    before: { ...NOTHING, ...NO_DETAILS },
    after: { sizeBytes, hashes, permissions, ...NO_DETAILS },
    changedAttributes: [],
    tags: [],
  };
  return { alert };
}

/** Decoded both ways: they must be the same. */
function bothWays(line: string): readonly [Decoded, Decoded] {
  const source = sourceOf(line);
  return [decodeJsonAlert(source, 'stored'), stored(decodeJsonAlert(source))];
}

describe('decoding what is stored of a FIM alert', () => {
  test('gives that part of all that is decoded, for every captured alert', () => {
    expect(fimLines.length).toBeGreaterThan(50);
    for (const line of fimLines) {
      const [part, all] = bothWays(line);
      expect(part).toEqual(all);
    }
  });

  test('takes the short cut for most of the alerts of a 4.x manager', () => {
    const lines = fixture('wazuh-4.14.7/alerts.json').toString().split('\n');
    const usual = lines.filter((line) => line.includes('"syscheck":{') && !line.includes('"audit"'));
    const taken = usual.filter((line) => usualSyscheck(line, line.indexOf('"syscheck":{') + 12) !== null);
    expect(taken.length).toBeGreaterThan(usual.length / 2);
  });

  test('agrees on any edited line, broken ones included', () => {
    const words = [
      '"',
      '\\',
      '\\u0041',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '"a":1,',
      '"event":"x",',
      'x',
      'é',
      '\ud800',
    ];
    const edit = fc.tuple(fc.nat(), fc.constantFrom(...words), fc.nat(3));
    fc.assert(
      fc.property(
        fc.constantFrom(...fimLines),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        (line, edits) => {
          const from = line.indexOf('"syscheck":{');
          const edited = edits.reduce((text, [place, word, removed]) => {
            const at = from + (place % (text.length - from));
            return text.slice(0, at) + word + text.slice(at + removed);
          }, line);
          const [part, all] = bothWays(edited);
          expect(part).toEqual(all);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
