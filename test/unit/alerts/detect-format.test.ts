import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectFormat } from '../../../src-main/alerts/detect-format.ts';
import { fimLine, fimText } from '../../builders/an-alert-record.ts';
import { fixture } from '../../builders/read-alerts.ts';

test.each([
  ['json', fimLine()],
  ['json', `\n\n${fimLine()}`],
  ['json', `\uFEFF${fimLine()}`],
  ['json', `half a line"}\n${fimLine()}`],
  ['log', fimText()],
  ['log', `\n - MD5: rest\n\n${fimText()}`],
  [null, ''],
  [null, 'nothing of the kind\n'],
  [null, '** Alert without number'],
])('the form is told by content: %s', (form, content) => {
  expect(detectFormat(Buffer.from(content))).toBe(form);
});

test.each(['json', 'log'] as const)(
  'the captured file alerts.%s shows its form in its first kilobytes',
  (form) => {
    expect(detectFormat(fixture(`wazuh-4.14.7/alerts.${form}`).subarray(0, 4096))).toBe(form);
  },
);

test('any bytes are answered', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(['json', 'log', null]).toContain(detectFormat(bytes));
    }),
  );
});
