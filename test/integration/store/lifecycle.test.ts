import Database from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectForWriting, storePath } from '../../../src-main/store/connection.ts';
import { StoreJournal } from '../../../src-main/store/journal.ts';
import { migrate, versionOf } from '../../../src-main/store/migrate.ts';
import { MIGRATIONS } from '../../../src-main/store/migrations/index.ts';
import { openReadOnly, openStore } from '../../../src-main/store/open-store.ts';
import { readLedger } from '../../../src-main/store/queries/ledger.ts';
import { WriteSession } from '../../../src-main/store/write-session.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { aDataFolder, aStore } from '../../builders/a-store.ts';
import { isRoot, NOBODY, withoutRootRights } from '../../builders/an-ordinary-user.ts';
import { commit } from '../../builders/committing.ts';
import { aFimEvent } from '../../builders/alerts.ts';

const isPosix = process.platform !== 'win32';

function errorOf(work: () => unknown): DomainError {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

test('what was committed is there after the store was closed and opened again', () => {
  const store = aStore();
  commit(store, [aFimEvent(), aFimEvent()]);
  store.close();

  const again = openStore(store.folder);
  onTestFinished(() => again.close());

  expect(again.lookups.waiting(Date.now()).files).toBe(2);
  expect(again.startCheck).toBe('full');
});

test('a second writer is told who holds the folder, a reader is not held up', () => {
  const folder = aDataFolder();
  const first = openStore(folder, { holder: 'the desktop window' });
  onTestFinished(() => first.close());

  const error = errorOf(() => openStore(folder));

  expect(error.code).toBe('store.held');
  expect(error.message).toContain(`the desktop window (process ${process.pid} on `);
  const reader = openReadOnly(folder);
  expect(readLedger(reader).fimEvents).toBe(0);
  reader.close();
  first.close();
  openStore(folder).close();
});

test('a writer in another process holds the folder, and once killed leaves it free', async () => {
  const folder = aDataFolder();
  const writer = spawn(process.execPath, [new URL('./held-writer.ts', import.meta.url).pathname, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void writer.kill('SIGKILL'));
  await once(writer.stdout, 'data');
  expect(errorOf(() => openStore(folder)).message).toContain(`process ${writer.pid}`);

  writer.kill('SIGKILL');
  await once(writer, 'exit');

  const reader = openReadOnly(folder);
  expect(readLedger(reader).fimEvents).toBe(1);
  reader.close();
  const next = openStore(folder);
  onTestFinished(() => next.close());
  expect(next.lookups.waiting(Date.now()).files).toBe(1);
});

test('the folder and all files in it are for this user alone', ({ skip }) => {
  skip(!isPosix, 'Windows keeps no such permissions');
  const store = aStore(join(aDataFolder(), 'data'));
  commit(store, [aFimEvent()]);

  expect(modeOf(store.folder)).toBe('700');
  for (const name of ['store.sqlite', 'store.sqlite-wal', 'store.sqlite-shm', 'writer.lock', 'writer.json']) {
    expect([name, modeOf(join(store.folder, name))]).toEqual([name, '600']);
  }
});

test('a store of a newer version is refused and not changed', () => {
  const folder = aDataFolder();
  openStore(folder).close();
  const db = new Database(storePath(folder));
  db.pragma('user_version = 99');
  db.close();
  const before = readFileSync(storePath(folder));

  expect(errorOf(() => openStore(folder)).code).toBe('store.newer-schema');
  expect(errorOf(() => openReadOnly(folder)).code).toBe('store.newer-schema');
  expect(readFileSync(storePath(folder)).equals(before)).toBe(true);
});

test('another program’s database is refused and not changed', () => {
  const folder = aDataFolder();
  const db = new Database(storePath(folder));
  db.exec('CREATE TABLE theirs (x)');
  db.close();
  const before = readFileSync(storePath(folder));

  expect(errorOf(() => openStore(folder)).code).toBe('store.not-ours');
  expect(readFileSync(storePath(folder)).equals(before)).toBe(true);
});

test('a file that is no database is refused as damaged', () => {
  const folder = aDataFolder();
  writeFileSync(storePath(folder), 'not a database at all '.repeat(100));
  expect(errorOf(() => openStore(folder)).code).toBe('store.damaged');
  expect(errorOf(() => openReadOnly(folder)).code).toBe('store.damaged');
});

test('a store cut short is found out at start', () => {
  const store = aStore();
  commit(
    store,
    Array.from({ length: 500 }, () => aFimEvent()),
  );
  store.close();
  truncateSync(storePath(store.folder), Math.floor(statSync(storePath(store.folder)).size / 2 / 8192) * 8192);

  expect(errorOf(() => openStore(store.folder)).code).toBe('store.damaged');
});

test('a reader of an empty folder says that there is no store yet', () => {
  expect(errorOf(() => openReadOnly(aDataFolder())).code).toBe('store.missing');
});

test('a folder that cannot be written is named', async ({ skip }) => {
  skip(!isPosix, 'folders have no such permission here');
  const folder = aDataFolder();
  if (isRoot) chownSync(folder, NOBODY, NOBODY);
  chmodSync(folder, 0o500);
  onTestFinished(() => chmodSync(folder, 0o700));
  const refused = await withoutRootRights(() => errorOf(() => openStore(folder)));
  expect(refused.code).toBe('store.not-writable');
});

test('a full disk is said in words, loses nothing and is survived', () => {
  const store = aStore();
  commit(store, [aFimEvent()]);
  store.close();
  const path = storePath(store.folder);
  const db = connectForWriting(path);
  onTestFinished(() => void db.close());
  const journal = new StoreJournal(new WriteSession(db, path));
  const many = Array.from({ length: 2000 }, (_, index) => aFimEvent({ path: `/srv/${index}` }));

  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 5}`);
  expect(errorOf(() => commit({ journal, sourceId: store.sourceId }, many)).code).toBe('store.disk-full');
  expect(readLedger(db).fimEvents).toBe(1);

  db.pragma('max_page_count = 1000000');
  expect(commit({ journal, sourceId: store.sourceId }, many)).toMatchObject({ fimEvents: 2000, known: 0 });
});

test('a backup taken while work goes on is a whole store', async () => {
  const store = aStore();
  commit(store, [aFimEvent(), aFimEvent()]);
  const folder = aDataFolder();

  const { path, sizeBytes } = await store.backUp(storePath(folder));

  expect(statSync(path).size).toBe(sizeBytes);
  expect(existsSync(`${path}.part`)).toBe(false);
  const copy = openStore(folder);
  onTestFinished(() => copy.close());
  expect(copy.lookups.waiting(Date.now()).files).toBe(2);
  await expect(store.backUp(path)).rejects.toMatchObject({ code: 'store.backup-exists' });
  await expect(store.backUp(join(folder, 'missing', 'x'))).rejects.toMatchObject({
    code: 'store.not-writable',
  });
});

test('every schema grows from the one before it with its rows kept', () => {
  const tried = [
    ...MIGRATIONS,
    {
      version: MIGRATIONS.length + 1,
      name: 'a step of this test',
      sql: `ALTER TABLE setting ADD COLUMN since INTEGER NOT NULL DEFAULT 7;`,
    },
  ];
  const db = connectForWriting(join(aDataFolder(), 'grown.sqlite'));
  onTestFinished(() => void db.close());
  for (const [index, { version }] of tried.entries()) {
    migrate(db, tried.slice(0, index + 1));
    expect(versionOf(db)).toBe(version);
    db.prepare('INSERT INTO setting (name, value) VALUES (?, ?)').run(`written-by-${version}`, '1');
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  }

  const kept = db.prepare("SELECT count(*) FROM setting WHERE name LIKE 'written-by-%'").pluck();
  expect(kept.get()).toBe(tried.length);
  expect(db.prepare('SELECT since FROM setting').pluck().get()).toBe(7);
});

test('a migration that fails leaves the schema as it was', () => {
  const db = connectForWriting(join(aDataFolder(), 'stuck.sqlite'));
  onTestFinished(() => void db.close());
  migrate(db);
  const broken = {
    version: MIGRATIONS.length + 1,
    name: 'broken',
    sql: 'CREATE TABLE extra (x); SELECT nonsense;',
  };

  expect(() => migrate(db, [...MIGRATIONS, broken])).toThrow('nonsense');

  expect(versionOf(db)).toBe(MIGRATIONS.length);
  expect(db.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'extra'`).pluck().get()).toBe(0);
});
