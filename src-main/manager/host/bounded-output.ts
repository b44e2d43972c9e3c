/** Gathers output up to a size; what is beyond is dropped. */
export class BoundedOutput {
  readonly #maxBytes: number;
  #pieces: Uint8Array[] = [];
  #sizeBytes = 0;
  isCut = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(piece: Uint8Array): void {
    const room = this.#maxBytes - this.#sizeBytes;
    if (piece.length > room) this.isCut = true;
    if (room <= 0 || piece.length === 0) return;
    const kept = piece.subarray(0, room);
    // A small part must not hold on to a large buffer of the connection.
    this.#pieces.push(kept.length === piece.length ? kept : kept.slice());
    this.#sizeBytes += kept.length;
  }

  bytes(): Uint8Array {
    const all = Buffer.concat(this.#pieces);
    this.#pieces = [all];
    return all;
  }
}
