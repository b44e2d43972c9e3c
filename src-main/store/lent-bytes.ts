/** What one piece of a file yields rarely takes more; a record that does not fit gets bytes of its own. */
const ROOM_BYTES = 524_288;

/** Room for the bytes of records that are used up at once: no garbage for each of them. */
export class LentBytes {
  readonly #room = Buffer.allocUnsafe(ROOM_BYTES);
  #used = 0;

  /** A copy that is good until all are given back. */
  copy(bytes: Buffer): Uint8Array {
    const end = this.#used + bytes.length;
    if (end > ROOM_BYTES) return Buffer.from(bytes);
    const copied = this.#room.subarray(this.#used, end);
    copied.set(bytes);
    this.#used = end;
    return copied;
  }

  giveBack(): void {
    this.#used = 0;
  }
}
