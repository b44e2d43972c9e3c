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
  readonly id: number;
  readonly send: (worker: Worker) => void;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** In development the source runs as it is; the bundle puts both files into one folder. */
const WORKER_FILE = new URL(
  `./reader-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`,
  import.meta.url,
);

/** A window asks a handful at a time. */
const MOST_WAITING = 1000;

/**
 * Asks in a thread of its own, so that a long question never delays following. A thread that died is replaced. One
 * question is under way; the others wait here, where those that nobody wants answered any more can be left out.
 */
export class WorkerReader implements Reader {
  readonly #dataFolder: string;
  readonly #waiting = new Map<number, Pending>();
  #underWay: Pending | null = null;
  #worker: Worker | null = null;
  #nextId = 1;

  constructor(dataFolder: string) {
    this.#dataFolder = dataFolder;
  }

  ask<Name extends QueryName>(
    name: Name,
    argument: QueryShapes[Name]['argument'],
    signal?: AbortSignal,
  ): Promise<QueryShapes[Name]['answer']> {
    const id = this.#nextId++;
    if (signal?.aborted) return Promise.reject(givenUp());
    if (this.#waiting.size >= MOST_WAITING) return Promise.reject(overrun());
    const { promise, resolve, reject } = Promise.withResolvers<QueryShapes[Name]['answer']>();
    const giveUp = () => {
      if (this.#waiting.delete(id)) reject(givenUp());
    };
    signal?.addEventListener('abort', giveUp, { once: true });
    const send = (worker: Worker) => worker.postMessage({ id, name, argument }, []);
    this.#waiting.set(id, { id, send, resolve, reject });
    this.#askNext();
    return promise.finally(() => signal?.removeEventListener('abort', giveUp));
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #askNext(): void {
    if (this.#underWay) return;
    const [next] = this.#waiting.values();
    if (!next) return;
    this.#waiting.delete(next.id);
    this.#underWay = next;
    next.send(this.#running());
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
    const pending = this.#underWay;
    if (pending?.id !== reply.id) return;
    this.#underWay = null;
    this.#askNext();
    if ('error' in reply) {
      const { code, message, remedy } = reply.error;
      pending.reject(new DomainError(code, message, remedy, new Error(reply.cause)));
    } else pending.resolve(reply.answer);
  }

  #ended(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const unanswered = [...(this.#underWay ? [this.#underWay] : []), ...this.#waiting.values()];
    this.#underWay = null;
    this.#waiting.clear();
    for (const { reject } of unanswered) reject(interrupted(cause));
  }
}

function interrupted(cause: unknown): DomainError {
  return new DomainError(
    'store.reader-ended',
    'The search in the store was interrupted.',
    'Try again: a new search starts by itself.',
    cause,
  );
}

function givenUp(): DomainError {
  return new DomainError('store.not-asked', 'The search was given up before its turn.', 'Ask again.');
}

function overrun(): DomainError {
  return new DomainError(
    'store.reader-overrun',
    'More was asked of the store than it can answer.',
    'Wait a moment and try again.',
  );
}
