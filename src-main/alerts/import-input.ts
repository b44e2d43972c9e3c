import { closeSync, constants, createReadStream, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipPieces } from './archive-gzip.ts';
import { detectFormat } from './detect-format.ts';
import { notARegularFile } from './follow-errors.ts';
import { HEAD_BYTES } from './position-head.ts';

/** What is read once: a file of this machine, or bytes that come from elsewhere (standard input, a dropped file). */
export type ImportInput =
  | { readonly path: string }
  | {
      readonly name: string;
      readonly stream: AsyncIterable<Uint8Array>;
      /** Null when nobody knows. */
      readonly sizeBytes: number | null;
    };

/**
 * The decompressed bytes of an input, in order. A piece is valid until the next one is asked for. `room` is asked for
 * where to put the next bytes; only inputs that can be read into place do so.
 */
export interface ImportBytes {
  /** The first bytes, at most HEAD_BYTES and enough to tell the format; they come again with the pieces. */
  readonly head: Uint8Array;
  /** Null while unknown: a compressed file, a stream. */
  readonly totalBytes: number | null;
  /** Synchronous where a local file allows it, since a read is shorter than a trip through the thread pool. */
  next(room: Uint8Array | undefined): Uint8Array | null | Promise<Uint8Array | null>;
  close(): void;
}

export function inputName(input: ImportInput): string {
  return 'path' in input ? basename(input.path) : input.name;
}

export async function openInput(input: ImportInput): Promise<ImportBytes> {
  if (!('path' in input)) return openStream(input.stream, input.sizeBytes);
  const { path } = input;
  const stats = statSync(path);
  if (stats.isDirectory()) throw notARegularFile(path, true);
  const plain = stats.isFile() ? openPlain(path) : null;
  return plain ?? openStream(createReadStream(path, { highWaterMark: 256 * 1024 }), null);
}

/** Null when the file is compressed. */
function openPlain(path: string): PlainBytes | null {
  // Some files of the system wait for news when they are read (`/proc/kmsg`): that must not hold everything up.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const head = readHead(descriptor);
    if (!startsCompressed(head)) return new PlainBytes(descriptor, head);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  closeSync(descriptor);
  return null;
}

const OWN_ROOM_BYTES = 256 * 1024;

class PlainBytes implements ImportBytes {
  readonly head: Uint8Array;
  readonly totalBytes: number;
  readonly #descriptor: number;
  readonly #ownRoom = Buffer.allocUnsafe(OWN_ROOM_BYTES);
  #offset = 0;

  constructor(descriptor: number, head: Uint8Array) {
    this.#descriptor = descriptor;
    this.totalBytes = fstatSync(descriptor).size;
    this.head = head;
  }

  next(room: Uint8Array = this.#ownRoom): Uint8Array | null {
    const length = readSync(this.#descriptor, room, 0, room.length, this.#offset);
    this.#offset += length;
    return length === 0 ? null : room.subarray(0, length);
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

async function openStream(stream: AsyncIterable<Uint8Array>, sizeBytes: number | null): Promise<ImportBytes> {
  const raw = await StreamBytes.open(stream[Symbol.asyncIterator](), sizeBytes);
  if (!startsCompressed(raw.head)) return raw;
  const gunzip = gunzipPieces(Readable.from(raw.pieces(), { objectMode: false }));
  return StreamBytes.open(gunzip[Symbol.asyncIterator](), null);
}

class StreamBytes implements ImportBytes {
  readonly head: Uint8Array;
  readonly totalBytes: number | null;
  readonly #iterator: AsyncIterator<Uint8Array>;
  /** Pieces taken to tell the format, and what went wrong behind them. */
  readonly #early: Uint8Array[];
  readonly #failure: unknown;

  private constructor(
    iterator: AsyncIterator<Uint8Array>,
    totalBytes: number | null,
    early: Uint8Array[],
    failure: unknown,
  ) {
    this.#iterator = iterator;
    this.totalBytes = totalBytes;
    this.#early = early;
    this.#failure = failure;
    this.head = Buffer.concat(early).subarray(0, HEAD_BYTES);
  }

  static async open(iterator: AsyncIterator<Uint8Array>, totalBytes: number | null): Promise<StreamBytes> {
    const early: Uint8Array[] = [];
    let failure: unknown = null;
    try {
      // No more than it takes: a quiet pipe gives the next bytes when it likes.
      for (let head = Buffer.alloc(0); head.length < HEAD_BYTES && !isTelling(head);) {
        const next = await iterator.next();
        if (next.done) break;
        early.push(next.value);
        head = Buffer.concat([head, next.value]);
      }
    } catch (error) {
      failure = error;
    }
    return new StreamBytes(iterator, totalBytes, early, failure);
  }

  async next(): Promise<Uint8Array | null> {
    const early = this.#early.shift();
    if (early) return early;
    if (this.#failure) throw this.#failure;
    const next = await this.#iterator.next();
    return next.done ? null : next.value;
  }

  async *pieces(): AsyncGenerator<Uint8Array> {
    try {
      for (let piece = await this.next(); piece; piece = await this.next()) yield piece;
    } finally {
      this.close();
    }
  }

  close(): void {
    // Lets go of a source that is not read to its end; how it takes that concerns nobody any more.
    void this.#iterator.return?.().catch(() => undefined);
  }
}

function readHead(descriptor: number): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  return head.subarray(0, readSync(descriptor, head, 0, HEAD_BYTES, 0));
}

function isTelling(head: Uint8Array): boolean {
  return startsCompressed(head) || detectFormat(head) !== null;
}

/** By content, since a compressed file may bear any name (RFC 1952: 1f 8b, method 8). */
function startsCompressed(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}
