import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Cipher } from '../../../src-main/secrets/cipher.ts';
import type { KeychainFactory } from '../../../src-main/secrets/keychain-secrets.ts';
import { openSecretStore } from '../../../src-main/secrets/open-secret-store.ts';
import type { SecretStore } from '../../../src-main/secrets/secret-store.ts';

const KEY = 'c0ffee12'.repeat(8);
const PASSPHRASE = 'a long enough passphrase';
const REFUSING = { acceptsClearText: false };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'verdict-desk-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(parts: Partial<Parameters<typeof openSecretStore>[0]> = {}): Promise<SecretStore> {
  return openSecretStore({ dataFolder: folder, cipher: null, environment: {}, keychain: null, ...parts });
}

/** Turns the text around: enough to tell whether the cipher was used. */
function aCipher(isClearText = false): Cipher {
  return {
    backendName: isClearText ? 'basic_text' : 'gnome_libsecret',
    isClearText,
    encrypt: (text) => Promise.resolve(Buffer.from(text).toReversed()),
    decrypt: (bytes) => Promise.resolve(Buffer.from(bytes.toReversed()).toString()),
  };
}

/** A keychain in memory that several data folders share. */
function aKeychain(entries = new Map<string, string>()): KeychainFactory {
  return (service, account) => {
    const name = `${service}/${account}`;
    return {
      getPassword: () => Promise.resolve(entries.get(name) ?? null),
      setPassword: (value) => {
        entries.set(name, value);
        return Promise.resolve();
      },
      deletePassword: () => Promise.resolve(entries.delete(name)),
    };
  };
}

/** A host without a secret service. */
const throwing: KeychainFactory = () => {
  throw new Error('Platform failure: no secret service');
};

/** A key ring that waits for somebody to unlock it. */
const silent: KeychainFactory = () => ({
  getPassword: () => new Promise(() => undefined),
  setPassword: () => new Promise(() => undefined),
  deletePassword: () => new Promise(() => undefined),
});

function files(): string {
  return ['vault.json', 'secrets.json']
    .filter((name) => existsSync(join(folder, name)))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
}

test('the environment variable comes first and cannot be changed', async () => {
  const store = await open({ environment: { VERDICT_DESK_VIRUSTOTAL_KEY: ` ${KEY}\n` }, cipher: aCipher() });
  expect(await store.status()).toMatchObject({ backend: 'environment', isLocked: false });
  expect(await store.get('virustotal-key')).toBe(KEY);
  await expect(store.set('virustotal-key', 'x', REFUSING)).rejects.toMatchObject({
    code: 'secrets.unavailable',
  });
  await expect(store.remove('virustotal-key')).rejects.toMatchObject({ code: 'secrets.unavailable' });
});

test('a key from the environment leaves room for the secrets of connections', async () => {
  const store = await open({ environment: { VERDICT_DESK_VIRUSTOTAL_KEY: KEY }, cipher: aCipher(true) });
  await expect(store.set('profile-3-password', 'pw', REFUSING)).rejects.toMatchObject({
    code: 'secrets.clear-text-refused',
  });
  expect(await store.unlock(PASSPHRASE)).toMatchObject({ backend: 'environment', isLocked: false });
  await store.set('profile-3-password', 'pw', REFUSING);
  expect(await store.get('virustotal-key')).toBe(KEY);
  expect((await store.names()).toSorted()).toEqual(['profile-3-password', 'virustotal-key']);
  expect(await (await open({ environment: { VERDICT_DESK_VIRUSTOTAL_KEY: KEY } })).status()).toMatchObject({
    isLocked: true,
  });
});

test('secrets that a caller brings along come before what is kept and are never stored', async () => {
  const kept = await open({ cipher: aCipher() });
  await kept.set('profile-3-password', 'kept', REFUSING);
  const given = [{ source: 'standard input', secrets: new Map([['profile-3-password', 'given'] as const]) }];
  const store = await open({ cipher: aCipher(), given });
  expect(await store.get('profile-3-password')).toBe('given');
  expect(await store.status()).toMatchObject({ backend: 'safe-storage' });
  await expect(store.set('profile-3-password', 'x', REFUSING)).rejects.toMatchObject({
    message: 'This secret comes from standard input and cannot be changed here.',
  });
  expect(await kept.get('profile-3-password')).toBe('kept');
});

