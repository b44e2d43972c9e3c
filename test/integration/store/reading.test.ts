import { afterEach, expect, test } from 'vitest';
import { openReadOnly } from '../../../src-main/store/open-store.ts';
import { EVERYTHING, type FileFilter } from '../../../src-main/store/queries/file-filter.ts';
import { listFiles } from '../../../src-main/store/queries/list-files.ts';
import { verdictRows } from '../../../src-main/store/queries/verdict-rows.ts';
import { DirectReader, type Reader } from '../../../src-main/store/reader.ts';
import { WorkerReader } from '../../../src-main/store/worker-reader.ts';
import type { DetectionPage, DetectionSort } from '../../../src-shared/ipc/detections.ts';
import { aStore } from '../../builders/a-store.ts';
import { aBatch, commit, NOW_MS, settleNext } from '../../builders/committing.ts';
import { aFimEvent, aLookupFailure, aManagerVerdict, FIRST_ALERT_SEC } from '../../builders/alerts.ts';
import { digestsOf } from '../../builders/digests.ts';
import { aCleanReport, aDetection, aReport, NO_RECORDS } from '../../builders/outcomes.ts';

const readers: Reader[] = [];
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close();
});

function read(store: { readonly folder: string }): DirectReader {
  const reader = new DirectReader(store.folder);
  readers.push(reader);
  return reader;
}

/** Seven files in all six standings, one judged malicious twice over. */
function aMixedStore() {
  const store = aStore();
  const outcomes = [
    aDetection(digestsOf('f0'), { positives: 9 }),
    aDetection(digestsOf('f1'), { positives: 40 }),
    aCleanReport(digestsOf('f2'), { suspicious: 2 }),
    aCleanReport(digestsOf('f3')),
    NO_RECORDS,
    { kind: 'timed-out' as const },
  ];
  for (let index = 0; index < 7; index++) {
    commit(store, [
      aFimEvent({
        hashes: digestsOf(`f${index}`),
        sec: FIRST_ALERT_SEC + index,
        path: `/srv/data/Folder-${index}/Bericht ü${index}.bin`,
        agentName: index % 2 === 0 ? 'web-01' : 'db-Ålesund',
      }),
    ]);
    const outcome = outcomes[index];
    if (outcome) settleNext(store, outcome, NOW_MS - 1000 + index);
  }
  return store;
}

function paths(store: { readonly folder: string }, filter: Partial<FileFilter>): string[] {
  const db = openReadOnly(store.folder);
  const page = listFiles(db, {
    filter: { ...EVERYTHING, ...filter },
    sort: 'activity',
    direction: 'descending',
    cursor: null,
    limit: 100,
  });
  db.close();
  return page.rows.map(({ path }) => path.slice(-5, -4));
}

test('the list holds every file with its standing, newest activity first', async () => {
  const store = aMixedStore();

  const { rows, nextCursor } = await read(store).ask('list', {
    filter: EVERYTHING,
    sort: 'activity',
    direction: 'descending',
    cursor: null,
    limit: 100,
  });

  expect(rows.map(({ standing }) => standing)).toEqual([
    'no-records',
    'clean',
    'suspicious',
    'malicious',
    'malicious',
    'queued',
    'failed',
  ]);
  expect(nextCursor).toBeNull();
  expect(rows[3]).toMatchObject({ positives: 40, suspicious: 1, total: 70, triage: 'new', turned: false });
});

test.each<[DetectionSort, 'ascending' | 'descending']>([
  ['activity', 'descending'],
  ['activity', 'ascending'],
  ['positives', 'descending'],
  ['positives', 'ascending'],
])('pages by %s, %s, add up to the whole list without gaps or repeats', async (sort, direction) => {
  const reader = read(aMixedStore());
  const request = { filter: EVERYTHING, sort, direction };
  const whole = await reader.ask('list', { ...request, cursor: null, limit: 100 });

  const paged: number[] = [];
  let cursor: string | null = null;
  do {
    const page: DetectionPage = await reader.ask('list', { ...request, cursor, limit: 2 });
    paged.push(...page.rows.map(({ fileId }) => fileId));
    cursor = page.nextCursor;
  } while (cursor !== null);

  expect(paged).toEqual(whole.rows.map(({ fileId }) => fileId));
  expect(paged).toHaveLength(7);
});

