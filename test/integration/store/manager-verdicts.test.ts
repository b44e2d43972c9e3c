import { expect, test } from 'vitest';
import { DirectReader } from '../../../src-main/store/reader.ts';
import { openReadOnly } from '../../../src-main/store/open-store.ts';
import { readLedger, readTallies } from '../../../src-main/store/queries/ledger.ts';
import type { ManagerVerdict } from '../../../src-shared/domain/alert.ts';
import { ledgerSum } from '../../../src-shared/domain/ledger.ts';
import { LOOKUP_PRIORITY } from '../../../src-shared/domain/lookup-priority.ts';
import { aStore } from '../../builders/a-store.ts';
import { aFimEvent, aManagerVerdict, type ManagerVerdictChanges } from '../../builders/alerts.ts';
import { commit, NOW_MS, settleNext } from '../../builders/committing.ts';
import { digestsOf, onlyMd5 } from '../../builders/digests.ts';
import { aCleanReport, aDetection, NO_RECORDS } from '../../builders/outcomes.ts';
import { recount, recountAnswers } from './recount.ts';

const hashes = digestsOf('report');
const NOBODY: ReadonlySet<number> = new Set();

/** The manager's integrator found nothing wrong with the file of web-01. */
function aHarmlessVerdict(changes: ManagerVerdictChanges = {}): ManagerVerdict {
  return aManagerVerdict({ ruleId: '87104', outcome: aCleanReport(), ...changes });
}

/** Standings, events by their state, and what is still to be asked; counted anew on the way. */
function stockOf(store: ReturnType<typeof aStore>) {
  const db = openReadOnly(store.folder);
  try {
    const { states, fimEvents } = readLedger(db);
    expect(ledgerSum(states)).toBe(fimEvents);
    expect(readTallies(db)).toEqual(recount(db));
    expect(db.prepare('SELECT id, verdict_id, manager_id FROM file ORDER BY id').all()).toEqual(
      recountAnswers(db),
    );
    const standings = ['', 'malicious', 'suspicious', 'no-records', 'clean', 'queued', 'failed'];
    return {
      files: db
        .prepare<[], { standing: number; queue: number | null }>(
          'SELECT standing, queue_priority AS queue FROM file ORDER BY id',
        )
        .all()
        .map(({ standing, queue }) => ({ standing: standings[standing], isQueued: queue !== null })),
      queued: states.queued,
      fromStore: states.fromStore,
    };
  } finally {
    db.close();
  }
}

test('what a manager calls harmless answers the queued file of that agent without a lookup', () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes }), aFimEvent({ hashes, path: '/srv/again' })]);

  commit(store, [aHarmlessVerdict({ hashes: { ...hashes, sha256: null } })]);

  expect(stockOf(store)).toEqual({
    files: [{ standing: 'clean', isQueued: false }],
    queued: 0,
    fromStore: 2,
  });
  commit(store, [aFimEvent({ hashes, path: '/srv/once-more' })]);
  expect(stockOf(store)).toMatchObject({ queued: 0, fromStore: 3 });
});

test.each([
  ['another agent', { agentName: 'web-02' }],
  ['several agents, one of them the right one', { agentName: 'web-01' }],
])('it does not answer a file of %s: it is kept, and the file is looked up', async (_of, { agentName }) => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes, agentName: 'web-02' }), aFimEvent({ hashes, agentName })]);
  commit(store, [aFimEvent({ hashes, agentName: 'db-01' })]);

  commit(store, [aHarmlessVerdict({ hashes })]);

  expect(stockOf(store)).toEqual({
    files: [{ standing: 'queued', isQueued: true }],
    queued: 3,
    fromStore: 0,
  });
  const due = store.lookups.nextDue(NOW_MS, NOBODY);
  const reader = new DirectReader(store.folder);
  expect((await reader.ask('detection', due?.fileId ?? 0))?.versions).toMatchObject([
    { standing: 'clean', source: 'manager', rule: 87104, speaksFor: 'web-01' },
  ]);
  await reader.close();
  settleNext(store, aDetection(hashes));
  expect(stockOf(store)).toMatchObject({ files: [{ standing: 'malicious', isQueued: false }], queued: 0 });
});

