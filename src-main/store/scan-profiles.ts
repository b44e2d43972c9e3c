import type { Database } from 'better-sqlite3';

/** Scans and what KES found carry the name of their connection, and follow it. */
export class ScanProfiles {
  readonly #rename;
  readonly #moveLeftBehind;
  readonly #leftBehind;

  constructor(db: Database) {
    const each = (sql: (table: string) => string) => TABLES.map((table) => db.prepare(sql(table)));
    this.#rename = each((table) => `UPDATE ${table} SET profile = ? WHERE profile_id = ?`);
    this.#moveLeftBehind = each(
      (table) => `UPDATE ${table} SET profile = ? WHERE profile = ? AND profile_id IS NULL`,
    );
    this.#leftBehind = each(
      (table) => `SELECT 1 FROM ${table} WHERE profile = ? AND profile_id IS NULL LIMIT 1`,
    );
  }

  /** Whether a connection of that name was removed and has left some. */
  areLeftBehind(name: string): boolean {
    return this.#leftBehind.some((statement) => statement.get(name) !== undefined);
  }

  rename(profileId: number, name: string): void {
    for (const statement of this.#rename) statement.run(name, profileId);
  }

  moveLeftBehind(from: string, to: string): void {
    for (const statement of this.#moveLeftBehind) statement.run(to, from);
  }
}

const TABLES = ['scan', 'kes_detection'];