test('by positives, the most detected files come first', async () => {
  const { rows } = await read(aMixedStore()).ask('list', {
    filter: EVERYTHING,
    sort: 'positives',
    direction: 'descending',
    cursor: null,
    limit: 3,
  });
  expect(rows.map(({ positives }) => positives)).toEqual([40, 9, 0]);
});

test('filters narrow by view, standing, agent, time and text', () => {
  const store = aMixedStore();
  expect(paths(store, { view: 'malicious' })).toEqual(['1', '0']);
  expect(paths(store, { view: 'to-triage' })).toEqual(['2', '1', '0']);
  expect(paths(store, { standings: ['queued', 'failed'] })).toEqual(['6', '5']);
  expect(paths(store, { agentName: 'db-Ålesund' })).toEqual(['3', '1', '5']);
  expect(paths(store, { agentName: 'nobody' })).toEqual([]);
  expect(paths(store, { until: new Date((FIRST_ALERT_SEC + 5) * 1000).toISOString() })).toEqual(['5']);
  expect(paths(store, { text: 'BERICHT Ü3' })).toEqual(['3']);
  expect(paths(store, { text: 'folder-' })).toHaveLength(7);
  expect(paths(store, { text: 'ålesund' })).toEqual(['3', '1', '5']);
  expect(paths(store, { text: 'ü4' })).toEqual(['4']);
  expect(paths(store, { text: (digestsOf('f2').md5 ?? '').slice(0, 9).toUpperCase() })).toEqual(['2']);
  expect(paths(store, { text: digestsOf('f2').sha256 ?? '' })).toEqual(['2']);
  expect(paths(store, { text: '" OR 1 --' })).toEqual([]);
  for (const text of ['\0\0\0\0', 'folder\0-1', '"\0" OR "a', '\ud800abc', 'NEAR(a b)', 'a*'])
    expect(paths(store, { text })).toEqual([]);
  expect(paths(store, { view: 'malicious', text: 'folder-1', agentName: 'db-Ålesund' })).toEqual(['1']);
  expect(paths(store, { pathText: 'web-01' })).toEqual([]);
});

test('counts tell the views of the whole store and what the filter matches', async () => {
  const counts = await read(aMixedStore()).ask('counts', { ...EVERYTHING, text: 'folder-' });
  expect(counts).toEqual({
    views: { 'to-triage': 3, turned: 0, malicious: 2, suspicious: 1, 'no-records': 1, everything: 7 },
    matching: 7,
    matchingCap: 10_000,
  });
});

