import type { AlertFileFacts, AlertFileHost, OpenAlertFile } from './alert-file-host.ts';
import type { Position } from './alert-journal.ts';
import { notARegularFile } from './follow-errors.ts';
import { HEAD_BYTES, hashHead, type FileIdentity } from './position-head.ts';

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
  /** Sends for what the next read will want, without waiting: another question can travel beside it. */
  prepare(): void;
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
/** Asked for when nothing is known to be there: one packet's worth of a transfer over SSH. */
const SMALLEST_CHUNK_BYTES = 64 * 1024;

/** Given at once: what is made of it is committed before the next, and other work gets its turn between them. */
const PIECE_BYTES = 1024 * 1024;
const NOTHING = new Uint8Array(0);

/** What one trip brought: the file as it is, its first bytes, and those from before the offset on. */
interface Fetched {
  readonly facts: AlertFileFacts;
  readonly head: Uint8Array;
  readonly bytes: Uint8Array;
  /** How many were asked for. */
  readonly wanted: number;
}

/**
 * A plain alert file. One trip to the host per read, whose questions travel side by side; while there is more, the next
 * chunk is on its way before the caller has this one. Memory is bounded by two chunks. Each read proves that the file
 * still begins as it did, and that the bytes before the offset are those read last: a file cut back and grown again
 * beyond the offset is recognised.
 */
export class PlainAlertFile implements AlertFile {
  readonly path: string;
  readonly isCompressed = false;
  device: string | null = null;
  inode: string | null = null;
  offset: number;
  head: Uint8Array = NOTHING;
  sizeBytes = 0;
  modifiedMs = 0;
  readonly #handle: OpenAlertFile;
  readonly #chunkBytes: number;
  readonly #rooms = [Buffer.alloc(0), Buffer.alloc(0)];
  #overlap: Uint8Array = NOTHING;
  /** What was fetched and is not read yet. */
  #chunk: Uint8Array = NOTHING;
  /** The file ended behind it when it was fetched just now. */
  #isLastChunk = false;
  /** What is on its way; `isAhead` when it was sent for before the chunk before it was used, so that it may be old. */
  #coming: { readonly fetched: Promise<Fetched>; readonly isAhead: boolean } | null = null;

  private constructor(path: string, offset: number, handle: OpenAlertFile, chunkBytes: number) {
    this.path = path;
    this.offset = offset;
    this.#handle = handle;
    this.#chunkBytes = chunkBytes;
  }

