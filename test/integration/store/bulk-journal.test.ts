import { expect, test } from 'vitest';
import type { AlertRecord } from '../../../src-main/alerts/alert-journal.ts';
import { openReadOnly } from '../../../src-main/store/open-store.ts';
import { DirectReader } from '../../../src-main/store/reader.ts';
import { aStore } from '../../builders/a-store.ts';
import { aFimEvent, aManagerVerdict } from '../../builders/alerts.ts';
import { aBatch, commit, NOW_MS } from '../../builders/committing.ts';
import { digestsOf } from '../../builders/digests.ts';

type BulkStore = ReturnType<typeof aStore>;

/** Commits through the journal that shares durable commits. */
function commitInBulk(store: BulkStore, alerts: readonly AlertRecord['alert'][]) {
  return commit({ journal: store.bulkJournal, sourceId: store.sourceId }, alerts);
}

async function eventsSeenBeside({ folder }: BulkStore): Promise<number> {
  const reader = new DirectReader(folder);
  try {
    return (await reader.ask('ledger', null)).fimEvents;
  } finally {
    await reader.close();
  }
}

/** Three files that come again and again, one of them judged by the manager in between. */
function someBatches() {
  return Array.from({ length: 12 }, (_, at) => [
    aFimEvent({ hashes: digestsOf(`file ${at % 3}`) }),
    aFimEvent({ hashes: digestsOf(`file ${(at + 1) % 3}`) }),
    ...(at === 5 ? [aManagerVerdict({ hashes: { ...digestsOf('file 1'), sha256: null } })] : []),
  ]);
}

test('many batches in one durable commit leave the same store as one by one', async () => {
  const batches = someBatches();
  const bulk = aStore();
  const plain = aStore();
  for (const alerts of batches) {
    expect(commitInBulk(bulk, alerts)).toEqual(commit(plain, alerts));
  }
  bulk.bulkJournal.finish();
  const [bulkReader, plainReader] = [new DirectReader(bulk.folder), new DirectReader(plain.folder)];
  expect(await bulkReader.ask('ledger', null)).toEqual(await plainReader.ask('ledger', null));
  expect(await bulkReader.ask('detection', 1)).toEqual(await plainReader.ask('detection', 1));
  expect(bulk.tallies()).toEqual(plain.tallies());
  await Promise.all([bulkReader.close(), plainReader.close()]);
});

test('others see nothing of it before it is finished, then all of it', async () => {
  const store = aStore();
  commitInBulk(store, [aFimEvent(), aFimEvent()]);
  expect(await eventsSeenBeside(store)).toBe(0);
  store.bulkJournal.finish();
  expect(await eventsSeenBeside(store)).toBe(2);
});

test('any other change makes it durable first', async () => {
  const store = aStore();
  commitInBulk(store, [aFimEvent()]);
  store.exclusions.add({ effect: 'mute', kind: 'extension', pattern: '.log' });
  expect(await eventsSeenBeside(store)).toBe(1);
});

test('a batch that cannot be written takes back what was not durable yet, and reading it again counts it once', async () => {
  const store = aStore();
  const durable = aFimEvent();
  const open = aFimEvent();
  commitInBulk(store, [durable]);
  store.bulkJournal.finish();
  commitInBulk(store, [open]);
  const ofNoSource = aBatch(999, { records: [{ alert: aFimEvent(), offset: 0, raw: Buffer.from('{}') }] });
  expect(() => store.bulkJournal.commit(ofNoSource, NOW_MS)).toThrow('no source 999');
  store.bulkJournal.finish();
  expect(await eventsSeenBeside(store)).toBe(1);
  expect(commitInBulk(store, [durable, open])).toMatchObject({ fimEvents: 2, known: 1 });
  store.bulkJournal.finish();
  expect(await eventsSeenBeside(store)).toBe(2);
});

/** Names of all indexes, and what SQLite finds wrong with the store. */
function soundnessOf({ folder }: BulkStore) {
  const db = openReadOnly(folder);
  try {
    const indexes = db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'index' ORDER BY name`)
      .pluck()
      .all();
    return {
      indexes,
      found: [db.pragma('integrity_check', { simple: true }), db.pragma('foreign_key_check')],
    };
  } finally {
    db.close();
  }
}

test('the first import leaves every index, and refers to nothing that is not there', () => {
  const store = aStore();
  const before = soundnessOf(store);
  for (const alerts of someBatches()) commitInBulk(store, alerts);
  store.bulkJournal.finish();
  expect(soundnessOf(store)).toEqual(before);
  commitInBulk(store, [aFimEvent()]);
  store.bulkJournal.finish();
  expect(soundnessOf(store)).toEqual({ ...before, found: ['ok', []] });
});

test('a first import that fails leaves every index, and references are checked again', () => {
  const store = aStore();
  const before = soundnessOf(store);
  commitInBulk(store, [aFimEvent()]);
  const ofNoSource = aBatch(999, { records: [{ alert: aFimEvent(), offset: 0, raw: Buffer.from('{}') }] });
  expect(() => store.bulkJournal.commit(ofNoSource, NOW_MS)).toThrow('no source 999');
  expect(soundnessOf(store)).toEqual(before);
  expect(() => store.journal.commit(ofNoSource, NOW_MS)).toThrow('FOREIGN KEY');
});

test('closing the store keeps what was taken', async () => {
  const store = aStore();
  commitInBulk(store, [aFimEvent()]);
  store.close();
  expect(await eventsSeenBeside(store)).toBe(1);
});