test('it does not answer for an agent of that name at another manager', () => {
  const store = aStore();
  const elsewhere = store.sources.add({
    profile: 'ams',
    path: '/var/ossec/logs/alerts/alerts.json',
    format: 'json',
    isFollowed: true,
    readsArchives: false,
  });
  commit(store, [aFimEvent({ hashes })]);

  commit({ ...store, sourceId: elsewhere }, [aHarmlessVerdict({ hashes })]);
  expect(stockOf(store)).toMatchObject({ files: [{ standing: 'queued', isQueued: true }] });

  commit(store, [aHarmlessVerdict({ hashes })]);
  expect(stockOf(store)).toMatchObject({ files: [{ standing: 'clean', isQueued: false }] });
  commit({ ...store, sourceId: elsewhere }, [aFimEvent({ hashes })]);
  expect(stockOf(store)).toMatchObject({ files: [{ standing: 'queued', isQueued: true }], queued: 2 });
});

test('it answers across the files of one manager', () => {
  const store = aStore();
  const older = store.sources.add({
    profile: 'local',
    path: '/var/ossec/logs/alerts/2026/Nov/ossec-alerts-20.json',
    format: 'json',
    isFollowed: false,
    readsArchives: false,
  });
  commit({ ...store, sourceId: older }, [aFimEvent({ hashes })]);
  commit(store, [aFimEvent({ hashes, path: '/srv/today' }), aHarmlessVerdict({ hashes })]);
  expect(stockOf(store)).toMatchObject({ files: [{ standing: 'clean' }], fromStore: 2 });
});

test('a file it answered returns to the queue as urgent as it was once another agent reports it', () => {
  const store = aStore();
  commit(store, [
    aFimEvent({ hashes, path: '/srv/tool.exe' }),
    aHarmlessVerdict({ hashes }),
    aFimEvent({ hashes, path: '/srv/tool.exe', change: 'modified' }),
  ]);
  expect(stockOf(store)).toMatchObject({ files: [{ standing: 'clean' }], queued: 0, fromStore: 2 });

  commit(store, [aFimEvent({ hashes, agentName: 'web-02', path: '/srv/tool.txt' })]);

  expect(stockOf(store)).toEqual({
    files: [{ standing: 'queued', isQueued: true }],
    queued: 3,
    fromStore: 0,
  });
  expect(store.lookups.nextDue(NOW_MS, NOBODY)).toMatchObject({
    priority: LOOKUP_PRIORITY.newExecutable,
    isRecheck: false,
  });
});

test('one whose re-check waits is looked up in its turn as a new file', () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes, path: '/srv/tool.exe' }), aHarmlessVerdict({ hashes })]);
  expect(store.lookups.enqueueRechecks(NOW_MS + 8 * 86_400_000, 5)).toBe(1);

  commit(store, [aFimEvent({ hashes, agentName: 'web-02' })]);

  expect(store.lookups.nextDue(NOW_MS, NOBODY)).toMatchObject({
    priority: LOOKUP_PRIORITY.newExecutable,
    isRecheck: false,
  });
});

test('an event that is only muted or deleted shows as well that another agent has the file', () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes }), aHarmlessVerdict({ hashes })]);
  commit(store, [aFimEvent({ hashes, agentName: 'web-02', change: 'deleted' })]);
  expect(stockOf(store)).toMatchObject({ files: [{ standing: 'queued', isQueued: true }], queued: 1 });
});

test('files that turn out to be one are answered by neither agent alone', () => {
  const store = aStore();
  const strong = { ...hashes, md5: null };
  commit(store, [
    aFimEvent({ hashes: onlyMd5('report') }),
    aHarmlessVerdict({ hashes: onlyMd5('report') }),
    aFimEvent({ hashes: strong, agentName: 'web-02' }),
    aHarmlessVerdict({ hashes: { ...strong, sha256: null }, agentName: 'web-02' }),
  ]);
  expect(stockOf(store)).toMatchObject({
    files: [{ standing: 'clean' }, { standing: 'clean' }],
    fromStore: 2,
  });

  commit(store, [aFimEvent({ hashes })]);

  expect(stockOf(store)).toEqual({
    files: [{ standing: 'queued', isQueued: true }],
    queued: 3,
    fromStore: 0,
  });
});

