import Database from 'better-sqlite3';
import type { Database as Connection } from 'better-sqlite3';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { checkIdentity, newestVersion, versionOf } from './migrate.ts';
import { translating } from './store-errors.ts';

export const STORE_FILE = 'store.sqlite';

/** SQLite waits so long for another process (a backup, a checkpoint of a reader) before it gives up. */
const BUSY_TIMEOUT_MS = 5000;

/** Page cache of one connection: what keeps a 1 GB import within its memory. Negative means KiB. */
const CACHE_KIB = -4096;

/**
 * Pages (of 8 KiB) in the write-ahead log before SQLite copies them into the store. Larger than the default of 1000:
 * an import rewrites the same index pages in each commit, and copying them once is enough.
 */
const CHECKPOINT_PAGES = 2000;

export function storePath(dataFolder: string): string {
  return join(dataFolder, STORE_FILE);
}

/** Creates the data folder for this user alone. */
export function makeDataFolder(dataFolder: string): void {
  if (existsSync(dataFolder)) return;
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
}

/** A writable connection, the file created when missing; the caller holds the writer lock and migrates. */
export function connectForWriting(path: string): Connection {
  return translating(path, () => {
    const db = new Database(path, { timeout: BUSY_TIMEOUT_MS });
    return prepared(db, () => {
      checkIdentity(db, path);
      db.pragma('page_size = 8192');
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      // Keeps the log from staying as large as the largest import made it.
      db.pragma('journal_size_limit = 67108864');
      restrictToOwner(path);
      applySharedSettings(db);
    });
  });
}

/** A connection that cannot write, usable beside a writer of another process. */
export function connectForReading(path: string): Connection {
  requireStore(path);
  return translating(path, () => {
    const db = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    return prepared(db, () => {
      checkIdentity(db, path);
      requireNewestSchema(db, path);
      db.pragma('query_only = ON');
      applySharedSettings(db);
      addTextFunctions(db);
    });
  });
}

function requireStore(path: string): void {
  if (existsSync(path)) return;
  throw new DomainError(
    'store.missing',
    `There is no store in ${dirname(path)} yet.`,
    'Read an alert file first (verdict-desk ingest FILE), or name the data folder with --data.',
  );
}

/** Only the writer changes the schema: a reader of an older store would ask for what is not there. */
function requireNewestSchema(db: Connection, path: string): void {
  if (versionOf(db) === newestVersion()) return;
  throw new DomainError(
    'store.older-schema',
    `${path} was written by an older version of Verdict Desk.`,
    'Open it once with this version (the window, or any command that writes): it is brought up to date then.',
  );
}

function applySharedSettings(db: Connection): void {
  db.pragma('foreign_keys = ON');
  db.pragma(`cache_size = ${CACHE_KIB}`);
  db.pragma('temp_store = MEMORY');
  db.pragma('trusted_schema = OFF');
}

/** `contains_folded(text, needle)`: like the trigram index, without regard to case beyond ASCII. Needle folded already. */
export function addTextFunctions(db: Connection): void {
  db.function('contains_folded', { deterministic: true }, (text: unknown, needle: unknown) =>
    String(text).toLowerCase().includes(String(needle)) ? 1 : 0,
  );
}

/** Closes the connection when its preparation fails: an open handle would keep the file. */
function prepared(db: Connection, prepare: () => void): Connection {
  try {
    prepare();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function restrictToOwner(path: string): void {
  if (process.platform === 'win32') return;
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    if (existsSync(file)) chmodSync(file, 0o600);
  }
}
