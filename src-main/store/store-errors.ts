import Database from 'better-sqlite3';
import { DomainError } from '../../src-shared/errors/domain-error.ts';

/** SQLite's failures in the administrator's words; anything else is handed back as it is. */
export function translateStoreError(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const { code } = error;
  if (code.startsWith('SQLITE_FULL')) {
    return new DomainError(
      'store.disk-full',
      `There is no room left on the disk that holds ${path}.`,
      'Free some space; nothing was half written, and reading goes on where it stopped.',
      error,
    );
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return damagedStore(path, error);
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|AUTH)/.test(code)) {
    return new DomainError(
      'store.not-writable',
      `${path} cannot be opened or written.`,
      'Check that the folder exists and that this user may write to it.',
      error,
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new DomainError(
      'store.busy',
      `Another program is using ${path}.`,
      'Close what has the file open (a backup program, a database browser), then try again.',
      error,
    );
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new DomainError(
      'store.unreadable-disk',
      `The disk that holds ${path} failed to read or write.`,
      'Check the disk and its connection, then start again. What was committed is kept.',
      error,
    );
  }
  return error;
}

/** Runs one piece of work and translates what it throws. */
export function translating<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateStoreError(error, path);
  }
}

export function damagedStore(path: string, cause?: unknown): DomainError {
  return new DomainError(
    'store.damaged',
    `${path} is damaged or is not a database.`,
    'Put a backup in its place, or move the file away to start anew: the alert files can be read again.',
    cause,
  );
}
