import { homedir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { describe, expect, test } from 'vitest';
import { expandHome, Sha1Refused, withoutSha1 } from '../../../../src-main/manager/ssh/private-key.ts';

describe('the path of a key', () => {
  test('`~` is the home folder at the start only', () => {
    expect(expandHome('~/.ssh/id')).toBe(join(homedir(), '.ssh/id'));
    expect(expandHome('~', '/home/verdict')).toBe('/home/verdict');
    expect(expandHome('~other/id')).toBe('~other/id');
    expect(expandHome('/keys/~/id')).toBe('/keys/~/id');
  });
});

describe('an RSA key', () => {
  test('does not sign with SHA-1, which servers without RFC 8308 would get', () => {
    const pair = ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 });
    const key = ssh2.utils.parseKey(pair.private);
    if (key instanceof Error) throw key;
    const strict = withoutSha1(key);
    expect(strict.sign('data', 'sha1')).toBeInstanceOf(Sha1Refused);
    expect(strict.sign('data')).toBeInstanceOf(Sha1Refused);
    expect(strict.verify('data', strict.sign('data', 'sha256'), 'sha256')).toBe(true);
  });
});
