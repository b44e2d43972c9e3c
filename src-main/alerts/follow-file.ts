import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Position } from './alert-journal.ts';
import { notARegularFile } from './follow-errors.ts';
import { HEAD_BYTES, hashHead, identityOf, type FileIdentity } from './position-head.ts';

/** What one read of an alert file gave. The bytes are valid until the next read. */
export type FileRead =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly isLast: boolean }
  /** Nothing more for now. */
  | { readonly kind: 'end' }
  /** Not the file it was: cut back, or rewritten in place. */
  | { readonly kind: 'cut' }
  /** A compressed archive that ends in the middle or is damaged: no more can be had of it. */
  | { readonly kind: 'damaged' };

/** An alert file held open, plain or compressed, read forward. */
export interface AlertFile extends FileIdentity {
  readonly path: string;
  readonly isCompressed: boolean;
  /** Where the next read starts, in (decompressed) bytes. */
  readonly offset: number;
  /** The first bytes as last verified, at most HEAD_BYTES. */
  readonly head: Uint8Array;
  /** Size and time of the last change as last seen; compressed archives count compressed bytes. */
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  read(): Promise<FileRead>;
  close(): void;
}

/** The position of `file` with everything before `offset` read. */
export function positionOf(file: AlertFile, offset: number, alertId: string | null): Position {
  return {
    device: file.device,
    inode: file.inode,
    headHash: hashHead(file.head),
    headLength: file.head.length,
    offset,
    alertId,
  };
}

/** Bytes before the offset that are read again and compared with each read. */
const OVERLAP_BYTES = 256;

/**
 * A plain alert file. Reads are synchronous (a local read is shorter than a trip through the thread pool) and bounded by
 * the buffer. Each read proves first that the file still begins as it did, and that the bytes before the offset are
 * those read last: a file cut back and grown again beyond the offset is recognised.
 */
export class PlainAlertFile implements AlertFile {
  readonly path: string;
  readonly isCompressed = false;
  readonly device: string | null;
  readonly inode: string | null;
  offset: number;
  head: Uint8Array = new Uint8Array(0);
  sizeBytes = 0;
  modifiedMs = 0;
  readonly #descriptor: number;
  readonly #buffer: Buffer;
  #overlap: Uint8Array = new Uint8Array(0);

  /** `buffer` holds one read; it may serve several files that are not read at once. */
  constructor(path: string, offset: number, buffer: Buffer) {
    this.path = path;
    this.offset = offset;
    this.#buffer = buffer;
    // Without O_NONBLOCK opening a named pipe would wait for its writer for ever.
    this.#descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(this.#descriptor, { bigint: true });
      if (!stats.isFile()) throw notARegularFile(path, stats.isDirectory());
      const { device, inode } = identityOf(stats);
      this.device = device;
      this.inode = inode;
      this.#stat();
      this.head = this.#readHead();
      this.#overlap = this.#readBefore(offset);
    } catch (error) {
      closeSync(this.#descriptor);
      throw error;
    }
  }

  async read(): Promise<FileRead> {
    this.#stat();
    if (this.sizeBytes < this.offset || !this.#beginsAsBefore()) return { kind: 'cut' };
    const overlap = this.#overlap.length;
    const length = this.#fill(this.#buffer, this.offset - overlap);
    if (length < overlap || this.#buffer.compare(this.#overlap, 0, overlap, 0, overlap) !== 0) {
      return { kind: 'cut' };
    }
    if (length === overlap) return { kind: 'end' };
    this.offset += length - overlap;
    this.#overlap = Uint8Array.prototype.slice.call(
      this.#buffer,
      Math.max(0, length - OVERLAP_BYTES),
      length,
    );
    const bytes = this.#buffer.subarray(overlap, length);
    return { kind: 'bytes', bytes, isLast: length < this.#buffer.length };
  }

  /** Begins again at the first byte, with whatever the file now begins with. */
  restart(): void {
    this.offset = 0;
    this.#overlap = new Uint8Array(0);
    this.#stat();
    this.head = this.#readHead();
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #stat(): void {
    const stats = fstatSync(this.#descriptor);
    this.sizeBytes = stats.size;
    this.modifiedMs = stats.mtimeMs;
  }

  #beginsAsBefore(): boolean {
    const now = this.#readHead();
    if (now.length < this.head.length) return false;
    if (Buffer.compare(now.subarray(0, this.head.length), this.head) !== 0) return false;
    this.head = now;
    return true;
  }

  #readHead(): Uint8Array {
    const head = Buffer.allocUnsafe(HEAD_BYTES);
    return head.subarray(0, this.#fill(head, 0));
  }

  #readBefore(offset: number): Uint8Array {
    const bytes = Buffer.allocUnsafe(Math.min(offset, OVERLAP_BYTES));
    return bytes.subarray(0, this.#fill(bytes, offset - bytes.length));
  }

  /** A read may come back short before the end of the file (signals, network file systems): only 0 is the end. */
  #fill(buffer: Buffer, position: number): number {
    let length = 0;
    while (length < buffer.length) {
      const got = readSync(this.#descriptor, buffer, length, buffer.length - length, position + length);
      if (got === 0) break;
      length += got;
    }
    return length;
  }
}
