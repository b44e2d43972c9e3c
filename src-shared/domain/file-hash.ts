/** The digests that FIM computes, strongest first. A lookup uses the strongest one present. */
export const HASH_ALGORITHMS = ['sha256', 'sha1', 'md5'] as const;
export type HashAlgorithm = (typeof HASH_ALGORITHMS)[number];

/** One digest in lower-case hex. */
export interface FileHash {
  readonly algorithm: HashAlgorithm;
  readonly hex: string;
}

/** What is known of a file's digests; lower-case hex or null where its check is off. */
export interface FileHashes {
  readonly sha256: string | null;
  readonly sha1: string | null;
  readonly md5: string | null;
}

export const NO_HASHES: FileHashes = { sha256: null, sha1: null, md5: null };

/** Digests of zero bytes: FIM reports many empty files and each lookup would cost quota (virustotal.md 8). */
export const EMPTY_FILE_HASHES: FileHashes = {
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  sha1: 'da39a3ee5e6b4b0d3255bfef95601890afd80709',
  md5: 'd41d8cd98f00b204e9800998ecf8427e',
};

const HEX_LENGTH: Record<HashAlgorithm, number> = { sha256: 64, sha1: 40, md5: 32 };
const HEX = /^[0-9a-f]+$/i;

/** Hex text of any case to a digest, recognised by its length; null when it is none. */
export function parseFileHash(text: string): FileHash | null {
  const hex = text.trim().toLowerCase();
  if (!HEX.test(hex)) return null;
  const algorithm = HASH_ALGORITHMS.find((name) => HEX_LENGTH[name] === hex.length);
  return algorithm ? { algorithm, hex } : null;
}

/** A digest of exactly that algorithm in lower case, or null: alerts carry `xxx` and empty text for "none". */
export function parseHashOf(algorithm: HashAlgorithm, text: unknown): string | null {
  if (typeof text !== 'string' || text.length !== HEX_LENGTH[algorithm] || !HEX.test(text)) return null;
  return text.toLowerCase();
}

/** The digest to look up: SHA-256, else SHA-1, else MD5; null without any. */
export function strongestHash(hashes: FileHashes): FileHash | null {
  for (const algorithm of HASH_ALGORITHMS) {
    const hex = hashes[algorithm];
    if (hex) return { algorithm, hex };
  }
  return null;
}

/** True when any digest present is that of zero bytes. */
export function isEmptyFile(hashes: FileHashes): boolean {
  const { sha256, sha1, md5 } = EMPTY_FILE_HASHES;
  return hashes.sha256 === sha256 || hashes.sha1 === sha1 || hashes.md5 === md5;
}
