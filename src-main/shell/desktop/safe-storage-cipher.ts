import { safeStorage } from 'electron';
import type { Cipher } from '../../secrets/cipher.ts';

/** Electron's safeStorage as the core's cipher; null where the system offers nothing at all. */
export async function safeStorageCipher(
  platform: NodeJS.Platform = process.platform,
): Promise<Cipher | null> {
  const backendName = backendOf(platform);
  const isClearText = backendName === 'basic_text';
  // Without a key ring Electron only works once this is set. Whether it may be used is decided by the secret store.
  if (isClearText) safeStorage.setUsePlainTextEncryption(true);
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return null;
  return {
    backendName,
    isClearText,
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    decrypt: async (bytes) => (await safeStorage.decryptStringAsync(Buffer.from(bytes))).result,
  };
}

function backendOf(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'keychain';
  if (platform === 'win32') return 'dpapi';
  return safeStorage.getSelectedStorageBackend();
}
