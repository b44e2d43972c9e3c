import { hash } from 'node:crypto';
import { HASH_ALGORITHMS, type FileHashes } from '../../src-shared/domain/file-hash.ts';

/** Bits of a digest that `file_digest.key` keeps: what a double holds exactly and a hash prefix can be a range of. */
const KEY_HEX_DIGITS = 12;

/** The first 48 bits of a digest. Algorithms share the key space; the file's own digests decide. */
function digestKey(hex: string): number {
  return Number.parseInt(hex.slice(0, KEY_HEX_DIGITS), 16);
}

/** First and last key of the digests that begin with `prefix` (hex, any length). */
export function digestKeyRange(prefix: string): readonly [number, number] {
  const head = prefix.slice(0, KEY_HEX_DIGITS);
  return [
    Number.parseInt(head.padEnd(KEY_HEX_DIGITS, '0'), 16),
    Number.parseInt(head.padEnd(KEY_HEX_DIGITS, 'f'), 16),
  ];
}

/**
 * Where a digest stands in `file_digest`: its first 48 bits, and 48 bits that mix all of it. An agent may claim any digest
 * it likes, thousands with the same beginning too; the mix keeps finding one of them a single step.
 */
export type DigestPlace = readonly [key: number, mix: number];

export function digestPlace(hex: string): DigestPlace {
  return [digestKey(hex), textKey(hex)];
}

export function digestPlaces(hashes: FileHashes): DigestPlace[] {
  const places: DigestPlace[] = [];
  for (const algorithm of HASH_ALGORITHMS) {
    const hex = hashes[algorithm];
    if (hex) places.push(digestPlace(hex));
  }
  return places;
}

export function bytesToHex(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

// Hex text rather than buffers: a buffer per event would keep megabytes of memory outside the heap until it is collected.

/** 48 bits of SHA-256: a dictionary key that nobody can flood with collisions on purpose. */
export function textKey(text: string | Uint8Array): number {
  return digestKey(hash('sha256', text, 'hex'));
}

/** 64 bits of SHA-256, signed as SQLite keeps them. */
export function fingerprintOf(data: string | Uint8Array): bigint {
  return BigInt.asIntN(64, BigInt(`0x${hash('sha256', data, 'hex').slice(0, 16)}`));
}
