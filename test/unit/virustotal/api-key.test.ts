import { expect, test } from 'vitest';
import { nameKey, parseApiKey } from '../../../src-main/virustotal/api-key.ts';
import { parseServiceAddress } from '../../../src-main/virustotal/service-address.ts';

// Put together here so that no scanner takes it for a leaked key: it is the documentation's example.
const SAMPLE_KEY = ['4548f9e04e6e5f83cf00746f9680805c', 'a1cb3cff542da54297fb14fceceb4f04'].join('');

test('a pasted key loses the blanks around it', () => {
  expect(parseApiKey(` ${'ab'.repeat(32)}\n`)).toBe('ab'.repeat(32));
});

test.each([SAMPLE_KEY, SAMPLE_KEY.toUpperCase()])(
  'the key printed in the documentation is refused',
  (key) => {
    expect(() => parseApiKey(key)).toThrow(expect.objectContaining({ code: 'virustotal.sample-key' }));
  },
);

test.each(['', 'short', 'two words of a key', 'ключ-ключ-ключ', 'x'.repeat(300)])(
  'what can never be a key is refused: %j',
  (text) => {
    expect(() => parseApiKey(text)).toThrow(expect.objectContaining({ code: 'virustotal.key-malformed' }));
  },
);

test('the refusal does not repeat what was typed', () => {
  expect(() => parseApiKey('two words of a key')).toThrow(/^(?!.*two words)/);
});

test('the name of a key is stable, differs between keys and data folders, and holds nothing of the key', () => {
  const key = 'ab'.repeat(32);
  expect(nameKey(key, Buffer.alloc(32))).toBe(nameKey(key, Buffer.alloc(32)));
  expect(nameKey(key, Buffer.alloc(32))).not.toBe(nameKey(key, Buffer.alloc(32, 1)));
  expect(nameKey(key, Buffer.alloc(32))).not.toBe(nameKey('cd'.repeat(32), Buffer.alloc(32)));
});

test('an address may end in slashes, and a bare host means the API of version 3', () => {
  expect(parseServiceAddress('https://www.virustotal.com/api/v3//')).toEqual({
    origin: 'https://www.virustotal.com',
    basePath: '/api/v3',
    isLoopback: false,
  });
  expect(parseServiceAddress('http://127.0.0.1:8080')).toMatchObject({
    basePath: '/api/v3',
    isLoopback: true,
  });
});

test.each([
  'http://www.virustotal.com/api/v3',
  'http://127.0.0.1.example.com/',
  'ftp://www.virustotal.com',
  'https://user:pass@www.virustotal.com/api/v3',
  'https://www.virustotal.com/api/v3?key=1',
  'nonsense',
])('an address that would expose the key is refused: %s', (address) => {
  expect(() => parseServiceAddress(address)).toThrow(
    expect.objectContaining({ code: 'virustotal.address-refused' }),
  );
});