test('the detail tells versions, engines, sightings and the flip', async () => {
  const store = aStore();
  const hashes = digestsOf('tool');
  const actor = {
    userName: 'root',
    loginName: null,
    processName: '/usr/bin/curl',
    processId: null,
    parentProcessName: null,
  };
  commit(store, [
    aFimEvent({ hashes, actor }),
    aFimEvent({ hashes, sec: FIRST_ALERT_SEC + 60, agentName: 'web-02' }),
  ]);
  const { settled } = settleNext(store, aCleanReport(hashes), NOW_MS);
  store.files.askNow(settled.fileId);
  const engines = [
    { engine: 'Beta', category: 'undetected', result: null, engineVersion: null, engineUpdate: null },
    { engine: 'Alpha', category: 'undetected', result: null, engineVersion: null, engineUpdate: null },
    {
      engine: 'Gamma',
      category: 'malicious',
      result: 'Trojan',
      engineVersion: '1',
      engineUpdate: '20261120',
    },
  ];
  const turned = settleNext(
    store,
    aDetection(hashes, { report: aReport(hashes, { engines }) }),
    NOW_MS + 5000,
  );

  const detail = await read(store).ask('detection', settled.fileId);

  expect(turned.settled.isFlip).toBe(true);
  expect(turned.due.isRecheck).toBe(true);
  expect(detail?.row).toMatchObject({ standing: 'malicious', turned: true, triage: 'new', agentCount: 2 });
  expect(
    detail?.versions.map(({ standing, source, rule, turned }) => [standing, source, rule, turned]),
  ).toEqual([
    ['malicious', 'recheck', 87105, true],
    ['clean', 'lookup', 87104, false],
  ]);
  expect(detail?.engines.map(({ engine }) => engine)).toEqual(['Gamma', 'Alpha', 'Beta']);
  expect(detail?.sightings.map(({ agentName, user, process }) => [agentName, user, process])).toEqual([
    ['web-02', null, null],
    ['web-01', 'root', '/usr/bin/curl'],
  ]);
  expect(detail).toMatchObject({ sightingsTotal: 2, sizeBytes: 2048, lookup: null });
});

test('a flip opens a resolved file again and stands first on the overview', async () => {
  const store = aStore();
  const hashes = digestsOf('tool');
  commit(store, [aFimEvent({ hashes, path: '/opt/tool.exe' }), aLookupFailure()]);
  const { settled } = settleNext(store, aCleanReport(hashes, { suspicious: 1 }), NOW_MS);
  store.files.triage(settled.fileId, 'resolved', 'looked at it');
  store.files.askNow(settled.fileId);
  settleNext(store, aDetection(hashes), NOW_MS + 1000);

  const overview = await read(store).ask('overview', { days: 3, nowMs: NOW_MS });

  expect(overview.attention).toMatchObject([
    { kind: 'turned', name: 'tool.exe', before: 'suspicious', positives: 3, total: 70, agents: 1 },
    { kind: 'to-triage', files: 1, newestName: 'tool.exe' },
    { kind: 'manager-failures', rule: 87101, count: 1 },
  ]);
  expect(overview.days).toHaveLength(3);
  expect(overview.days.at(-1)).toMatchObject({ day: '2026-11-20', fimEvents: 1, judged: 2, malicious: 1 });
  expect(overview.agents).toEqual([
    { agentName: 'web-01', agentId: '001', malicious: 1, suspicious: 0, fimEvents: 1 },
  ]);
  expect(overview).toMatchObject({ detectionsTotal: 1, agentsTotal: 1, filesJudged: 1 });
});