test.each([
  ['the keychain', () => ({ keychain: aKeychain() })],
  ['safeStorage', () => ({ cipher: aCipher() })],
  ['memory', () => ({})],
])('%s tells which secrets it holds, and a vault takes them all over', async (_name, parts) => {
  const places = parts();
  const store = await open(places);
  expect(await store.names()).toEqual([]);
  await Promise.all([
    store.set('virustotal-key', KEY, REFUSING),
    store.set('profile-3-password', 'pw-three', REFUSING),
    store.set('profile-12-jump-0-passphrase', 'pp-twelve', REFUSING),
  ]);
  await store.set('profile-3-password', 'pw-three again', REFUSING);
  const names = ['profile-12-jump-0-passphrase', 'profile-3-password', 'virustotal-key'];
  expect((await store.names()).toSorted()).toEqual(names);

  await store.unlock(PASSPHRASE);

  expect((await store.names()).toSorted()).toEqual(names);
  expect(await store.get('profile-3-password')).toBe('pw-three again');
  await store.remove('profile-3-password');
  expect((await store.names()).toSorted()).toEqual(names.toSpliced(1, 1));
  const locked = await open(places);
  expect(await locked.names()).toEqual([]);
  await expect(locked.remove('profile-12-jump-0-passphrase')).rejects.toMatchObject({
    code: 'secrets.locked',
  });
  await locked.unlock(PASSPHRASE);
  expect(await locked.get('profile-12-jump-0-passphrase')).toBe('pp-twelve');
});

test('nothing of a connection stays in the keychain once its secrets are removed', async () => {
  const entries = new Map<string, string>();
  const store = await open({ keychain: aKeychain(entries) });
  await store.set('profile-3-password', 'pw', REFUSING);
  await store.set('profile-3-sudo-password', 'pw', REFUSING);
  expect(entries.size).toBe(3);
  await Promise.all([store.remove('profile-3-password'), store.remove('profile-3-sudo-password')]);
  expect(entries.size).toBe(0);
});

test("Electron's safeStorage keeps the key encrypted in a private file across starts", async () => {
  const store = await open({ cipher: aCipher(), keychain: aKeychain() });
  await store.set('virustotal-key', KEY, REFUSING);
  expect(await store.status()).toMatchObject({ backend: 'safe-storage', backendName: 'gnome_libsecret' });
  expect(files()).not.toContain(KEY);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(await (await open({ cipher: aCipher() })).get('virustotal-key')).toBe(KEY);
  await store.remove('virustotal-key');
  expect(await store.get('virustotal-key')).toBeNull();
});

test('basic_text takes a key only from somebody who insists', async () => {
  const store = await open({ cipher: aCipher(true) });
  await expect(store.set('virustotal-key', KEY, REFUSING)).rejects.toMatchObject({
    code: 'secrets.clear-text-refused',
  });
  expect(files()).toBe('');
  await store.set('virustotal-key', KEY, { acceptsClearText: true });
  expect(await store.status()).toMatchObject({ backend: 'basic-text', alternatives: ['vault'] });
  expect(await store.get('virustotal-key')).toBe(KEY);
});

test('a key encrypted for another user is told as such, not lost silently', async () => {
  await (await open({ cipher: aCipher() })).set('virustotal-key', KEY, REFUSING);
  const foreign: Cipher = { ...aCipher(), decrypt: () => Promise.reject(new Error(KEY)) };
  const error: unknown = await (
    await open({ cipher: foreign })
  )
    .get('virustotal-key')
    .catch((e: unknown) => e);
  expect(error).toMatchObject({ code: 'secrets.unavailable' });
  expect(JSON.stringify(error) + String(error)).not.toContain(KEY);
});

test('a keychain is used where there is one, with an entry for each data folder', async () => {
  const entries = new Map<string, string>();
  const store = await open({ keychain: aKeychain(entries) });
  await store.set('virustotal-key', KEY, REFUSING);
  expect(await store.status()).toMatchObject({ backend: 'os-keychain' });
  const other = await open({ dataFolder: join(folder, 'lab'), keychain: aKeychain(entries) });
  expect(await other.get('virustotal-key')).toBeNull();
  expect(await (await open({ keychain: aKeychain(entries) })).get('virustotal-key')).toBe(KEY);
  await store.remove('virustotal-key');
  expect(entries.size).toBe(0);
});

