import { InvalidArgumentError } from 'commander';
import { expect, it } from 'vitest';
import { collectHostKey, parseCertificate } from '../../../../src-main/cli/connections/fingerprints.ts';
import { parseJumps, parseMethods, parseSshTarget } from '../../../../src-main/cli/connections/ssh-target.ts';

it.each([
  ['verdict@mgr', { user: 'verdict', host: 'mgr', port: 22 }],
  ['verdict@mgr.example.net:2222', { user: 'verdict', host: 'mgr.example.net', port: 2222 }],
  ['verdict@192.0.2.1:22', { user: 'verdict', host: '192.0.2.1', port: 22 }],
  ['verdict@[2001:db8::1]:2222', { user: 'verdict', host: '2001:db8::1', port: 2222 }],
  ['verdict@[fe80::1%eth0]', { user: 'verdict', host: 'fe80::1%eth0', port: 22 }],
  ['name@corp.example@mgr', { user: 'name@corp.example', host: 'mgr', port: 22 }],
])('%s names a machine', (text, target) => {
  expect(parseSshTarget(text)).toEqual(target);
});

it.each([
  'mgr',
  '@mgr',
  'verdict@',
  'verdict@mgr:0',
  'verdict@mgr:65536',
  'verdict@mgr:ssh',
  'verdict@2001:db8::1',
  'verdict@[mgr]',
  'verdict@-oProxyCommand=id',
  '-l@mgr',
  'a b@mgr',
  'verdict@mgr name',
  'verdict@mgr/path',
])('%s names none', (text) => {
  expect(() => parseSshTarget(text)).toThrow(InvalidArgumentError);
});

it('jumps are a list, the nearest first, at most eight', () => {
  expect(parseJumps('a@one, b@two:23').map(({ host, port }) => `${host}:${port}`)).toEqual([
    'one:22',
    'two:23',
  ]);
  const nine = Array.from({ length: 9 }, (_, at) => `a@j${at}`).join(',');
  expect(() => parseJumps(nine)).toThrow('At most 8');
  expect(() => parseJumps('a@one,')).toThrow(InvalidArgumentError);
});

it('ways to sign in keep their order, each once', () => {
  expect(parseMethods('password, key,password')).toEqual(['password', 'key']);
  expect(() => parseMethods('key,kerberos')).toThrow('Known are agent, key');
});

const DIGEST = 'q'.repeat(43);

it('host keys are named as ssh-keygen prints them, with or without padding, several times', () => {
  expect(collectHostKey(`SHA256:${DIGEST}`)).toEqual([`SHA256:${DIGEST}`]);
  expect(collectHostKey(`SHA256:${DIGEST}=`, ['SHA256:x'])).toEqual(['SHA256:x', `SHA256:${DIGEST}`]);
  for (const wrong of [DIGEST, `SHA256:${DIGEST.slice(1)}`, `MD5:${DIGEST}`, 'SHA256:', `sha256:${DIGEST}`]) {
    expect(() => collectHostKey(wrong)).toThrow(InvalidArgumentError);
  }
});

it('certificates are hex digits with or without colons, also as openssl prints them', () => {
  const hex = 'ab'.repeat(32);
  const colons = hex.toUpperCase().match(/../g)?.join(':') ?? '';
  for (const text of [hex, colons, `SHA256:${hex}`, `sha256 Fingerprint=${colons}`]) {
    expect(parseCertificate(text)).toBe(hex);
  }
  for (const wrong of ['', 'ab'.repeat(31), 'xy'.repeat(32)]) {
    expect(() => parseCertificate(wrong)).toThrow(InvalidArgumentError);
  }
});
