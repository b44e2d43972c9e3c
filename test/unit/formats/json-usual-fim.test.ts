import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { usualFimRoot } from '../../../src-shared/formats/json-usual-fim.ts';
import { fixture } from '../../builders/read-alerts.ts';

const fimLines = fixture('wazuh-4.14.7/alerts.json')
  .toString()
  .split('\n')
  .filter((line) => line.includes('"syscheck":{'));

/** What JSON.parse makes of a line, as far as it is read; null when it is no JSON. */
function parsed(line: string): unknown {
  try {
    const { timestamp, rule, agent, manager, id, syscheck, decoder, location } = JSON.parse(line);
    const { level, description, id: ruleId, groups } = rule;
    const { labels: _labels, ...namedAgent } = agent;
    return {
      timestamp,
      rule: { level, description, id: ruleId, groups },
      agent: namedAgent,
      manager,
      id,
      syscheck,
      decoder,
      location,
    };
  } catch {
    return null;
  }
}

describe('the short cut for usual FIM alerts', () => {
  test('takes most of the captured ones, and says of them what JSON.parse says', () => {
    const taken = fimLines.filter((line) => usualFimRoot(line) !== null);

    expect(taken.length).toBeGreaterThan(fimLines.length * 0.8);
    for (const line of taken) expect(usualFimRoot(line)).toEqual(parsed(line));
  });

  const usual = fimLines.find((line) => usualFimRoot(line) !== null) ?? '';

  test.each([
    ['an escape in the head', usual.replace('File added', 'File \\u0061dded')],
    ['an escaped quote in the log text', usual.replace('Mode: realtime', 'Mode: \\"realtime\\"')],
    ['an unknown member', usual.replace('"firedtimes"', '"frequency":8,"firedtimes"')],
    ['a member behind the syscheck object', usual.replace(',"decoder"', ',"audit":{},"decoder"')],
    ['another place', usual.replace('"location":"syscheck"', '"location":"x"')],
    ['a broken syscheck object', usual.replace('"event":', '"event"')],
    ['something behind its end', `${usual}{`],
    ['its end missing', usual.slice(0, -1)],
  ])('leaves a line with %s to JSON.parse', (_what, line) => {
    expect(line).not.toBe(usual);
    expect(usualFimRoot(line)).toBeNull();
  });

  test('agrees with JSON.parse on any line that is JSON', () => {
    const words = [
      '"',
      '\\',
      '\\"',
      '{',
      '}',
      '[',
      ']',
      ',',
      '"a":1,',
      '","syscheck":{',
      '},"decoder":{',
      'x',
      'é',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...fimLines),
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(...words), fc.nat(3)), { minLength: 1, maxLength: 3 }),
        (line, edits) => {
          const edited = edits.reduce((text, [place, word, removed]) => {
            const at = place % text.length;
            return text.slice(0, at) + word + text.slice(at + removed);
          }, line);
          const root = usualFimRoot(edited);
          const truth = parsed(edited);
          expect(root === null || truth === null ? truth : root).toEqual(truth);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