test('where the keychain throws, memory is what is left and says so', async () => {
  const store = await open({ keychain: throwing });
  await store.set('virustotal-key', KEY, REFUSING);
  expect(await store.status()).toMatchObject({ backend: 'memory', alternatives: ['vault'] });
  expect(await store.get('virustotal-key')).toBe(KEY);
  expect(await (await open()).get('virustotal-key')).toBeNull();
});

test('a keychain that never answers is given up', async () => {
  expect(await (await open({ keychain: silent })).status()).toMatchObject({ backend: 'memory' });
});

test("this machine's own keychain is probed without hanging", async () => {
  const store = await openSecretStore({ dataFolder: folder, cipher: null, environment: {} });
  const { backend } = await store.status();
  expect(['os-keychain', 'memory']).toContain(backend);
});

test('a vault takes over what was in memory, and is locked at the next start', async () => {
  const store = await open();
  await store.set('virustotal-key', KEY, REFUSING);
  expect(await store.unlock(PASSPHRASE)).toMatchObject({ backend: 'vault', isLocked: false });
  expect(files()).not.toContain(KEY);
  expect(statSync(join(folder, 'vault.json')).mode & 0o777).toBe(0o600);
  const next = await open({ cipher: aCipher(), keychain: aKeychain() });
  expect(await next.status()).toMatchObject({ backend: 'vault', isLocked: true });
  expect(await next.get('virustotal-key')).toBeNull();
  await expect(next.set('virustotal-key', 'other', REFUSING)).rejects.toMatchObject({
    code: 'secrets.locked',
  });
  await expect(next.unlock('another passphrase')).rejects.toMatchObject({ code: 'secrets.wrong-passphrase' });
  await next.unlock(PASSPHRASE);
  expect(await next.get('virustotal-key')).toBe(KEY);
});

test('a vault moves the key out of the keychain', async () => {
  const entries = new Map<string, string>();
  const store = await open({ keychain: aKeychain(entries) });
  await store.set('virustotal-key', KEY, REFUSING);
  await store.unlock(PASSPHRASE);
  expect(entries.size).toBe(0);
  expect(await store.get('virustotal-key')).toBe(KEY);
});

test('the vault is scrypt at N=2^17 with its own salt, and the same key twice is written differently', async () => {
  const store = await open();
  await store.unlock(PASSPHRASE);
  await store.set('virustotal-key', KEY, REFUSING);
  const first = files();
  expect(JSON.parse(first)).toMatchObject({
    version: 1,
    kdf: { name: 'scrypt', N: 131_072, r: 8, p: 1 },
    cipher: 'aes-256-gcm',
  });
  await store.set('virustotal-key', KEY, REFUSING);
  expect(JSON.parse(files()).nonce).not.toBe(JSON.parse(first).nonce);
  expect(JSON.parse(files()).content).not.toBe(JSON.parse(first).content);
});

test.each(['content', 'tag', 'nonce'])(
  'a vault with an altered %s is told apart from a wrong passphrase',
  async (part) => {
    const store = await open();
    await store.unlock(PASSPHRASE);
    await store.set('virustotal-key', KEY, REFUSING);
    const vault = JSON.parse(files());
    const bytes = Buffer.from(vault[part], 'base64');
    bytes.writeUInt8(bytes.readUInt8(0) ^ 1, 0);
    writeFileSync(join(folder, 'vault.json'), JSON.stringify({ ...vault, [part]: bytes.toString('base64') }));
    await expect((await open()).unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'secrets.vault-damaged' });
  },
);

test.each([
  '',
  'not JSON',
  '{"version":2}',
  '{"version":1,"kdf":{"name":"scrypt","N":1073741824,"r":8,"p":1,"salt":""}}',
])('a vault file that is none, or demands too much, is damaged: %j', async (text) => {
  writeFileSync(join(folder, 'vault.json'), text);
  const store = await open();
  expect(await store.status()).toMatchObject({ backend: 'vault', isLocked: true });
  await expect(store.unlock(PASSPHRASE)).rejects.toMatchObject({ code: 'secrets.vault-damaged' });
});

test('without the passphrase the key is removed with its vault, and a new one can be begun', async () => {
  await (await open()).unlock(PASSPHRASE);
  const store = await open();
  await store.remove('virustotal-key');
  expect(await store.status()).toMatchObject({ backend: 'memory', isLocked: false });
  await store.unlock('the next passphrase');
  await store.set('virustotal-key', KEY, REFUSING);
  expect(await store.get('virustotal-key')).toBe(KEY);
});