test('a harmless verdict takes back neither what a lookup found nor an alarm of the manager', () => {
  const store = aStore();
  const looked = digestsOf('looked up');
  commit(store, [aFimEvent({ hashes: looked }), aFimEvent({ hashes })]);
  settleNext(store, ({ hex }) => aDetection(hex === looked.sha256 ? looked : hashes), NOW_MS - 10_000_000);
  commit(store, [aManagerVerdict({ hashes })]);

  commit(store, [
    aHarmlessVerdict({ hashes: looked }),
    aHarmlessVerdict({ hashes, outcome: NO_RECORDS, ruleId: '87103' }),
  ]);

  expect(stockOf(store).files).toMatchObject([{ standing: 'malicious' }, { standing: 'malicious' }]);
});

test('an alarm of the manager counts at once for everybody, and saves the lookup', () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes }), aFimEvent({ hashes, agentName: 'web-02' })]);

  commit(store, [aManagerVerdict({ hashes })]);

  expect(stockOf(store)).toEqual({
    files: [{ standing: 'malicious', isQueued: false }],
    queued: 0,
    fromStore: 2,
  });
});

test('an alarm of the manager does not keep a person from asking', () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes }), aManagerVerdict({ hashes })]);
  store.files.askHash({ algorithm: 'md5', hex: hashes.md5 ?? '' });
  settleNext(store, aCleanReport(hashes));
  expect(stockOf(store).files).toEqual([{ standing: 'clean', isQueued: false }]);
});

test('an alarm on a file that a lookup called clean turns it', () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes })]);
  settleNext(store, aCleanReport(hashes), NOW_MS - 10_000_000);

  commit(store, [aManagerVerdict({ hashes })]);

  expect(stockOf(store).files).toEqual([{ standing: 'malicious', isQueued: false }]);
  expect(store.tallies().turned).toBe(1);
});

test('an alarm that a lookup has raised already asks for nothing more', () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes })]);
  settleNext(store, aDetection(hashes), NOW_MS - 10_000_000);

  commit(store, [aManagerVerdict({ hashes })]);

  expect(stockOf(store).files).toEqual([{ standing: 'malicious', isQueued: false }]);
});

test('an alarm on a file that nobody reported answers it as soon as somebody does', () => {
  const store = aStore();
  commit(store, [aManagerVerdict({ hashes })]);
  expect(stockOf(store).files).toEqual([{ standing: 'malicious', isQueued: false }]);

  commit(store, [aFimEvent({ hashes })]);

  expect(stockOf(store)).toMatchObject({ files: [{ standing: 'malicious', isQueued: false }], fromStore: 1 });
});

test('an alarm on an excluded file sends its hash nowhere', () => {
  const store = aStore();
  store.exclusions.add({ effect: 'exclude', kind: 'path', pattern: '/secret/' });
  commit(store, [aFimEvent({ hashes, path: '/secret/report' }), aManagerVerdict({ hashes })]);
  expect(store.lookups.nextDue(NOW_MS, NOBODY)).toBeNull();
});

test('what a person asked for is asked, whatever a manager says meanwhile', () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes })]);
  const fileId = store.lookups.nextDue(NOW_MS, NOBODY)?.fileId ?? 0;
  store.files.askNow(fileId);
  commit(store, [aHarmlessVerdict({ hashes })]);
  expect(store.lookups.nextDue(NOW_MS, NOBODY)).toMatchObject({ fileId, priority: LOOKUP_PRIORITY.asked });
});

test('a digest that a person types is asked although a manager called it harmless', () => {
  const store = aStore();
  commit(store, [aFimEvent({ hashes }), aHarmlessVerdict({ hashes })]);
  const { fileId } = store.files.askHash({ algorithm: 'md5', hex: hashes.md5 ?? '' });
  expect(store.lookups.nextDue(NOW_MS, NOBODY)?.fileId).toBe(fileId);
});
