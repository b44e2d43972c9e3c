import { Socket } from 'node:net';

type Written = (error?: Error | null) => void;

/**
 * A TCP connection on which what is written in one go leaves as one. ssh2 writes each of its packets in three pieces: each
 * would be a call of the system and a packet on the line of its own, and wake the other side for nothing.
 */
export class GatheringSocket extends Socket {
  #isGathering = false;

  override write(bytes: Uint8Array | string, how?: BufferEncoding | Written, written?: Written): boolean {
    if (!this.#isGathering) this.#gather();
    return typeof how === 'function' ? super.write(bytes, how) : super.write(bytes, how, written);
  }

  #gather(): void {
    this.#isGathering = true;
    this.cork();
    process.nextTick(() => {
      this.#isGathering = false;
      this.uncork();
    });
  }
}
