import { createHash } from 'node:crypto';
import type { FileHashes } from '../../src-shared/domain/file-hash.ts';

/** The three digests of a content that only has this name. */
export function digestsOf(content: string): FileHashes {
  const digest = (algorithm: string) => createHash(algorithm).update(content).digest('hex');
  return { sha256: digest('sha256'), sha1: digest('sha1'), md5: digest('md5') };
}

/** Only one of them, as where the other checks are off. */
export function onlySha256(content: string): FileHashes {
  return { sha256: digestsOf(content).sha256, sha1: null, md5: null };
}
export function onlyMd5(content: string): FileHashes {
  return { sha256: null, sha1: null, md5: digestsOf(content).md5 };
}
