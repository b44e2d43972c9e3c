import { createReadStream, fstatSync, openSync } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip, type Gunzip } from 'node:zlib';
import type { AlertFile, FileRead } from './follow-file.ts';
import { HEAD_BYTES, identityOf } from './position-head.ts';

const COMPRESSED_PIECE_BYTES = 256 * 1024;
const PIECE_BYTES = 256 * 1024;

/** Decompresses piece by piece; the memory stays that of a few pieces whatever the archive claims to hold. */
export function gunzipPieces(source: Readable, pieceBytes = PIECE_BYTES): Gunzip {
  const gunzip = createGunzip({ chunkSize: pieceBytes });
  // The error reaches whoever iterates: pipeline destroys the last stream with it.
  pipeline(source, gunzip, () => undefined);
  return gunzip;
}

/** The first bytes of a compressed archive, decompressed, at most HEAD_BYTES; empty when it is damaged from the start. */
export async function readGzipHead(path: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of gunzipPieces(
      createReadStream(path, { highWaterMark: HEAD_BYTES }),
      HEAD_BYTES,
    )) {
      pieces.push(piece);
      length += piece.length;
      if (length >= HEAD_BYTES) break;
    }
  } catch (error) {
    if (isSystemError(error)) throw error;
  }
  return Buffer.concat(pieces).subarray(0, HEAD_BYTES);
}

/** A compressed archive read from an offset into what it decompresses to. It never changes, so it is never `cut`. */
export class GzipAlertFile implements AlertFile {
  readonly path: string;
  readonly isCompressed = true;
  readonly device: string | null;
  readonly inode: string | null;
  readonly head: Uint8Array;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  offset: number;
  readonly #gunzip: Gunzip;
  readonly #pieces: AsyncIterator<Buffer>;
  #toSkip: number;

  private constructor(path: string, offset: number, head: Uint8Array) {
    const descriptor = openSync(path, 'r');
    const stats = fstatSync(descriptor, { bigint: true });
    const { device, inode } = identityOf(stats);
    this.path = path;
    this.device = device;
    this.inode = inode;
    this.head = head;
    this.sizeBytes = Number(stats.size);
    this.modifiedMs = Number(stats.mtimeNs) / 1e6;
    this.offset = offset;
    this.#toSkip = offset;
    const compressed = createReadStream(path, { fd: descriptor, highWaterMark: COMPRESSED_PIECE_BYTES });
    this.#gunzip = gunzipPieces(compressed);
    this.#pieces = this.#gunzip[Symbol.asyncIterator]();
  }

  static async open(path: string, offset: number): Promise<GzipAlertFile> {
    return new GzipAlertFile(path, offset, await readGzipHead(path));
  }

  async read(): Promise<FileRead> {
    try {
      for (;;) {
        const next = await this.#pieces.next();
        if (next.done) return this.#toSkip > 0 ? { kind: 'damaged' } : { kind: 'end' };
        const bytes = next.value.subarray(this.#toSkip);
        this.#toSkip -= next.value.length - bytes.length;
        if (bytes.length === 0) continue;
        this.offset += bytes.length;
        return { kind: 'bytes', bytes, isLast: false };
      }
    } catch (error) {
      if (isSystemError(error)) throw error;
      return { kind: 'damaged' };
    }
  }

  close(): void {
    // The pipeline takes the read stream and its descriptor along.
    this.#gunzip.destroy();
  }
}

/** Errors of the file system, as opposed to those of the compressed data. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
