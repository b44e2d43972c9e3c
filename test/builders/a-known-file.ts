import { createHash } from 'node:crypto';
import type { KnownFile } from '../../src-main/lab/virustotal/known-file.ts';

/** A file in VirusTotal's data; its digests are those of its name. */
export function aKnownFile(parts: Partial<KnownFile> = {}): KnownFile {
  const name = parts.name ?? 'setup.exe';
  return {
    hashes: hashesOf(name),
    name,
    kind: 'windows-program',
    sizeBytes: 48_128,
    positives: 0,
    suspicious: 0,
    threat: null,
    firstSubmittedMs: Date.parse('2025-03-04T05:06:07Z'),
    pendingForMs: 0,
    ...parts,
  };
}

export function hashesOf(text: string) {
  const digest = (algorithm: string) => createHash(algorithm).update(text).digest('hex');
  return { sha256: digest('sha256'), sha1: digest('sha1'), md5: digest('md5') };
}
