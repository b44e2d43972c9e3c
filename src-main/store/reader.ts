import type { Database } from 'better-sqlite3';
import { openReadOnly } from './open-store.ts';
import { runQuery, type QueryName, type QueryShapes } from './queries/index.ts';
import { translating } from './store-errors.ts';

/** The read side of a store, beside its writer. */
export interface Reader {
  /** Once `signal` aborts nobody waits for the answer: a question that waits for its turn is not asked any more. */
  ask<Name extends QueryName>(
    name: Name,
    argument: QueryShapes[Name]['argument'],
    signal?: AbortSignal,
  ): Promise<QueryShapes[Name]['answer']>;
  close(): Promise<void>;
}

/** Asks in the calling thread: for the command line, which has no window to keep fluid. */
export class DirectReader implements Reader {
  readonly #db: Database;

  /** Errors: as `openReadOnly`. */
  constructor(dataFolder: string) {
    this.#db = openReadOnly(dataFolder);
  }

  /** For queries that are read row by row, such as `verdictRows`. */
  get connection(): Database {
    return this.#db;
  }

  async ask<Name extends QueryName>(
    name: Name,
    argument: QueryShapes[Name]['argument'],
  ): Promise<QueryShapes[Name]['answer']> {
    return translating(this.#db.name, () => runQuery(this.#db, name, argument));
  }

  async close(): Promise<void> {
    this.#db.close();
  }
}
