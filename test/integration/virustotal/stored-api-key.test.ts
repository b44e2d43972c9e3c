import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MemorySecretStore } from '../../../src-main/secrets/memory-secret-store.ts';
import { openSecretStore } from '../../../src-main/secrets/open-secret-store.ts';
import { StoredApiKey } from '../../../src-main/virustotal/api-key-source.ts';
import { readKeySalt } from '../../../src-main/virustotal/key-salt.ts';

const KEY = 'c0ffee12'.repeat(8);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verdict-desk-key-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a data folder names a key the same after a restart, and no other folder does', () => {
  const salt = readKeySalt(folder);
  expect(Buffer.from(readKeySalt(folder))).toEqual(Buffer.from(salt));
  expect(Buffer.from(readKeySalt(join(folder, 'lab')))).not.toEqual(Buffer.from(salt));
  expect(statSync(join(folder, 'key-salt')).mode & 0o777).toBe(0o600);
});

test('a salt that a killed process left half written is made anew', () => {
  writeFileSync(join(folder, 'key-salt'), 'half');
  expect(readKeySalt(folder)).toHaveLength(32);
  expect(Buffer.from(readKeySalt(folder))).toEqual(Buffer.from(readKeySalt(folder)));
});

test('a stored key is ready under a name that is not the key', async () => {
  const salt = randomBytes(32);
  const source = new StoredApiKey(new MemorySecretStore(new Map([['virustotal-key', ` ${KEY} `]])), salt);
  const key = await source.current();
  expect(key).toMatchObject({ state: 'ready', key: KEY, keyId: expect.stringMatching(/^[0-9a-f]{16}$/) });
});

test('no key, a locked vault and a key that is none are told apart', async () => {
  const salt = randomBytes(32);
  expect(await new StoredApiKey(new MemorySecretStore(), salt).current()).toEqual({ state: 'none' });
  const parts = { dataFolder: folder, cipher: null, environment: {}, keychain: null };
  await (await openSecretStore(parts)).unlock('a long enough passphrase');
  expect(await new StoredApiKey(await openSecretStore(parts), salt).current()).toEqual({ state: 'locked' });
  const typo = new MemorySecretStore(new Map([['virustotal-key', 'my key']]));
  expect(await new StoredApiKey(typo, salt).current()).toMatchObject({
    state: 'refused',
    error: { code: 'virustotal.key-malformed' },
  });
});
