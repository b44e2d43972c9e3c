import { close, constants, fstat, open as openDescriptor, read } from 'node:fs';
import { promisify } from 'node:util';
import { factsOfNode } from './file-facts.ts';
import type { HostFile, HostFileFacts } from './manager-host.ts';

const open = promisify(openDescriptor);
const statOf = promisify(fstat);
const readFrom = promisify(read);

export async function openHere(path: string): Promise<HostFile> {
  // A pipe under the name of a file would wait for a writer for ever.
  return new LocalFile(await open(path, constants.O_RDONLY | constants.O_NONBLOCK));
}

/** By descriptor: a FileHandle that is forgotten would be closed by the collector with a warning. */
class LocalFile implements HostFile {
  readonly #descriptor: number;
  #reading = 0;
  #isClosed = false;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  stat(): Promise<HostFileFacts> {
    return this.#use(async () => factsOfNode(await statOf(this.#descriptor, { bigint: true })));
  }

  read(into: Uint8Array, position: number): Promise<number> {
    return this.#use(async () => {
      let filled = 0;
      while (filled < into.length) {
        const { bytesRead } = await readFrom(
          this.#descriptor,
          into,
          filled,
          into.length - filled,
          position + filled,
        );
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled;
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closeWhenUnused();
  }

  /** A descriptor that is closed under a read may by then be another file's. */
  async #use<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isClosed) throw Object.assign(new Error('EBADF: the file is closed'), { code: 'EBADF' });
    this.#reading += 1;
    try {
      return await work();
    } finally {
      this.#reading -= 1;
      this.#closeWhenUnused();
    }
  }

  #closeWhenUnused(): void {
    if (this.#isClosed && this.#reading === 0) close(this.#descriptor, () => undefined);
  }
}
