import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE_NAME = 'key-salt';
const SALT_BYTES = 32;

/** The random bytes under which this data folder names keys (see `nameKey`); made at the first use. */
export function readKeySalt(dataFolder: string): Uint8Array {
  const path = join(dataFolder, FILE_NAME);
  const stored = readIfThere(path);
  // A file of another length was left by a process that was killed while it made it: no key was named by it.
  if (stored?.length === SALT_BYTES) return stored;
  const salt = randomBytes(SALT_BYTES);
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  writeFileSync(path, salt, { mode: 0o600, flush: true });
  return salt;
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
