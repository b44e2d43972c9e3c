import { expect, test } from 'vitest';
import { DirectReader } from '../../../src-main/store/reader.ts';
import { EVERYTHING } from '../../../src-main/store/queries/file-filter.ts';
import { LOOKUP_PRIORITY } from '../../../src-shared/domain/lookup-priority.ts';
import { EMPTY_FILE_HASHES, NO_HASHES } from '../../../src-shared/domain/file-hash.ts';
import { aStore } from '../../builders/a-store.ts';
import { aFimEvent, aManagerVerdict, FIRST_ALERT_SEC } from '../../builders/alerts.ts';
import { commit, NOW_MS, settleNext } from '../../builders/committing.ts';
import { digestsOf, onlyMd5, onlySha256 } from '../../builders/digests.ts';
import { aCleanReport, aDetection, NO_RECORDS } from '../../builders/outcomes.ts';

const NOBODY: ReadonlySet<number> = new Set();
const HOUR_MS = 3_600_000;

test('the queue goes by who asked, then by what runs, then by age', () => {
  const store = aStore();
  commit(store, [aFimEvent({ path: '/srv/a.txt' }), aFimEvent({ path: '/srv/b.txt' })]);
  commit(store, [aFimEvent({ path: '/srv/setup.exe' })], NOW_MS + 1);
  const first = store.lookups.nextDue(NOW_MS, NOBODY);
  expect(first).toMatchObject({ priority: LOOKUP_PRIORITY.newExecutable, isRecheck: false, attempts: 0 });

  const { fileId } = store.files.askHash({ algorithm: 'sha256', hex: digestsOf('typed').sha256 ?? '' });

  expect(store.lookups.nextDue(NOW_MS, NOBODY)).toMatchObject({ fileId, priority: LOOKUP_PRIORITY.asked });
  const inFlight = new Set([fileId, first?.fileId ?? 0]);
  expect(store.lookups.nextDue(NOW_MS, inFlight)).toMatchObject({ priority: LOOKUP_PRIORITY.newOther });
});

test('the strongest digest is asked', () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes: { ...digestsOf('x'), sha256: null } })]);
  expect(store.lookups.nextDue(NOW_MS, NOBODY)?.hash).toEqual({
    algorithm: 'sha1',
    hex: digestsOf('x').sha1,
  });
});

test('a later event that runs raises a waiting file', () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes: digestsOf('tool'), path: '/srv/tool.txt' })]);
  commit(store, [aFimEvent({ hashes: digestsOf('tool'), path: '/srv/tool.exe' })]);
  expect(store.lookups.nextDue(NOW_MS, NOBODY)?.priority).toBe(LOOKUP_PRIORITY.newExecutable);
});

test('a failed lookup waits for its time and tells what happened', async () => {
  const store = aStore();
  commit(store, [aFimEvent()]);
  const due = store.lookups.nextDue(NOW_MS, NOBODY);
  const outcome = { kind: 'request-failed' as const, status: 502, detail: 'Bad Gateway' };
  const retryAtMs = NOW_MS + 30_000;

  const settled = store.lookups.settle({
    fileId: due?.fileId ?? 0,
    asked: due?.hash ?? { algorithm: 'md5', hex: '' },
    outcome,
    atMs: NOW_MS,
    retryAtMs,
  });

  expect(settled).toMatchObject({ standing: 'failed', isFlip: false });
  expect(store.lookups.nextDue(NOW_MS + 29_999, NOBODY)).toBeNull();
  expect(store.lookups.nextDueAt(NOW_MS, NOBODY)).toBe(retryAtMs);
  expect(store.lookups.nextDueAt(NOW_MS, new Set([settled.fileId]))).toBeNull();
  expect(store.lookups.waiting(NOW_MS)).toEqual({ files: 1, events: 1, dueNow: 0 });
  expect(store.lookups.nextDue(retryAtMs, NOBODY)).toMatchObject({ fileId: settled.fileId, attempts: 1 });
  const reader = new DirectReader(store.folder);
  expect((await reader.ask('detection', settled.fileId))?.lookup).toEqual({
    attempts: 1,
    lastOutcome: 'request-failed',
    message: 'VirusTotal answered HTTP 502: Bad Gateway',
  });
  await reader.close();
});

test('a report joins the digests it names, and the number that was asked keeps leading to the file', async () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes: onlySha256('tool') }), aFimEvent({ hashes: onlySha256('tool') })]);
  settleNext(store, NO_RECORDS);
  commit(store, [aFimEvent({ hashes: onlyMd5('tool') })]);

  const { due, settled } = settleNext(store, aDetection(digestsOf('tool')), NOW_MS + 1000);

  expect(settled).toMatchObject({ standing: 'malicious' });
  expect(settled.fileId).not.toBe(due.fileId);
  const reader = new DirectReader(store.folder);
  expect((await reader.ask('detection', due.fileId))?.row).toMatchObject({
    fileId: settled.fileId,
    ...digestsOf('tool'),
  });
  expect((await reader.ask('ledger', null)).states).toMatchObject({ answered: 2, fromStore: 1, queued: 0 });
  await reader.close();
});

