import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../secrets/private-file.ts';

const FILE_NAME = 'key-salt';
const SALT_BYTES = 32;

/** The random bytes under which this data folder names keys (see `nameKey`); made at the first use. */
export function readKeySalt(dataFolder: string): Uint8Array {
  const path = join(dataFolder, FILE_NAME);
  const stored = readIfThere(path);
  if (stored?.length === SALT_BYTES) return stored;
  const salt = randomBytes(SALT_BYTES);
  replaceFile(path, salt);
  return salt;
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
