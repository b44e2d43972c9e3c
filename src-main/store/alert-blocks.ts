import type { Database } from 'better-sqlite3';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Where an alert's source bytes stand: in a block, uncompressed offset and length. */
export interface BlockPlace {
  readonly blockId: number;
  readonly offset: number;
  readonly length: number;
}

/** A block is closed beyond this, so that showing one alert never unpacks much more. */
const BLOCK_BYTES = 262_144;
/** A block holds at most one record beyond the limit, and a record is at most 1 MiB. */
const LARGEST_BLOCK_BYTES = 4 * 1024 * 1024;
/** Compressed bytes come in one piece unless they are unusually many: alerts shrink to an eighth. */
const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 }, chunkSize: 65_536 };

/** Collects source bytes until they make a block. */
export class OpenBlock {
  /** Kept from block to block; an unusually long record makes it grow. */
  #bytes = Buffer.allocUnsafe(BLOCK_BYTES + 65_536);
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  get isFull(): boolean {
    return this.#length >= BLOCK_BYTES;
  }

  /** Copies the bytes; returns the offset at which they will stand. */
  add(raw: Uint8Array): number {
    const offset = this.#length;
    this.#length += raw.length;
    if (this.#length > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * this.#length);
    this.#bytes.set(raw, offset);
    return offset;
  }

  /** What was collected, compressed, in a buffer of its own; the next block begins. */
  close(): Uint8Array<ArrayBuffer> {
    const whole = this.#bytes.subarray(0, this.#length);
    this.drop();
    return zstdCompressSync(whole, FASTEST);
  }

  drop(): void {
    this.#length = 0;
  }
}

/** Writes the source bytes of one transaction's new events as zstd blocks. */
export class AlertBlocks {
  readonly #insert;
  readonly #lastId;
  readonly #open = new OpenBlock();
  #nextId = 1;

  constructor(db: Database) {
    this.#insert = db.prepare<[number, Uint8Array]>('INSERT INTO alert_block (id, data) VALUES (?, ?)');
    this.#lastId = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM alert_block').pluck();
  }

  /** Call first in each transaction: what a failed one had collected is dropped. */
  begin(): void {
    this.#open.drop();
    this.#nextId = (this.#lastId.get() ?? 0) + 1;
  }

  add(raw: Uint8Array): BlockPlace {
    if (this.#open.isFull) this.close();
    return { blockId: this.#nextId, offset: this.#open.add(raw), length: raw.length };
  }

  /** A block that was filled and compressed elsewhere; not between `add` and `close`. Returns its number. */
  addClosed(data: Uint8Array): number {
    this.#insert.run(this.#nextId, data);
    return this.#nextId++;
  }

  /** Writes the open block; call last in each transaction. */
  close(): void {
    if (!this.#open.isEmpty) this.addClosed(this.#open.close());
  }
}

/** The source bytes of one alert out of its block. */
export function bytesFromBlock(data: Uint8Array, offset: number, length: number): Uint8Array {
  const whole = zstdDecompressSync(data, { maxOutputLength: LARGEST_BLOCK_BYTES });
  return whole.subarray(offset, offset + length);
}
