import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { AlertFormat } from '../../src-shared/domain/alert.ts';
import { fromWireError, type WireError } from '../../src-shared/errors/domain-error.ts';
import type { PackedBatch } from '../store/packed-batch.ts';
import { Turnstile } from './turnstile.ts';

export interface FileToRead {
  readonly path: string;
  readonly format: AlertFormat | 'auto';
}

/** What the reading thread starts with, is told, and tells. */
export interface ReadingStart {
  readonly port: MessagePort;
  readonly passes: SharedArrayBuffer;
}
export type ToReading = ({ readonly kind: 'read' } & FileToRead) | { readonly kind: 'stop' };
export type FromReading =
  | { readonly kind: 'batch'; readonly batch: PackedBatch }
  | { readonly kind: 'progress'; readonly bytesRead: number; readonly bytesTotal: number | null }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly error: WireError };

export interface ReadingOptions extends FileToRead {
  /** Ends the reading between two reads; what was read by then is still handed over. */
  readonly signal: AbortSignal;
  /** Is given every batch in order; what it throws ends the reading. */
  readonly take: (batch: PackedBatch) => void;
  /** After each batch. */
  readonly onProgress: (bytesRead: number, bytesTotal: number | null) => void;
}

/** In development the source runs as it is; the bundle puts both files into one folder. */
const WORKER_FILE = new URL(
  `./reading-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`,
  import.meta.url,
);

/** A thread that reads alert files, so that a second processor decodes while this one writes. */
export class ReadingThread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #turnstile: Turnstile;
  #isBegun = false;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    const passes = Turnstile.memory();
    const start: ReadingStart = { port: port2, passes };
    this.#worker = new Worker(WORKER_FILE, { workerData: start, transferList: [port2] });
    this.#port = port1;
    this.#turnstile = new Turnstile(passes);
  }

  /** Reads ahead, as far as it may, what `read` is asked for next. */
  begin({ path, format }: FileToRead): void {
    this.#isBegun = true;
    this.#tell({ kind: 'read', path, format });
  }

  /** One file at a time; resolves when all of it was taken. Rejects as `importAlerts`, or with what `take` threw. */
  async read({ path, format, signal, take, onProgress }: ReadingOptions): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const stop = () => this.#tell({ kind: 'stop' });
    const hear = (message: FromReading) => {
      try {
        if (message.kind === 'end') return resolve();
        if (message.kind === 'failed') return reject(fromWireError(message.error));
        if (message.kind === 'progress') return onProgress(message.bytesRead, message.bytesTotal);
        take(message.batch);
        this.#turnstile.leave();
      } catch (error) {
        reject(error);
      }
    };
    this.#worker.once('error', reject);
    this.#port.on('message', hear);
    if (!this.#isBegun) this.begin({ path, format });
    this.#isBegun = false;
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', stop);
      this.#port.off('message', hear);
      this.#worker.off('error', reject);
    }
  }

  /** Ends the thread, whatever it is doing. */
  async close(): Promise<void> {
    this.#port.close();
    await this.#worker.terminate();
  }

  #tell(message: ToReading): void {
    this.#port.postMessage(message, []);
  }
}
