import { beforeEach, expect, test } from 'vitest';
import { safeStorageCipher } from '../../../../src-main/shell/desktop/safe-storage-cipher.ts';
import { resetElectron, safeStorage } from '../electron-stand-in.ts';

beforeEach(resetElectron);

test('a secret comes back as it was given, under the key ring’s own name', async () => {
  const cipher = await safeStorageCipher('linux');
  expect(cipher).toMatchObject({ backendName: 'gnome_libsecret', isClearText: false });
  const bytes = await cipher?.encrypt('s3cret');
  expect(Buffer.from(bytes ?? []).toString()).not.toContain('s3cret');
  expect(await cipher?.decrypt(bytes ?? new Uint8Array())).toBe('s3cret');
  expect(safeStorage.usesPlainText).toBe(false);
});

test('a desktop without a key ring is known as clear text', async () => {
  safeStorage.backend = 'basic_text';
  expect(await safeStorageCipher('linux')).toMatchObject({ backendName: 'basic_text', isClearText: true });
});

test('on macOS and Windows the name is the system’s', async () => {
  expect(await safeStorageCipher('darwin')).toMatchObject({ backendName: 'keychain', isClearText: false });
  expect(await safeStorageCipher('win32')).toMatchObject({ backendName: 'dpapi', isClearText: false });
});

test('a system that offers nothing is left to the other stores', async () => {
  safeStorage.isAvailable = false;
  expect(await safeStorageCipher('linux')).toBeNull();
});
