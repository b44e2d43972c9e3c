import type { FileHash, HashAlgorithm } from '../../src-shared/domain/file-hash.ts';
import { isEmptyFile, NO_HASHES } from '../../src-shared/domain/file-hash.ts';

export const ALGORITHM_NAMES: Readonly<Record<HashAlgorithm, string>> = {
  sha256: 'SHA-256',
  sha1: 'SHA-1',
  md5: 'MD5',
};

/** What was recognised, said before it is asked about. */
export function hashWords(hash: FileHash, fileName: string | null): string {
  const algorithm = ALGORITHM_NAMES[hash.algorithm];
  if (isEmptyFile({ ...NO_HASHES, [hash.algorithm]: hash.hex })) {
    return `${algorithm} of an empty file. Every empty file has it.`;
  }
  return fileName === null ? `${algorithm} recognised.` : `${algorithm} of ${fileName}.`;
}

/** Why a text is no digest, and what would be one. */
export function hashProblem(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return 'Paste a hash, or choose a file.';
  const lengths = '32 digits for MD5, 40 for SHA-1 or 64 for SHA-256';
  if (!/^[0-9a-f]+$/i.test(trimmed)) return `A hash is written in the digits 0–9 and a–f: ${lengths}.`;
  return `This has ${trimmed.length} digits. A hash has ${lengths}.`;
}
