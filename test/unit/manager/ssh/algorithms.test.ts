import { describe, expect, test } from 'vitest';
import { algorithmsFor } from '../../../../src-main/manager/ssh/algorithms.ts';

const all = (allowsLegacy: boolean) => JSON.stringify(algorithmsFor([], allowsLegacy));

describe('what is offered to an SSH server', () => {
  test('holds nothing weak unless the profile says so', () => {
    expect(all(false)).not.toMatch(/sha1"|-cbc|"ssh-rsa"|ssh-dss|md5|arcfour/);
    expect(all(true)).toMatch(/group14-sha1/);
    expect(all(true)).toMatch(/aes128-cbc/);
    expect(all(true)).toMatch(/"ssh-rsa"/);
  });

  test('never names what Electron’s crypto lacks, nor compression', () => {
    expect(all(true)).not.toMatch(/chacha|zlib/);
  });

  test('puts old algorithms last', () => {
    const { kex, serverHostKey } = algorithmsFor([], true);
    expect(Array.isArray(kex) && kex[0]).toBe('curve25519-sha256');
    expect(Array.isArray(serverHostKey) && serverHostKey.at(-1)).toBe('ssh-rsa');
  });

  test('asks for the known types of key first', () => {
    const { serverHostKey } = algorithmsFor(['ssh-rsa'], false);
    expect(serverHostKey).toEqual([
      'rsa-sha2-512',
      'rsa-sha2-256',
      'ssh-ed25519',
      'ecdsa-sha2-nistp256',
      'ecdsa-sha2-nistp384',
      'ecdsa-sha2-nistp521',
    ]);
  });
});
