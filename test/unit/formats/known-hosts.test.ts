import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitsHostPatterns, fitsWildcards } from '../../../src-shared/formats/host-patterns.ts';
import { isAbout, knownHostsName, parseKnownHosts } from '../../../src-shared/formats/known-hosts.ts';

const KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIETbS+KJ2e1tVk53bUy54F07zjnMqZa1daTl12XKNThI';
const hmacSha1 = (salt: string, text: string) =>
  createHmac('sha1', Buffer.from(salt, 'base64')).update(text).digest('base64');
const hashed = (name: string, salt = Buffer.alloc(20, 'salt').toString('base64')) =>
  `|1|${salt}|${hmacSha1(salt, name)}`;
const about = (text: string, name: string) =>
  parseKnownHosts(text).filter((entry) => isAbout(entry, name, hmacSha1));

describe('known_hosts', () => {
  test('a plain line names its hosts, its key and its place', () => {
    const text = `# my servers\n\nmgr-fra-1,192.0.2.10 ssh-ed25519 ${KEY} a comment with words\n`;
    expect(parseKnownHosts(text)).toEqual([
      {
        line: 3,
        marker: 'none',
        hosts: { kind: 'patterns', patterns: ['mgr-fra-1', '192.0.2.10'] },
        keyType: 'ssh-ed25519',
        key: KEY,
      },
    ]);
  });

  test('a hashed name is found by the name it stands for only', () => {
    const text = `${hashed('mgr-fra-1')} ssh-ed25519 ${KEY}`;
    expect(about(text, 'mgr-fra-1')).toHaveLength(1);
    expect(about(text, 'mgr-fra-2')).toEqual([]);
  });

  test('another port than 22 is part of the name, hashed or not; case is not', () => {
    expect(knownHostsName('MGR-Fra-1', 22)).toBe('mgr-fra-1');
    expect(knownHostsName('2001:DB8::1', 2222)).toBe('[2001:db8::1]:2222');
    const text = `[mgr]:2222 ssh-ed25519 ${KEY}\n${hashed('[mgr]:2222')} ssh-ed25519 ${KEY}`;
    expect(about(text, knownHostsName('Mgr', 2222))).toHaveLength(2);
    expect(about(text, knownHostsName('mgr', 22))).toEqual([]);
  });

  test('wildcards fit, and an excluded host is excluded whatever else fits', () => {
    const text = `*.example.net,!db?.example.net ssh-ed25519 ${KEY}`;
    expect(about(text, 'mgr.example.net')).toHaveLength(1);
    expect(about(text, 'db1.example.net')).toEqual([]);
    expect(about(text, 'example.net')).toEqual([]);
  });

  test('markers are told apart', () => {
    const text = `@revoked * ssh-ed25519 ${KEY}\n@cert-authority *.net ssh-ed25519 ${KEY}\n@other * ssh-ed25519 ${KEY}`;
    expect(parseKnownHosts(text).map(({ marker }) => marker)).toEqual(['revoked', 'cert-authority']);
  });

  test.each([
    ['no key', 'mgr ssh-ed25519'],
    ['no type', `mgr ${KEY}`],
    ['a key that is no base64', `mgr ssh-ed25519 ${KEY.slice(0, -1)}*`],
    ['a key that was cut', `mgr ssh-ed25519 ${KEY.slice(0, -1)}`],
    ['a hash that was cut', `|1|c2FsdA==|x ssh-ed25519 ${KEY}`],
    ['a newer kind of hash', `|2|a|b ssh-ed25519 ${KEY}`],
    ['the numbers of SSH 1', 'mgr 1024 35 1398273456'],
    ['no end', `mgr${',x'.repeat(40_000)} ssh-ed25519 ${KEY}`],
  ])('a line with %s is left out, and the next one counts', (_what, line) => {
    expect(parseKnownHosts(`${line}\r\nmgr ssh-ed25519 ${KEY}\r\n`)).toMatchObject([{ line: 2 }]);
  });

  test('whatever it holds, reading it never fails', () => {
    const piece = fc.constantFrom(
      '|1|',
      '@revoked',
      ' ',
      '\t',
      '\n',
      ',',
      '!',
      '*',
      '[',
      ']:22',
      'ssh-rsa',
      KEY,
      '\0',
      '=',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), fc.string(), (pieces, name) => {
        for (const entry of parseKnownHosts(pieces.join(''))) {
          expect(typeof isAbout(entry, name, hmacSha1)).toBe('boolean');
        }
      }),
    );
  });
});

describe('host patterns', () => {
  test('say the same as a regular expression', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 });
    const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => {
        const expression = pattern.replaceAll('.', '\\.').replaceAll('?', '.').replaceAll('*', '.*');
        expect(fitsWildcards(pattern, text)).toBe(new RegExp(`^${expression}$`, 's').test(text));
      }),
      { numRuns: 500 },
    );
  });

  test('take no long time, however many wildcards they have', () => {
    const startedMs = performance.now();
    expect(fitsWildcards(`${'*a'.repeat(500)}b`, 'a'.repeat(5_000))).toBe(false);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });

  test('a list of exclusions alone fits nothing', () => {
    expect(fitsHostPatterns(['!a'], 'b')).toBe(false);
  });
});
