import type { Database, Statement } from 'better-sqlite3';

/** A value that a query binds. */
export type Bound = number | bigint | string | Uint8Array | null;

/** Prepares a text for one use; costs some tens of microseconds. */
export function statement<Row>(db: Database, sql: string): Statement<Bound[], Row> {
  return db.prepare<Bound[], Row>(sql);
}

/** A fixed text that runs often: each connection prepares it once. */
export function preparedOnce<Row>(sql: string): (db: Database) => Statement<Bound[], Row> {
  const byConnection = new WeakMap<Database, Statement<Bound[], Row>>();
  return (db) => {
    const known = byConnection.get(db);
    if (known) return known;
    const fresh = statement<Row>(db, sql);
    byConnection.set(db, fresh);
    return fresh;
  };
}

export function toIso(ms: number): string {
  return new Date(ms).toISOString();
}
export function toIsoOrNull(ms: number | null): string | null {
  return ms === null ? null : toIso(ms);
}
