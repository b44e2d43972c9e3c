import Database from 'better-sqlite3';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { translateStoreError } from './store-errors.ts';

/** Who holds a data folder: for the message a second writer shows. Not the lock itself. */
export interface WriterIdentity {
  /** In words: `the desktop window`, `verdict-desk ingest`. */
  readonly what: string;
  readonly pid: number;
  readonly host: string;
  /** ISO 8601 UTC. */
  readonly since: string;
}

export interface WriterLock {
  release(): void;
}

const identitySchema = z.object({
  what: z.string().max(200),
  pid: z.number().int(),
  host: z.string().max(300),
  since: z.string().max(40),
});

/**
 * Makes this process the data folder's one writer. The lock is SQLite's own exclusive lock on an empty database: the
 * operating system drops it with the process, however that ends. Errors: `store.held`.
 */
export function takeWriterLock(dataFolder: string, what: string, nowMs: number): WriterLock {
  const path = join(dataFolder, 'writer.lock');
  const identityPath = join(dataFolder, 'writer.json');
  const db = lockExclusively(path, identityPath);
  writeIdentity(identityPath, {
    what,
    pid: process.pid,
    host: hostname(),
    since: new Date(nowMs).toISOString(),
  });
  return {
    release: () => {
      rmSync(identityPath, { force: true });
      db.close();
    },
  };
}

function lockExclusively(path: string, identityPath: string): Database.Database {
  let db: Database.Database | null = null;
  try {
    db = new Database(path, { timeout: 0 });
    if (process.platform !== 'win32') chmodSync(path, 0o600);
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw heldBy(readIdentity(identityPath), error);
    }
    throw translateStoreError(error, path);
  }
}

function heldBy(holder: WriterIdentity | null, cause: unknown): DomainError {
  const who = holder
    ? `${holder.what} (process ${holder.pid} on ${holder.host}, since ${holder.since})`
    : 'another Verdict Desk process';
  return new DomainError(
    'store.held',
    `This data folder is in use by ${who}.`,
    'Close it, or name another folder with --data. What only reads works beside it: verdicts, ledger, queue, agents, scans, audit, doctor, agent-access show, profile list and profile test.',
    cause,
  );
}

function readIdentity(path: string): WriterIdentity | null {
  try {
    return identitySchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Missing, or caught half written: the lock alone decides, the name is a courtesy.
    return null;
  }
}

function writeIdentity(path: string, identity: WriterIdentity): void {
  writeFileSync(path, `${JSON.stringify(identity)}\n`, { mode: 0o600 });
}