test('a file in flight that is joined to another is not asked a second time', () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes: onlyMd5('tool') })]);
  const inFlight = store.lookups.nextDue(NOW_MS, NOBODY);
  commit(store, [aFimEvent({ hashes: onlySha256('tool') }), aFimEvent({ hashes: onlySha256('tool') })]);
  commit(store, [aFimEvent({ hashes: digestsOf('tool') })]);

  expect(store.lookups.nextDue(NOW_MS, new Set([inFlight?.fileId ?? 0]))).toBeNull();

  const settled = store.lookups.settle({
    fileId: inFlight?.fileId ?? 0,
    asked: { algorithm: 'md5', hex: digestsOf('tool').md5 ?? '' },
    outcome: aCleanReport(digestsOf('tool')),
    atMs: NOW_MS,
    retryAtMs: null,
  });
  expect(settled.standing).toBe('clean');
  expect(store.lookups.waiting(NOW_MS).files).toBe(0);
});

test('a report about another SHA-256 than the file’s leaves the file waiting', () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes: onlyMd5('tool') })]);
  const due = store.lookups.nextDue(NOW_MS, NOBODY);
  commit(store, [aFimEvent({ hashes: digestsOf('tool') })]);

  const settled = store.lookups.settle({
    fileId: due?.fileId ?? 0,
    asked: due?.hash ?? { algorithm: 'md5', hex: '' },
    outcome: aCleanReport({ ...digestsOf('twin'), md5: digestsOf('tool').md5 }),
    atMs: NOW_MS,
    retryAtMs: null,
  });

  const next = store.lookups.nextDue(NOW_MS, NOBODY);
  expect(next?.hash).toEqual({ algorithm: 'sha256', hex: digestsOf('tool').sha256 });
  expect(settled.fileId).not.toBe(next?.fileId);
});

test('a report that does not hold the digest asked for joins nothing', async () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes: onlyMd5('tool') }), aFimEvent({ hashes: onlySha256('other') })]);

  settleNext(store, aCleanReport(digestsOf('other')));

  expect(store.lookups.waiting(NOW_MS).files).toBe(1);
});

test('re-checks follow the policy, come last and are not counted as waiting', () => {
  const store = aStore();
  store.settings.setRecheckPolicy({ noRecordsHours: 24, cleanHours: 0, seenWithinDays: 30 });
  commit(store, [aFimEvent({ hashes: digestsOf('unknown') }), aFimEvent({ hashes: digestsOf('clean') })]);
  settleNext(store, NO_RECORDS);
  settleNext(store, aCleanReport(digestsOf('clean')));

  expect(store.lookups.enqueueRechecks(NOW_MS + 23 * HOUR_MS, 10)).toBe(0);
  expect(store.lookups.enqueueRechecks(NOW_MS + 25 * HOUR_MS, 10)).toBe(1);
  expect(store.lookups.enqueueRechecks(NOW_MS + 25 * HOUR_MS, 10)).toBe(0);

  expect(store.lookups.waiting(NOW_MS)).toEqual({ files: 0, events: 0, dueNow: 0 });
  const { due, settled } = settleNext(store, aDetection(digestsOf('unknown')), NOW_MS + 25 * HOUR_MS);
  expect(due).toMatchObject({ isRecheck: true, priority: LOOKUP_PRIORITY.recheck });
  expect(settled).toMatchObject({ standing: 'malicious', isFlip: true });
});

test('files not seen lately are not asked again', () => {
  const store = aStore();
  store.settings.setRecheckPolicy({ noRecordsHours: 24, cleanHours: 24, seenWithinDays: 7 });
  commit(store, [aFimEvent()]);
  settleNext(store, NO_RECORDS);
  expect(store.lookups.enqueueRechecks(NOW_MS + 8 * 24 * HOUR_MS, 10)).toBe(0);
});

test('each outcome leaves its line for integration.log, a pending analysis none', () => {
  const store = aStore();
  const event = aFimEvent({ hashes: digestsOf('tool'), path: '/srv/tool.exe' });
  commit(store, [event]);
  settleNext(store, { kind: 'rate-limited', retryAfterMs: null });
  settleNext(store, { kind: 'pending' });
  settleNext(store, aDetection(digestsOf('tool')));

  const lines = store.outbox.pending(10);

  expect(lines.map(({ line }) => JSON.parse(line))).toMatchObject([
    { virustotal: { error: 204, source: { alert_id: event.alertId, file: '/srv/tool.exe' } } },
    { virustotal: { found: 1, malicious: 1, positives: 3, suspicious: 1, total: 70 } },
  ]);
  store.outbox.confirm(lines[0]?.id ?? 0, 250);
  expect(store.outbox.pending(10)).toHaveLength(1);
  expect(store.outbox.logLength()).toBe(250);
});

