import Database from 'better-sqlite3';
import { join } from 'node:path';
import { DomainError } from '../../src-shared/errors/domain-error.ts';

/** Held for the life of a lab: two of them on one folder would write into each other's alerts. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the folder. The lock is SQLite's exclusive lock on an empty database, which the operating system drops with the
 * process. Errors: `lab.held`.
 */
export function lockFolder(folder: string): FolderLock {
  const db = new Database(join(folder, 'lab.lock'), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    throw new DomainError(
      'lab.held',
      `The lab in ${folder} is running already.`,
      'Close the window or the command that runs it, or give this one another folder.',
      error,
    );
  }
  return { release: () => db.close() };
}
