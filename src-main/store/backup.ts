import type { Database } from 'better-sqlite3';
import { chmodSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { translateStoreError } from './store-errors.ts';

export interface Backup {
  readonly path: string;
  readonly sizeBytes: number;
}

/** Copies the store while it is in use, beside the target first: a backup is whole or not there. */
export async function backUpStore(db: Database, targetPath: string): Promise<Backup> {
  if (existsSync(targetPath)) {
    throw new DomainError(
      'store.backup-exists',
      `${targetPath} exists already.`,
      'Name another file, or move that one away. It was not changed.',
    );
  }
  const partPath = `${targetPath}.part`;
  try {
    rmSync(partPath, { force: true });
    await db.backup(partPath);
    if (process.platform !== 'win32') chmodSync(partPath, 0o600);
    renameSync(partPath, targetPath);
    return { path: targetPath, sizeBytes: statSync(targetPath).size };
  } catch (error) {
    rmSync(partPath, { force: true });
    throw translateBackupError(error, targetPath);
  }
}

function translateBackupError(error: unknown, targetPath: string): unknown {
  const translated = translateStoreError(error, targetPath);
  // better-sqlite3 reports a missing folder with a TypeError of its own.
  if (!(translated instanceof TypeError)) return translated;
  return new DomainError(
    'store.not-writable',
    `${targetPath} cannot be written.`,
    'Check that the folder exists and that this user may write to it.',
    error,
  );
}
