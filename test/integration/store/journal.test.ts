import { expect, test } from 'vitest';
import { openReadOnly } from '../../../src-main/store/open-store.ts';
import { readLedger } from '../../../src-main/store/queries/ledger.ts';
import { ledgerSum } from '../../../src-shared/domain/ledger.ts';
import { NO_HASHES } from '../../../src-shared/domain/file-hash.ts';
import { aStore } from '../../builders/a-store.ts';
import { aBatch, commit, NOW_MS, settleNext } from '../../builders/committing.ts';
import { aFimEvent, aLookupFailure, aManagerVerdict, FIRST_ALERT_SEC } from '../../builders/alerts.ts';
import { digestsOf, onlyMd5 } from '../../builders/digests.ts';
import { aCleanReport, aDetection, NO_RECORDS } from '../../builders/outcomes.ts';

function ledgerOf(store: { readonly folder: string }) {
  const db = openReadOnly(store.folder);
  const ledger = readLedger(db);
  db.close();
  expect(ledgerSum(ledger.states)).toBe(ledger.fimEvents);
  return ledger;
}

test('events of one file wait with it, and one lookup answers one of them', () => {
  const store = aStore();
  const hashes = digestsOf('report');
  commit(store, [
    aFimEvent({ hashes }),
    aFimEvent({ hashes, agentName: 'web-02' }),
    aFimEvent({ hashes, path: '/srv/other' }),
  ]);
  expect(ledgerOf(store).states).toMatchObject({ queued: 3, answered: 0 });
  expect(store.lookups.waiting(NOW_MS)).toEqual({ files: 1, events: 3, dueNow: 1 });

  settleNext(store, aDetection(hashes));

  expect(ledgerOf(store).states).toMatchObject({ queued: 0, answered: 1, fromStore: 2 });
  expect(store.lookups.nextDue(NOW_MS, new Set())).toBeNull();
});

test('the same alert read again changes nothing and counts as known', () => {
  const store = aStore();
  const event = aFimEvent();
  commit(store, [event]);
  const before = ledgerOf(store);

  const counts = commit(store, [{ ...event, agent: { ...event.agent, id: null } }]);

  expect(counts).toMatchObject({ fimEvents: 1, known: 1 });
  expect(ledgerOf(store)).toEqual(before);
});

test('the text form of an alert, with its shortened path and lost spaces, is the same event', () => {
  const store = aStore();
  const long = aFimEvent({ path: `/srv/${'deep/'.repeat(200)}end` });
  const spaced = aFimEvent({ path: '/srv/trailing space .txt ' });
  commit(store, [long, spaced]);

  const counts = commit(store, [
    { ...long, path: `${long.path.slice(0, 376)} [...] ${long.path.slice(-372)}` },
    { ...spaced, path: '/srv/trailing space .txt' },
  ]);

  expect(counts.known).toBe(2);
});

test('events that cannot be looked up are counted with their reason', () => {
  const store = aStore();
  commit(store, [
    aFimEvent({ change: 'deleted' }),
    aFimEvent({ hashes: NO_HASHES }),
    aFimEvent({ hashes: digestsOf('') }),
    aFimEvent({ subject: 'registry-value' }),
    aFimEvent(),
  ]);

  const ledger = ledgerOf(store);

  expect(ledger.reasons).toEqual({ deleted: 1, 'no-hash': 1, 'empty-file': 1, registry: 1, excluded: 0 });
  expect(ledger.states).toMatchObject({ notLookable: 4, queued: 1 });
});

test('an old verdict of the manager does not override a newer lookup', () => {
  const store = aStore();
  const hashes = digestsOf('report');
  commit(store, [aFimEvent({ hashes })]);
  settleNext(store, aCleanReport(hashes));

  commit(store, [aManagerVerdict({ hashes, sec: FIRST_ALERT_SEC - 86_400 })]);

  const db = openReadOnly(store.folder);
  expect(db.prepare('SELECT standing FROM file').pluck().all()).toEqual([4]);
  expect(db.prepare('SELECT count(*) FROM verdict').pluck().get()).toBe(2);
  db.close();
});

test('files known by different digests become one when an alert names both', () => {
  const store = aStore();
  commit(store, [
    aFimEvent({ hashes: onlyMd5('tool') }),
    aFimEvent({ hashes: { ...digestsOf('tool'), md5: null } }),
  ]);
  expect(store.lookups.waiting(NOW_MS).files).toBe(2);

  commit(store, [aFimEvent({ hashes: digestsOf('tool') })]);

  expect(store.lookups.waiting(NOW_MS)).toEqual({ files: 1, events: 3, dueNow: 1 });
  ledgerOf(store);
});

test('two files that share an MD5 but not the SHA-256 stay two files', () => {
  const store = aStore();
  const md5 = digestsOf('collision').md5;
  commit(store, [
    aFimEvent({ hashes: { ...digestsOf('good'), md5 } }),
    aFimEvent({ hashes: { ...digestsOf('evil'), md5 } }),
    aFimEvent({ hashes: { ...NO_HASHES, md5 } }),
  ]);

  expect(store.lookups.waiting(NOW_MS)).toEqual({ files: 3, events: 3, dueNow: 3 });
  ledgerOf(store);
});

test('position, totals and rows move together', () => {
  const store = aStore();
  const position = {
    device: '66305',
    inode: '8589934998',
    headHash: 'ab'.repeat(32),
    headLength: 256,
    offset: 4096,
    alertId: '1795161600.1000',
  };
  const malformed = [{ offset: 100, lengthBytes: 20, reason: 'not-json' as const, excerpt: '{"broken' }];

  store.journal.commit(aBatch(store.sourceId, { position, alerts: 7, bytes: 4096, malformed }), NOW_MS);

  expect(store.journal.position(store.sourceId)).toEqual(position);
  expect(store.sources.get(store.sourceId)?.counts).toMatchObject({ alerts: 7, bytes: 4096, malformed: 1 });
});

test('a batch that cannot be written leaves no trace', () => {
  const store = aStore();
  commit(store, [aFimEvent()]);
  const before = ledgerOf(store);
  const good = aFimEvent();
  const ofNoSource = aBatch(999, { records: [{ alert: good, offset: 0, raw: Buffer.from('{}') }] });

  expect(() => store.journal.commit(ofNoSource, NOW_MS)).toThrow('FOREIGN KEY');

  expect(ledgerOf(store)).toEqual(before);
  expect(commit(store, [good])).toMatchObject({ fimEvents: 1, known: 0 });
});

test('numbers that no column can hold are left out instead of stopping the reader', () => {
  const store = aStore();
  const event = aFimEvent();

  commit(store, [
    { ...event, timeMs: Number.NaN, after: { ...event.after, sizeBytes: 1e300 } },
    { ...aLookupFailure(), ruleId: 'none' },
  ]);

  expect(ledgerOf(store).fimEvents).toBe(1);
});

test('no records is a verdict: it is asked once', () => {
  const store = aStore();
  commit(store, [aFimEvent()]);

  settleNext(store, NO_RECORDS);

  expect(store.lookups.nextDue(NOW_MS, new Set())).toBeNull();
  expect(ledgerOf(store).states.answered).toBe(1);
});
