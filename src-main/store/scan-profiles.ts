import type { Database } from 'better-sqlite3';
import { isSettled } from '../../src-shared/domain/scan-state.ts';
import { SCAN_STATES } from '../../src-shared/domain/scan.ts';

/** Scans and what KES found carry the name of their connection, and follow it. */
export class ScanProfiles {
  readonly #rename;
  readonly #moveLeftBehind;
  readonly #leftBehind;
  readonly #part;

  constructor(db: Database) {
    const each = (sql: (table: string) => string) => TABLES.map((table) => db.prepare(sql(table)));
    this.#rename = each((table) => `UPDATE ${table} SET profile = ? WHERE profile_id = ?`);
    this.#moveLeftBehind = each(
      (table) => `UPDATE ${table} SET profile = ? WHERE profile = ? AND profile_id IS NULL`,
    );
    this.#leftBehind = each(
      (table) => `SELECT 1 FROM ${table} WHERE profile = ? AND profile_id IS NULL LIMIT 1`,
    );
    // Over SSH a scan is followed, too: another machine's task must not be taken for it.
    this.#part = db.prepare<[number, string]>(
      `UPDATE scan SET profile_id = NULL WHERE profile_id = ? AND (sent_ms IS NULL OR route = 'agent-ssh')
         AND state IN (SELECT value FROM json_each(?))`,
    );
  }

  /** Whether a connection of that name was removed and has left some. */
  areLeftBehind(name: string): boolean {
    return this.#leftBehind.some((statement) => statement.get(name) !== undefined);
  }

  /** What is under way keeps the connection's name, and loses the connection itself. */
  part(profileId: number): void {
    this.#part.run(profileId, OPEN_STATES);
  }

  rename(profileId: number, name: string): void {
    for (const statement of this.#rename) statement.run(name, profileId);
  }

  moveLeftBehind(from: string, to: string): void {
    for (const statement of this.#moveLeftBehind) statement.run(to, from);
  }
}

/** As JSON. */
export const OPEN_STATES = JSON.stringify(SCAN_STATES.filter((state) => !isSettled(state)));

const TABLES = ['scan', 'kes_detection'];
