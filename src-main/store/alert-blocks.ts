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
const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Collects the source bytes of one transaction's new events and writes them as zstd blocks. */
export class AlertBlocks {
  readonly #insert;
  readonly #lastId;
  #parts: Uint8Array[] = [];
  #length = 0;
  #openId = 0;

  constructor(db: Database) {
    this.#insert = db.prepare<[number, Uint8Array]>('INSERT INTO alert_block (id, data) VALUES (?, ?)');
    this.#lastId = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM alert_block').pluck();
  }

  /** Call first in each transaction: what a failed one had collected is dropped. */
  begin(): void {
    this.#parts = [];
    this.#length = 0;
    this.#openId = (this.#lastId.get() ?? 0) + 1;
  }

  add(raw: Uint8Array): BlockPlace {
    if (this.#length >= BLOCK_BYTES) this.close();
    const place = { blockId: this.#openId, offset: this.#length, length: raw.length };
    this.#parts.push(raw);
    this.#length += raw.length;
    return place;
  }

  /** Writes the open block; call last in each transaction. */
  close(): void {
    if (this.#parts.length === 0) return;
    const whole = this.#parts.length === 1 ? this.#parts[0] : Buffer.concat(this.#parts, this.#length);
    this.#insert.run(this.#openId, zstdCompressSync(whole ?? Buffer.alloc(0), FASTEST));
    this.#openId += 1;
    this.#parts = [];
    this.#length = 0;
  }
}

/** The source bytes of one alert out of its block. */
export function bytesFromBlock(data: Uint8Array, offset: number, length: number): Uint8Array {
  const whole = zstdDecompressSync(data, { maxOutputLength: LARGEST_BLOCK_BYTES });
  return whole.subarray(offset, offset + length);
}
