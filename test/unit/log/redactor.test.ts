import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatRecord } from '../../../src-main/log/log.ts';
import { Redactor } from '../../../src-main/log/redactor.ts';
import { hashesOf } from '../../builders/a-known-file.ts';

const KEY = 'c0ffee12'.repeat(8);
const HEAD = { time: '2026-11-21T10:00:00.000Z', level: 'info', event: 'test.happened' };

function redact(text: string): string {
  return new Redactor('/home/ana').redact(text);
}

const token = (number: number) => `eyJhbGciOi.${String(number).padStart(20, 'x')}.signature`;

test('a passing secret is known while it is one of the newest, a registered one for ever', () => {
  const redactor = new Redactor('/home/ana');
  redactor.register('the-password');
  for (let number = 0; number < 500; number += 1) redactor.registerPassing(token(number));

  expect(redactor.redact(`${token(499)} ${token(450)}`)).toBe('[redacted] [redacted]');
  expect(redactor.holdsSecret(token(0))).toBe(false);
  expect(redactor.redact('the-password')).toBe('[redacted]');
});

test.each([
  `x-apikey: ${KEY}`,
  `{"x-apikey":"${KEY}"}`,
  `"{\\"apikey\\":\\"${KEY}\\"}"`,
  `<api_key>${KEY}</api_key>`,
  `https://www.virustotal.com/vtapi/v2/file/report?apikey=${KEY}&resource=abc`,
  `GET /api/v3/users/${KEY}/overall_quotas failed`,
  `Authorization: Bearer ${KEY}`,
  `password=${KEY}`,
  `passphrase: "${KEY}"`,
  `http://proxy-user:${KEY}@proxy.example:3128`,
  `http://127.0.0.1:4000/?token=${KEY}`,
  `http://127.0.0.1:4000/#key=${KEY}`,
])('what its surroundings name a secret is taken out: %s', (text) => {
  expect(redact(text)).not.toContain(KEY);
  expect(redact(text)).toContain('[redacted]');
});

test('digests of files stay readable', () => {
  const { sha256 } = hashesOf('setup.exe');
  const text = `asked for ${sha256}: no records`;
  expect(redact(text)).toBe(text);
});

test('the home folder becomes ~, but not the beginning of another name', () => {
  expect(redact('/home/ana/.local/share and /home/anatol')).toBe('~/.local/share and /home/anatol');
});

test('very long texts are redacted in reasonable time', () => {
  const begin = performance.now();
  redact('a'.repeat(64_000) + '='.repeat(1000));
  redact('apikey'.repeat(10_000));
  redact('://'.repeat(20_000));
  expect(performance.now() - begin).toBeLessThan(2_000);
});

/** Ways in which a secret may travel into a record. */
const carriers: readonly ((secret: string) => Readonly<Record<string, unknown>>)[] = [
  (secret) => ({ text: secret }),
  (secret) => ({ text: `before${secret}after` }),
  (secret) => ({ [secret]: 1 }),
  (secret) => ({ deep: { list: [1, { text: secret }] } }),
  (secret) => ({ json: JSON.stringify({ value: secret }) }),
  (secret) => ({ twice: JSON.stringify(JSON.stringify({ value: secret })) }),
  (secret) => ({ url: `https://host/${encodeURIComponent(secret)}?q=1` }),
  (secret) => ({ query: new URLSearchParams({ q: secret }).toString() }),
  (secret) => ({ error: new Error(secret, { cause: new TypeError(`cause ${secret}`) }) }),
  (secret) => ({ base64: Buffer.from(secret).toString('base64') }),
  (secret) => ({ basic: Buffer.from(`user:${secret}`).toString('base64') }),
  (secret) => ({ hex: Buffer.from(secret).toString('hex') }),
  (secret) => ({ upper: secret.toUpperCase(), lower: secret.toLowerCase(), text: secret }),
  (secret) => ({ long: 'x'.repeat(7_990) + secret }),
  (secret) => ({ first: secret.slice(0, 3), second: secret.slice(3) }),
];

const secrets = fc.oneof(
  fc.string({ minLength: 6, maxLength: 80 }),
  fc.string({ unit: 'grapheme', minLength: 6, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom('"', '\\', ',', ':', '{', '}', '/', '%', '+', '\n'), minLength: 6 }),
  fc.constantFrom('"second":"', '","event":"', '[redacted]', '"level":"info"', '/home/ana/secret'),
);

test('a registered secret never appears, however it is split, nested or encoded', () => {
  fc.assert(
    fc.property(secrets, fc.subarray([...carriers], { minLength: 1 }), (secret, chosen) => {
      const redactor = new Redactor('/home/ana');
      redactor.register(secret);
      const fields = Object.assign({}, ...chosen.map((carry) => carry(secret)));
      const line = formatRecord({ ...HEAD, event: `test ${secret}` }, fields, redactor) ?? '';
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString('hex')]) {
        expect(line).not.toContain(form);
      }
      expect(textsOf(line === '' ? {} : JSON.parse(line)).filter((text) => text.includes(secret))).toEqual(
        [],
      );
    }),
    { numRuns: 500 },
  );
});

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsOf(inner)]);
}

test('fields cannot pose as the head of the record, and fields named as secrets are empty', () => {
  const line = formatRecord(
    HEAD,
    { level: 'error', password: 'x', apiKey: 'y', keyId: 'ab' },
    new Redactor(),
  );
  expect(JSON.parse(line ?? '')).toEqual({
    ...HEAD,
    password: '[redacted]',
    apiKey: '[redacted]',
    keyId: 'ab',
  });
});
