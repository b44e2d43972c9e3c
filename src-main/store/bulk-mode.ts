import type { Database } from 'better-sqlite3';

/** Of no use to the writer: all it asks of events goes by alert, file or exclusion. */
const PUT_ASIDE = ['event_by_path', 'event_by_agent'];

/**
 * How a transaction is spared work that a large import would repeat for each event. All of it is part of the transaction
 * itself or of this connection alone: a process that is killed leaves what was there before.
 *
 * - Nothing checks again that the sources, agents, paths and actors exist that the writer has just looked up or made.
 * - While there are no events yet, two indexes are built at the end, in the order of their keys.
 */
export class BulkMode {
  readonly #db: Database;
  /** How to build again what was put aside. */
  #definitions: readonly string[] = [];
  #isOn = false;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Begins a transaction; `end` must follow that of the transaction. */
  begin(): void {
    this.#isOn = true;
    this.#db.pragma('foreign_keys = OFF');
    this.#db.exec('BEGIN IMMEDIATE');
    const isEmpty = this.#db.prepare('SELECT 1 FROM event LIMIT 1').get() === undefined;
    if (isEmpty) this.#putAside();
  }

  /** The last step of the transaction. */
  restoreIndexes(): void {
    for (const definition of this.#definitions) this.#db.exec(definition);
    this.#definitions = [];
  }

  /** After the transaction was committed or taken back. */
  end(): void {
    if (!this.#isOn) return;
    this.#isOn = false;
    this.#definitions = [];
    this.#db.pragma('foreign_keys = ON');
  }

  #putAside(): void {
    const definition = this.#db
      .prepare<[string], string>(`SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?`)
      .pluck();
    this.#definitions = PUT_ASIDE.flatMap((name) => definition.get(name) ?? []);
    for (const name of PUT_ASIDE) this.#db.exec(`DROP INDEX IF EXISTS ${name}`);
  }
}