  /** `chunkBytes`: the most that is fetched at once. */
  static async open(
    files: AlertFileHost,
    { path, offset, chunkBytes }: { path: string; offset: number; chunkBytes: number },
  ): Promise<PlainAlertFile> {
    const handle = await files.open(path);
    try {
      const file = new PlainAlertFile(path, offset, handle, chunkBytes);
      const [facts] = await Promise.all([handle.stat(), file.#rememberHead(), file.#rememberOverlap()]);
      if (!facts.isFile) throw notARegularFile(path, facts.isFolder);
      file.identify(facts);
      file.#note(facts);
      return file;
    } catch (error) {
      handle.close();
      throw error;
    }
  }

  /** What its name tells where an open file cannot tell its own identity (SFTP). */
  identify({ device, inode }: FileIdentity): void {
    this.device = device;
    this.inode = inode;
  }

  prepare(): void {
    if (this.#chunk.length === 0) this.#coming ??= this.#send(false);
  }

  async read(): Promise<FileRead> {
    while (this.#chunk.length === 0) {
      const { fetched, isAhead } = this.#coming ?? this.#send(false);
      this.#coming = null;
      const found = this.#verify(await fetched, isAhead);
      if (found === 'cut') return { kind: 'cut' };
      // Nothing there when it was sent for ahead of time says nothing about now.
      if (found === 'nothing' && !isAhead) return { kind: 'end' };
    }
    const bytes = this.#chunk.subarray(0, PIECE_BYTES);
    this.#chunk = this.#chunk.subarray(bytes.length);
    this.offset += bytes.length;
    return { kind: 'bytes', bytes, isLast: this.#isLastChunk && this.#chunk.length === 0 };
  }

  /** Makes what came the chunk that is read from, and sends for the next. */
  #verify({ facts, head, bytes, wanted }: Fetched, isAhead: boolean): 'cut' | 'nothing' | 'bytes' {
    this.#note(facts);
    const overlap = this.#overlap.length;
    if (this.sizeBytes < this.offset || !this.#beginsAsBefore(head)) return 'cut';
    if (Buffer.compare(bytes.subarray(0, overlap), this.#overlap) !== 0) return 'cut';
    if (bytes.length === overlap) return 'nothing';
    const isFull = bytes.length === wanted;
    this.#chunk = bytes.subarray(overlap);
    this.#isLastChunk = !isFull && !isAhead;
    this.#overlap = Uint8Array.prototype.slice.call(bytes, Math.max(0, bytes.length - OVERLAP_BYTES));
    if (isFull && this.sizeBytes > this.#fetchedTo) this.#coming = this.#send(true);
    return 'bytes';
  }

  /** Begins again at the first byte, with whatever the file now begins with. */
  async restart(): Promise<void> {
    this.offset = 0;
    this.#overlap = NOTHING;
    this.#chunk = NOTHING;
    this.#coming = null;
    const [facts] = await Promise.all([this.#handle.stat(), this.#rememberHead()]);
    this.#note(facts);
  }

  /** How the open file is now, whatever its name stands for. */
  stat(): Promise<AlertFileFacts> {
    return this.#handle.stat();
  }

  /** Bytes that stand elsewhere in the file; fewer at its end. */
  async readAt(position: number, length: number): Promise<Uint8Array> {
    const bytes = Buffer.allocUnsafe(length);
    return bytes.subarray(0, await this.#handle.read(bytes, position));
  }

  close(): void {
    this.#coming = null;
    this.#handle.close();
  }

  get #fetchedTo(): number {
    return this.offset + this.#chunk.length;
  }

  #send(isAhead: boolean): { readonly fetched: Promise<Fetched>; readonly isAhead: boolean } {
    const fetched = this.#fetch();
    // Whoever reads next is told; nobody may be reading any more.
    fetched.catch(() => undefined);
    return { fetched, isAhead };
  }

  async #fetch(): Promise<Fetched> {
    const overlap = this.#overlap.length;
    const known = Math.max(this.sizeBytes - this.#fetchedTo, SMALLEST_CHUNK_BYTES);
    const wanted = overlap + Math.min(known, this.#chunkBytes);
    const room = this.#takeRoom(wanted);
    const head = Buffer.allocUnsafe(HEAD_BYTES);
    const [facts, headLength, length] = await Promise.all([
      this.#handle.stat(),
      this.#handle.read(head, 0),
      this.#handle.read(room, this.#fetchedTo - overlap),
    ]);
    return { facts, head: head.subarray(0, headLength), bytes: room.subarray(0, length), wanted };
  }

  /** Two rooms in turn: the caller may still use the one while the other is being filled. At rest they are small. */
  #takeRoom(length: number): Buffer {
    const [next = Buffer.alloc(0), last = Buffer.alloc(0)] = this.#rooms;
    const isFit = next.length >= length && next.length <= 4 * length;
    const room = isFit ? next : Buffer.allocUnsafeSlow(length);
    this.#rooms.splice(0, 2, last, room);
    return room.subarray(0, length);
  }

  #note({ sizeBytes, modifiedMs }: AlertFileFacts): void {
    this.sizeBytes = sizeBytes;
    this.modifiedMs = modifiedMs;
  }

  #beginsAsBefore(now: Uint8Array): boolean {
    if (now.length < this.head.length) return false;
    if (Buffer.compare(now.subarray(0, this.head.length), this.head) !== 0) return false;
    this.head = now;
    return true;
  }

  async #rememberHead(): Promise<void> {
    this.head = await this.readAt(0, HEAD_BYTES);
  }

  async #rememberOverlap(): Promise<void> {
    const length = Math.min(this.offset, OVERLAP_BYTES);
    this.#overlap = await this.readAt(this.offset - length, length);
  }
}
