import { pipeline, Readable } from 'node:stream';
import { createGunzip, type Gunzip } from 'node:zlib';
import type { AlertFileHost, AlertFileFacts, OpenAlertFile } from './alert-file-host.ts';
import type { AlertFile, FileRead } from './follow-file.ts';
import { HEAD_BYTES } from './position-head.ts';

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
export async function readGzipHead(files: AlertFileHost, path: string): Promise<Uint8Array> {
  const handle = await files.open(path);
  try {
    return await headOf(handle);
  } finally {
    handle.close();
  }
}

/** A compressed archive read from an offset into what it decompresses to. It never changes, so it is never `cut`. */
export class GzipAlertFile implements AlertFile {
  readonly path: string;
  readonly isCompressed = true;
  device: string | null;
  inode: string | null;
  readonly head: Uint8Array;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  offset: number;
  readonly #handle: OpenAlertFile;
  readonly #gunzip: Gunzip;
  readonly #pieces: AsyncIterator<Buffer>;
  #toSkip: number;

  private constructor(
    place: { readonly path: string; readonly offset: number },
    handle: OpenAlertFile,
    facts: AlertFileFacts,
    head: Uint8Array,
  ) {
    this.path = place.path;
    this.device = facts.device;
    this.inode = facts.inode;
    this.head = head;
    this.sizeBytes = facts.sizeBytes;
    this.modifiedMs = facts.modifiedMs;
    this.offset = place.offset;
    this.#toSkip = place.offset;
    this.#handle = handle;
    this.#gunzip = gunzipPieces(streamOf(handle, COMPRESSED_PIECE_BYTES));
    this.#pieces = this.#gunzip[Symbol.asyncIterator]();
  }

  static async open(
    files: AlertFileHost,
    place: { readonly path: string; readonly offset: number },
  ): Promise<GzipAlertFile> {
    const handle = await files.open(place.path);
    try {
      const [facts, head] = await Promise.all([handle.stat(), headOf(handle)]);
      return new GzipAlertFile(place, handle, facts, head);
    } catch (error) {
      handle.close();
      throw error;
    }
  }

  identify({ device, inode }: Pick<AlertFileFacts, 'device' | 'inode'>): void {
    this.device = device;
    this.inode = inode;
  }

  /** Its pieces are on their way without being asked for. */
  prepare(): void {}

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
      if (!isDamage(error)) throw error;
      return { kind: 'damaged' };
    }
  }

  close(): void {
    this.#gunzip.destroy();
    this.#handle.close();
  }
}

async function headOf(handle: OpenAlertFile): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of gunzipPieces(streamOf(handle, HEAD_BYTES), HEAD_BYTES)) {
      pieces.push(piece);
      length += piece.length;
      if (length >= HEAD_BYTES) break;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  return Buffer.concat(pieces).subarray(0, HEAD_BYTES);
}

function streamOf(handle: OpenAlertFile, pieceBytes: number): Readable {
  return Readable.from(piecesOf(handle, pieceBytes), { objectMode: false, highWaterMark: pieceBytes });
}

/** The bytes of an open file from its first on; one piece is on its way while the one before is used. */
async function* piecesOf(handle: OpenAlertFile, pieceBytes: number): AsyncGenerator<Uint8Array> {
  const send = (position: number) => {
    const piece = readPiece(handle, position, pieceBytes);
    piece.catch(() => undefined);
    return piece;
  };
  let coming = send(0);
  for (let position = 0; ;) {
    const piece = await coming;
    if (piece.length === 0) return;
    position += piece.length;
    const isLast = piece.length < pieceBytes;
    if (!isLast) coming = send(position);
    yield piece;
    if (isLast) return;
  }
}

async function readPiece(handle: OpenAlertFile, position: number, length: number): Promise<Uint8Array> {
  const piece = Buffer.allocUnsafeSlow(length);
  return piece.subarray(0, await handle.read(piece, position));
}

/** Errors of the compressed data, as opposed to those of the host that holds it. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
