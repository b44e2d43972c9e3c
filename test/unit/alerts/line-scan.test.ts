import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineScan } from '../../../src-main/alerts/line-scan.ts';
import { fimLine, plainLine } from '../../builders/an-alert-record.ts';

/** The same judgement in plain words. */
function plainScan(text: string): { plainAlerts: number; notable: number[]; end: number } {
  const marks = ['"syscheck"', '"virustotal"', '"ar_log', '"kes_', '\0'];
  const notable: number[] = [];
  let plainAlerts = 0;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    const line = text.slice(start, end).replace(/\r$/, '');
    const isUsual = /^\{"timestamp":"[^]{24}(?:[^]{4})?","rule":\{/.test(line) && line.endsWith('}');
    if (isUsual && line.length >= 64 && !marks.some((mark) => line.includes(mark))) plainAlerts += 1;
    else if (line !== '') notable.push(start, end);
    start = end + 1;
  }
  return { plainAlerts, notable, end: start };
}

function scan(text: string): { plainAlerts: number; notable: number[]; end: number } {
  const lines = new LineScan();
  const length = lines.bytes.write(text, 'latin1');
  const notable: number[] = [];
  let plainAlerts = 0;
  let end = 0;
  for (let isMore = true; isMore;) {
    const scanned = lines.scan(end, length);
    plainAlerts += scanned.plainAlerts;
    notable.push(...scanned.notable);
    ({ end, isMore } = scanned);
  }
  return { plainAlerts, notable, end };
}

test('lines that bear a mark are picked out and the others counted', () => {
  const text = `${plainLine()}\n${fimLine()}\n${plainLine()}\n`;

  expect(scan(text)).toEqual({
    plainAlerts: 2,
    notable: [plainLine().length + 1, plainLine().length + 1 + fimLine().length],
    end: text.length,
  });
});

test.each(['"syscheck"', '"virustotal"', '"ar_log', '"ar_log_json"', '"kes_parent"'])(
  'the mark %s is found wherever it stands',
  (mark) => {
    for (let at = 0; at < 70; at += 1) {
      const line = plainLine().replace('"full_log":"', `"x":"${'-'.repeat(at)}","y":${mark},"full_log":"`);
      expect(scan(`${line}\n`).notable).toHaveLength(2);
    }
  },
);

test('what only resembles a mark picks nothing out', () => {
  const near = [
    '"syscheck_file"',
    '\\"syscheck\\"',
    '"virustotals"',
    '"ar_lo"',
    '"kes"',
    '"syslog"',
    'syscheck"',
  ];

  expect(scan(near.map((word) => `${plainLine({ note: word })}\n`).join('')).plainAlerts).toBe(near.length);
});

test('more lines than one pass can list are all found', () => {
  const count = 20_000;

  expect(scan('x\n'.repeat(count)).notable).toHaveLength(2 * count);
});

test('the pass agrees with the same judgement in plain words', () => {
  const word = fc.oneof(
    fc.constantFrom(
      plainLine(),
      fimLine(),
      '{"timestamp":"',
      '","rule":{',
      '"syscheck"',
      '"virustotal"',
      '"ar_log',
    ),
    fc.constantFrom('"kes_', '\n', '\n', '\r\n', '\0', '}', '"', '"sy', '"vi', '"ar', '"ke', 'x'.repeat(61)),
    fc.string({ maxLength: 20, unit: 'binary-ascii' }),
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (words) => {
      const text = words.join('');
      expect(scan(text)).toEqual(plainScan(text));
    }),
    { numRuns: 500 },
  );
});

test('the compiled module is that of the source', async () => {
  const { compiledModule, modulePath } = await import('../../../build/scan/compile.mjs');

  expect(readFileSync(modulePath, 'utf8')).toBe(await compiledModule());
}, 30_000);