test('an excluded file leaves the queue and the ledger says so, and both come back with it', async () => {
  const store = aStore();
  commit(store, [
    aFimEvent({ path: '/secret/plan.docx' }),
    aFimEvent({ path: '/srv/noise.log' }),
    aFimEvent({ path: '/srv/x.exe' }),
  ]);
  const reader = new DirectReader(store.folder);
  const ledger = async () => (await reader.ask('ledger', null)).states;

  const excluded = store.exclusions.add({ effect: 'exclude', kind: 'path', pattern: '/secret/' });
  store.exclusions.add({ effect: 'mute', kind: 'extension', pattern: '.log' });

  expect(excluded.events).toBe(1);
  expect(await ledger()).toMatchObject({ queued: 1, muted: 1, notLookable: 1 });
  expect(store.lookups.waiting(NOW_MS).files).toBe(1);
  expect(store.exclusions.list().map(({ pattern, events }) => [pattern, events])).toEqual([
    ['/secret/', 1],
    ['.log', 1],
  ]);

  commit(store, [aFimEvent({ path: '/secret/later.docx' })]);
  store.exclusions.remove(excluded.id);

  expect(await ledger()).toMatchObject({ queued: 3, muted: 1, notLookable: 0 });
  await reader.close();
});

test('a hash kept back is never asked, by whatever digest the file becomes known', () => {
  const store = aStore();
  store.exclusions.add({ effect: 'exclude', kind: 'hash', pattern: digestsOf('plan').md5 ?? '' });
  commit(store, [aFimEvent({ hashes: onlySha256('plan') })]);
  expect(store.lookups.waiting(NOW_MS).files).toBe(1);

  commit(store, [aFimEvent({ hashes: digestsOf('plan') })]);

  expect(store.lookups.waiting(NOW_MS)).toEqual({ files: 0, events: 0, dueNow: 0 });
  const asking = { algorithm: 'sha256' as const, hex: digestsOf('plan').sha256 ?? '' };
  expect(() => store.files.askHash(asking)).toThrow('keeps the hash of this file on this machine');
});

test('an empty file is never asked about, not even by a person', () => {
  const store = aStore();
  const empty = { algorithm: 'md5' as const, hex: EMPTY_FILE_HASHES.md5 ?? '' };
  expect(() => store.files.askHash(empty)).toThrow('hash of an empty file');
  expect(store.lookups.waiting(NOW_MS).files).toBe(0);
});

test('a typed hash waits without counting as an event, and its verdict serves later events', async () => {
  const store = aStore();
  const { fileId } = store.files.askHash({ algorithm: 'sha1', hex: digestsOf('typed').sha1 ?? '' });
  expect(store.lookups.waiting(NOW_MS)).toEqual({ files: 1, events: 0, dueNow: 1 });
  settleNext(store, NO_RECORDS);
  expect(store.files.askHash({ algorithm: 'sha1', hex: digestsOf('typed').sha1 ?? '' })).toEqual({ fileId });
  expect(store.lookups.nextDue(NOW_MS, NOBODY)).toBeNull();

  commit(store, [aFimEvent({ hashes: { ...NO_HASHES, sha1: digestsOf('typed').sha1 } })]);

  const reader = new DirectReader(store.folder);
  expect(await reader.ask('ledger', null)).toMatchObject({
    fimEvents: 1,
    states: { answered: 0, fromStore: 1 },
  });
  expect(
    (
      await reader.ask('list', {
        filter: EVERYTHING,
        sort: 'activity',
        direction: 'descending',
        cursor: null,
        limit: 9,
      })
    ).rows,
  ).toHaveLength(1);
  await reader.close();
});

test('a verdict of the manager on a file nobody reported is kept with its path', async () => {
  const store = aStore();
  const alert = aManagerVerdict({ path: '/old/tool.exe', sec: FIRST_ALERT_SEC });
  commit(store, [alert]);
  commit(store, [alert]);

  const reader = new DirectReader(store.folder);
  const page = await reader.ask('list', {
    filter: { ...EVERYTHING, text: 'tool.exe' },
    sort: 'activity',
    direction: 'descending',
    cursor: null,
    limit: 9,
  });
  expect(page.rows).toMatchObject([
    { path: '/old/tool.exe', agentName: 'web-01', standing: 'malicious', agentCount: 0 },
  ]);
  expect((await reader.ask('detection', page.rows[0]?.fileId ?? 0))?.versions).toHaveLength(1);
  await reader.close();
});
