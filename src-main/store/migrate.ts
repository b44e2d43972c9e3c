import type { Database } from 'better-sqlite3';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { MIGRATIONS, type Migration } from './migrations/index.ts';

/** `VDsk`: tells our files from other people's SQLite files. */
export const APPLICATION_ID = 0x5644736b;

/** The schema this version writes. */
export function newestVersion(migrations: readonly Migration[] = MIGRATIONS): number {
  return migrations.at(-1)?.version ?? 0;
}

/** Brings a writable store to the newest schema, all the way or not at all. */
export function migrate(db: Database, migrations: readonly Migration[] = MIGRATIONS): void {
  const before = versionOf(db);
  const missing = migrations.filter(({ version }) => version > before);
  if (missing.length === 0) return;
  db.transaction(() => {
    for (const { sql } of missing) db.exec(sql);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${newestVersion(missing)}`);
  }).immediate();
}

/**
 * Refuses what is not ours and what a newer version wrote. An empty file is a new store.
 * Errors: `store.not-ours`, `store.newer-schema`.
 */
export function checkIdentity(db: Database, path: string, newest = newestVersion()): void {
  const applicationId = Number(db.pragma('application_id', { simple: true }));
  const version = versionOf(db);
  const isEmpty = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()) === 0;
  if (isEmpty && version === 0 && applicationId === 0) return;
  if (applicationId !== APPLICATION_ID) {
    throw new DomainError(
      'store.not-ours',
      `${path} is a database of another program.`,
      'Choose another data folder, or move that file away. It was not changed.',
    );
  }
  if (version > newest) {
    throw new DomainError(
      'store.newer-schema',
      `${path} was written by a newer version of Verdict Desk (schema ${version}, this one knows ${newest}).`,
      'Install the newer version again, or choose another data folder. The store was not changed.',
    );
  }
}

export function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
