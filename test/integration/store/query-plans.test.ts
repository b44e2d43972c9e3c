import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { addTextFunctions, storePath } from '../../../src-main/store/connection.ts';
import { openReadOnly } from '../../../src-main/store/open-store.ts';
import { EVERYTHING } from '../../../src-main/store/queries/file-filter.ts';
import { runQuery, type QueryName, type QueryShapes } from '../../../src-main/store/queries/index.ts';
import { aStore } from '../../builders/a-store.ts';
import { aFimEvent } from '../../builders/alerts.ts';
import { commit, NOW_MS, settleNext } from '../../builders/committing.ts';
import { digestsOf } from '../../builders/digests.ts';
import { aCleanReport, aDetection } from '../../builders/outcomes.ts';

/** Tables that grow with the events; all others stay small. */
const LARGE_TABLES = [
  'event',
  'file',
  'path',
  'verdict',
  'file_digest',
  'alert_block',
  'response_event',
  'scan',
  'scan_evidence',
  'kes_detection',
];

/** Hold only the rows that are looked for. */
const SELECTIVE_INDEXES = ['file_to_triage', 'file_turned', 'file_ready', 'file_deferred'];

/** The plan of every statement a query runs, taken while it runs. */
function plansOf<Name extends QueryName>(
  folder: string,
  name: Name,
  argument: QueryShapes[Name]['argument'],
) {
  const statements = new Set<string>();
  const db = new Database(storePath(folder), {
    readonly: true,
    verbose: (sql) => statements.add(String(sql)),
  });
  onTestFinished(() => void db.close());
  addTextFunctions(db);
  runQuery(db, name, argument);
  const explaining = openReadOnly(folder);
  onTestFinished(() => void explaining.close());
  return [...statements]
    .filter((sql) => /^\s*(SELECT|WITH)/i.test(sql))
    .flatMap((sql) =>
      explaining
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        // One row off the end of an index is no scan, though SQLite calls it so.
        .map(({ detail }) => (sql.endsWith('LIMIT 1') ? detail.replace(/^SCAN/, 'FIRST OF') : detail)),
    );
}

function fullScans(plans: readonly string[]): string[] {
  return plans.filter((detail) => {
    const scanned = /^SCAN (\w+)/.exec(detail)?.[1];
    const index = /USING INDEX (\w+)/.exec(detail)?.[1] ?? '';
    return scanned !== undefined && LARGE_TABLES.includes(scanned) && !SELECTIVE_INDEXES.includes(index);
  });
}

function aSmallStore() {
  const store = aStore();
  commit(
    store,
    Array.from({ length: 20 }, (_, index) => aFimEvent({ hashes: digestsOf(`f${index}`) })),
  );
  settleNext(store, aDetection(digestsOf('f0')));
  settleNext(store, aCleanReport(digestsOf('f1')));
  return store;
}

const request = {
  filter: EVERYTHING,
  sort: 'activity' as const,
  direction: 'descending' as const,
  cursor: null,
  limit: 100,
};

const cases: readonly [string, QueryName, QueryShapes[QueryName]['argument']][] = [
  ['the overview', 'overview', { days: 30, nowMs: NOW_MS }],
  ['the list', 'list', request],
  ['a page of the list', 'list', { ...request, cursor: `activity:0:${NOW_MS}:7` }],
  ['the list by positives', 'list', { ...request, sort: 'positives', cursor: `positives:3:${NOW_MS}:7` }],
  ['the list to triage', 'list', { ...request, filter: { ...EVERYTHING, view: 'to-triage' } }],
  ['the turned files', 'list', { ...request, filter: { ...EVERYTHING, view: 'turned' } }],
  ['the list of an agent', 'list', { ...request, filter: { ...EVERYTHING, agentName: 'web-01' } }],
  ['the list of a text', 'list', { ...request, filter: { ...EVERYTHING, text: 'report' } }],
  ['the list of a short text', 'list', { ...request, filter: { ...EVERYTHING, text: 're' } }],
  ['the list of a hash', 'list', { ...request, filter: { ...EVERYTHING, text: 'abcdef12' } }],
  ['the counts', 'counts', EVERYTHING],
  ['the counts of a text', 'counts', { ...EVERYTHING, text: 'report' }],
  ['the detail', 'detection', 1],
  ['a page of sightings', 'sightings', { fileId: 1, before: 1, limit: 10 }],
  ['the source alert', 'sourceAlert', 1],
  ['a search for a digest', 'find', digestsOf('f3').md5 ?? ''],
  ['the queue', 'queue', 50],
  ['the scans of a file', 'scansOfFile', { fileId: 1, limit: 50 }],
  ['the scans of an agent', 'scansOfAgent', { profile: 'prod', agentId: '001', limit: 50 }],
  ['a scan’s detail', 'scan', 1],
  ['the orders', 'scanOrders', 20],
  ['one order', 'scanOrder', 1],
  ['what KES and VirusTotal said', 'crossVerdict', 1],
  ['how the queue stands', 'queueState', NOW_MS],
];

test.each(cases)('%s reads indexes, never a large table as a whole', (_, name, argument) => {
  const plans = plansOf(aSmallStore().folder, name, argument);
  expect(plans.length).toBeGreaterThan(0);
  expect(fullScans(plans)).toEqual([]);
});

test('pages are ordered by an index, not by sorting', () => {
  const plans = plansOf(aSmallStore().folder, 'list', request);
  expect(plans.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
});
