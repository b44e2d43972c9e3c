import { describe, expect, test } from 'vitest';
import { parseApiAddress } from '../../../../src-main/manager/api/api-address.ts';
import { proxyFor } from '../../../../src-main/manager/api/proxy.ts';

test.each([
  ['https://mgr.example:55000', 'https://mgr.example:55000', 'mgr.example:55000'],
  ['https://mgr.example', 'https://mgr.example:55000', 'mgr.example:55000'],
  ['mgr.example', 'https://mgr.example:55000', 'mgr.example:55000'],
  ['https://mgr.example:443/', 'https://mgr.example:443', 'mgr.example:443'],
  ['https://[fd00::5]:55000', 'https://[fd00::5]:55000', '[fd00::5]:55000'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', '127.0.0.1:8080'],
])('%s is the API at %s', (text, origin, endpoint) => {
  expect(parseApiAddress(text)).toMatchObject({ origin, endpoint, basePath: '' });
});

test('a path in front of the API is kept', () => {
  expect(parseApiAddress('https://mgr.example/wazuh/').basePath).toBe('/wazuh');
});

test.each([
  ['http://mgr.example:55000', 'not encrypted'],
  ['ftp://mgr.example', 'not a web address'],
  ['https://', 'not a web address'],
  ['https://wazuh:secret@mgr.example', 'carries more than'],
  ['https://mgr.example/?key=secret', 'carries more than'],
])('%s is refused without repeating it', (text, reason) => {
  const refusal = (() => {
    try {
      parseApiAddress(text);
    } catch (error) {
      return error;
    }
  })();
  expect(refusal).toMatchObject({ code: 'api.address-refused', message: expect.stringContaining(reason) });
  expect(JSON.stringify(refusal)).not.toContain('secret');
});

describe('the proxy of the environment', () => {
  const address = parseApiAddress('https://mgr.corp.example:55000');

  test.each([
    [{}, null],
    [{ HTTP_PROXY: 'http://proxy:3128' }, null],
    [{ HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128/'],
    [{ https_proxy: 'proxy:3128' }, 'http://proxy:3128/'],
    [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: '*' }, null],
    [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'localhost, .corp.example' }, null],
    [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'CORP.example' }, null],
    [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'mgr.corp.example:55000' }, null],
    [{ HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'mgr.corp.example:443' }, 'http://proxy:3128/'],
    [{ HTTPS_PROXY: 'http://proxy:3128', no_proxy: 'orp.example' }, 'http://proxy:3128/'],
  ])('%o', (environment, expected) => {
    expect(proxyFor(address, environment)?.href ?? null).toBe(expected);
  });

  test('is not asked for this machine', () => {
    const here = parseApiAddress('https://localhost:55000');
    expect(proxyFor(here, { HTTPS_PROXY: 'http://proxy:3128' })).toBeNull();
  });

  test('is excepted by an IPv6 address', () => {
    const there = parseApiAddress('https://[fd00::5]:55000');
    expect(proxyFor(there, { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: 'fd00::5' })).toBeNull();
  });

  test('that is no address is refused without repeating it', () => {
    expect(() => proxyFor(address, { HTTPS_PROXY: 'ftp://user:secret@proxy' })).toThrow(
      'not an http or https address',
    );
  });
});
