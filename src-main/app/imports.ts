import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { NO_COUNTS, type ReadCounts } from '../../src-shared/domain/counts.ts';
import { DomainError, toWireError, type WireError } from '../../src-shared/errors/domain-error.ts';
import type { ImportState, ImportStatus } from '../../src-shared/ipc/status.ts';
import { ChunkChannel } from './chunk-channel.ts';

/** Bytes to read: a file on this machine, or a stream that a window sends. */
export type ImportInput =
  | { readonly path: string }
  | { readonly name: string; readonly stream: AsyncIterable<Uint8Array>; readonly sizeBytes: number };

export interface ImportProgress {
  readonly counts: ReadCounts;
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
}

/** Reads it all into the store; aborting ends it between two batches and keeps what was read. */
export type ReadInput = (
  input: ImportInput,
  signal: AbortSignal,
  onProgress: (progress: ImportProgress) => void,
) => Promise<ReadCounts>;

interface Import {
  readonly id: string;
  readonly name: string;
  readonly controller: AbortController;
  readonly upload: ChunkChannel | null;
  state: ImportState;
  progress: ImportProgress;
  error: WireError | null;
  done: Promise<void>;
}

/** One-time readings in the background, with progress, cancel and their end kept until it is dismissed. */
export class Imports {
  readonly #imports = new Map<string, Import>();
  readonly #read: ReadInput;
  readonly #changed: () => void;

  constructor(read: ReadInput, changed: () => void) {
    this.#read = read;
    this.#changed = changed;
  }

  readFile(path: string): string {
    return this.#start(basename(path), { path }, null, null);
  }

  beginUpload(name: string, sizeBytes: number): string {
    const upload = new ChunkChannel();
    return this.#start(name, { name, stream: upload, sizeBytes }, upload, sizeBytes);
  }

  async append(id: string, piece: Uint8Array): Promise<void> {
    await this.#uploadOf(id).push(piece);
  }

  endUpload(id: string): void {
    this.#uploadOf(id).end();
  }

  cancel(id: string): void {
    const found = this.#imports.get(id);
    if (found?.state !== 'running') return;
    found.controller.abort();
    found.upload?.end();
  }

  dismiss(id: string): void {
    if (this.#imports.get(id)?.state === 'running') return;
    this.#imports.delete(id);
    this.#changed();
  }

  status(): ImportStatus[] {
    return [...this.#imports.values()].map(({ id, name, state, progress, error }) => ({
      id,
      name,
      state,
      bytesRead: progress.bytesRead,
      bytesTotal: progress.bytesTotal,
      counts: progress.counts,
      error,
    }));
  }

  async close(): Promise<void> {
    for (const id of this.#imports.keys()) this.cancel(id);
    await Promise.all([...this.#imports.values()].map((item) => item.done));
  }

  #start(name: string, input: ImportInput, upload: ChunkChannel | null, bytesTotal: number | null): string {
    const item: Import = {
      id: randomUUID(),
      name,
      controller: new AbortController(),
      upload,
      state: 'running',
      progress: { counts: NO_COUNTS, bytesRead: 0, bytesTotal },
      error: null,
      done: Promise.resolve(),
    };
    this.#imports.set(item.id, item);
    item.done = this.#run(item, input);
    this.#changed();
    return item.id;
  }

  async #run(item: Import, input: ImportInput): Promise<void> {
    try {
      const counts = await this.#read(input, item.controller.signal, (progress) => {
        item.progress = progress;
        this.#changed();
      });
      item.progress = { ...item.progress, counts };
      item.state = item.controller.signal.aborted ? 'cancelled' : 'done';
    } catch (error) {
      item.state = 'failed';
      item.error = toWireError(error, `import ${item.id}`);
    } finally {
      item.upload?.end();
      this.#changed();
    }
  }

  #uploadOf(id: string): ChunkChannel {
    const upload = this.#imports.get(id)?.upload;
    if (upload) return upload;
    throw new DomainError(
      'sources.no-such-upload',
      'This import is no longer running.',
      'Drop the file again: what was read already is not counted twice.',
    );
  }
}