test('the source alert comes back as it was written, invalid bytes included', async () => {
  const store = aStore();
  const alert = aFimEvent();
  const raw = Buffer.concat([Buffer.from('{"path":"/srv/'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
  const record = { alert, offset: 0, raw };
  store.journal.commit(
    {
      sourceId: store.sourceId,
      format: 'json',
      position: null,
      alerts: 1,
      bytes: raw.length,
      records: [{ alert: aFimEvent(), offset: 0, raw: Buffer.from('before') }, record],
      malformed: [],
      losses: [],
    },
    NOW_MS,
  );

  const reader = read(store);

  expect(await reader.ask('sourceAlert', 2)).toEqual({
    text: '{"path":"/srv/\ufffd\ufffd"}',
    format: 'json',
    hadInvalidUtf8: true,
  });
  expect(await reader.ask('sourceAlert', 99)).toBeNull();
});

test('malformed lines are listed until they are dismissed; later ones are listed again', async () => {
  const store = aStore();
  const reader = read(store);
  const shown = () => reader.ask('malformed', { before: null, limit: 10 });
  const findMalformed = (offset: number) => {
    const malformed = [{ offset, lengthBytes: 20, reason: 'not-json' as const, excerpt: '{"broken' }];
    store.journal.commit(aBatch(store.sourceId, { malformed }), NOW_MS);
  };

  findMalformed(100);
  expect(await shown()).toMatchObject([{ offset: 100, reason: 'not-json', excerpt: '{"broken' }]);
  store.files.dismissMalformed();
  expect(await shown()).toEqual([]);
  findMalformed(900);
  expect(await shown()).toMatchObject([{ offset: 900 }]);
});

test('verdict rows carry what scripts rely on', () => {
  const store = aStore();
  const { md5, sha1 } = digestsOf('report');
  const event = aFimEvent({ hashes: digestsOf('report') });
  commit(store, [event, aManagerVerdict({ hashes: { md5, sha1, sha256: null } }), aFimEvent()]);

  const rows = [
    ...verdictRows(read(store).connection, {
      outcomes: [],
      agentName: null,
      path: 'report.pdf',
      since: null,
      until: null,
      limit: 10,
    }),
  ];

  expect(rows).toMatchObject([
    {
      outcome: 'malicious',
      rule: 87105,
      ...digestsOf('report'),
      positives: 7,
      suspicious: 0,
      total: 67,
      source: 'manager',
      sightings: [{ profile: 'local', agentId: '001', agentName: 'web-01', alertId: event.alertId }],
    },
  ]);
});

test('exported text is safe to open in a spreadsheet', async () => {
  const store = aStore();
  commit(store, [aFimEvent({ path: '=cmd|" /C calc"!A0', agentName: '@evil' })]);
  settleNext(store, NO_RECORDS);

  const { text, rows } = await read(store).ask('exportRows', {
    filter: EVERYTHING,
    format: 'csv',
    nowMs: NOW_MS,
  });

  expect(rows).toBe(1);
  expect(text).toContain(`"'=cmd|"" /C calc""!A0",'@evil,1,`);
});

test('the reader thread answers like the direct one, while the writer works', async () => {
  const store = aMixedStore();
  const worker = new WorkerReader(store.folder);
  readers.push(worker);
  const request = { days: 7, nowMs: NOW_MS };

  const answers = Promise.all([worker.ask('overview', request), worker.ask('integrity', null)]);
  commit(store, [aFimEvent({ path: '/later' })]);
  const [overview, finding] = await answers;

  expect([7, 8]).toContain(overview.ledger.fimEvents);
  expect(finding).toBeNull();
  expect((await worker.ask('ledger', null)).fimEvents).toBe(8);
});

test('a question that nobody waits for any more is not asked, and does not delay others', async () => {
  const worker = new WorkerReader(aMixedStore().folder);
  readers.push(worker);
  const leaving = new AbortController();
  const first = worker.ask('integrity', null);
  const dropped = Array.from({ length: 900 }, () => worker.ask('integrity', null, leaving.signal));
  const last = worker.ask('ledger', null);
  leaving.abort();
  const ends = await Promise.allSettled(dropped);
  expect(ends.every((end) => end.status === 'rejected' && end.reason.code === 'store.not-asked')).toBe(true);
  expect(await first).toBeNull();
  expect((await last).fimEvents).toBe(7);
  await expect(worker.ask('ledger', null, leaving.signal)).rejects.toMatchObject({ code: 'store.not-asked' });
});

test('more questions than a window asks are refused at once', async () => {
  const worker = new WorkerReader(aMixedStore().folder);
  readers.push(worker);
  const asked = Array.from({ length: 1200 }, () => worker.ask('ledger', null));
  const ends = await Promise.allSettled(asked);
  expect(ends.filter((end) => end.status === 'rejected')).toHaveLength(199);
});

test('an error of the reader thread arrives with its code', async () => {
  const worker = new WorkerReader('/nonexistent/verdict-desk');
  readers.push(worker);
  await expect(worker.ask('ledger', null)).rejects.toMatchObject({ code: 'store.missing' });
});
