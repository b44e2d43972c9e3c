import { Worker } from 'node:worker_threads';
import { DomainError, type WireError } from '../../src-shared/errors/domain-error.ts';
import type { QueryName, QueryShapes } from './queries/index.ts';
import type { Reader } from './reader.ts';

/** What crosses to the reader's thread and back. */
export type Question = {
  [Name in QueryName]: {
    readonly id: number;
    readonly name: Name;
    readonly argument: QueryShapes[Name]['argument'];
  };
}[QueryName];

/** As received: the answer fits whichever question has this number, which the compiler cannot know. */
type Reply =
  | { readonly id: number; readonly answer: never }
  | { readonly id: number; readonly error: WireError; readonly cause: string };

interface Pending {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** In development the source runs as it is; the bundle puts both files into one folder. */
const WORKER_FILE = new URL(
  `./reader-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`,
  import.meta.url,
);

/** Asks in a thread of its own, so that a long question never delays following. A thread that died is replaced. */
export class WorkerReader implements Reader {
  readonly #dataFolder: string;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #nextId = 1;

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
  }

  ask<Name extends QueryName>(
    name: Name,
    argument: QueryShapes[Name]['argument'],
  ): Promise<QueryShapes[Name]['answer']> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#running().postMessage({ id, name, argument }, []);
    });
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(WORKER_FILE, { workerData: { dataFolder: this.#dataFolder } });
    worker.on('message', (reply: Reply) => this.#settle(reply));
    worker.on('error', (error) => this.#ended(worker, error));
    worker.on('exit', () => this.#ended(worker, null));
    this.#worker = worker;
    return worker;
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if (!pending) return;
    if ('error' in reply) {
      const { code, message, remedy } = reply.error;
      pending.reject(new DomainError(code, message, remedy, new Error(reply.cause)));
    } else pending.resolve(reply.answer);
  }

  #ended(worker: Worker, cause: unknown): void {
    if (this.#worker === worker) this.#worker = null;
    for (const { reject } of this.#pending.values()) {
      reject(
        new DomainError(
          'store.reader-ended',
          'The search in the store was interrupted.',
          'Try again: a new search starts by itself.',
          cause,
        ),
      );
    }
    this.#pending.clear();
  }
}
