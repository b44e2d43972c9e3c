import { createHash } from 'node:crypto';
import { cancelled, fileTooLarge } from './host-errors.ts';
import type { FileVersion, HostFile, HostFileContent } from './manager-host.ts';

const PIECE_BYTES = 1_048_576;

export function versionOf(bytes: Uint8Array): FileVersion {
  return { sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length };
}

export function isSameVersion(one: FileVersion, other: FileVersion): boolean {
  return one.sha256 === other.sha256 && one.sizeBytes === other.sizeBytes;
}

/** Reads to the end, whatever size the file claimed: files of /proc claim none. Errors: `manager.file-too-large`. */
export async function readWhole(
  file: HostFile,
  path: string,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<HostFileContent> {
  const { sizeBytes } = await file.stat();
  if (sizeBytes > maxBytes) throw fileTooLarge(path, maxBytes);
  const pieces: Uint8Array[] = [];
  for (let length = 0; ;) {
    if (signal?.aborted) throw cancelled();
    const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, Math.max(sizeBytes - length, 0) + 1));
    const read = await file.read(piece, length);
    pieces.push(piece.subarray(0, read));
    length += read;
    if (length > maxBytes) throw fileTooLarge(path, maxBytes);
    if (read < piece.length) break;
  }
  const bytes = Buffer.concat(pieces);
  return { bytes, version: versionOf(bytes) };
}
