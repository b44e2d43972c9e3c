import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { DirectReader } from '../../../src-main/store/reader.ts';
import type { QueryName, QueryShapes } from '../../../src-main/store/queries/index.ts';
import { UNSEEN_RESULT } from '../../../src-shared/domain/scan.ts';
import { UNKNOWN_AFTER_MS } from '../../../src-shared/domain/scan-state.ts';
import { scanFilter, type ScanFilter } from '../../../src-shared/ipc/scans.ts';
import { aManager } from '../../builders/a-manager.ts';
import { aDraft, aKnownAgent } from '../../builders/a-profile.ts';
import { aStore } from '../../builders/a-store.ts';
import { anOrder, aStoredScan } from '../../builders/a-stored-scan.ts';
import { aFimEvent } from '../../builders/alerts.ts';
import { commit, NOW_MS, settleNext } from '../../builders/committing.ts';
import { aKesMessage, aResponse } from '../../builders/heard-alerts.ts';
import { seen } from '../../builders/some-evidence.ts';
import { aDetection, aReport } from '../../builders/outcomes.ts';

type TestStore = ReturnType<typeof aStore>;

function ask<Name extends QueryName>(
  store: TestStore,
  name: Name,
  argument: QueryShapes[Name]['argument'],
): Promise<QueryShapes[Name]['answer']> {
  const reader = new DirectReader(store.folder);
  onTestFinished(() => reader.close());
  return reader.ask(name, argument);
}

function list(store: TestStore, filter: Partial<ScanFilter> = {}, cursor: string | null = null, limit = 100) {
  return ask(store, 'scans', { filter: scanFilter.parse(filter), cursor, limit });
}

function order(
  store: TestStore,
  scans: readonly Parameters<typeof aStoredScan>[1][],
  change: Parameters<typeof anOrder>[0] = {},
) {
  const asked = anOrder({ askedMs: NOW_MS, ...change });
  return store.scans.addOrder(
    asked,
    scans.map((scan, index) => aStoredScan(index + 1, scan)),
    asked.askedMs,
  );
}

test('the list is read page by page, newest first, whatever is added meanwhile', async () => {
  const store = aStore();
  for (let at = 0; at < 3; at += 1) order(store, [{}, {}, {}], { askedMs: NOW_MS + at });
  const first = await list(store, {}, null, 4);
  order(store, [{}], { askedMs: NOW_MS + 10 });
  const second = await list(store, {}, first.nextCursor, 100);
  expect(first.matching).toBe(9);
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(second.nextCursor).toBeNull();
  await expect(list(store, {}, 'x.1')).rejects.toMatchObject({ code: 'scans.bad-cursor' });
});

test('the list is narrowed by profile, agent, kind, state, order, text and who asked', async () => {
  const store = aStore();
  order(store, [
    { profile: 'fra', agentName: 'Web-ÄB', kind: 'file', path: '/srv/Invoice.exe' },
    { profile: 'ams', agentId: '099', kind: 'memory' },
  ]);
  const { scanIds } = order(store, [{}], { askedBy: 'ines.k' });
  store.scans.addEvidence(scanIds[0] ?? 0, [seen('cancelled')]);
  const ids = async (filter: Partial<ScanFilter>) => (await list(store, filter)).rows.map(({ id }) => id);
  expect(await ids({ profile: 'ams' })).toEqual([2]);
  expect(await ids({ agentId: '099' })).toEqual([2]);
  expect(await ids({ kinds: ['file', 'memory'] })).toEqual([2, 1]);
  expect(await ids({ states: ['cancelled'] })).toEqual([3]);
  expect(await ids({ orderId: 2 })).toEqual([3]);
  expect(await ids({ text: 'invoice' })).toEqual([1]);
  expect(await ids({ text: 'web-äb' })).toEqual([1]);
  expect(await ids({ text: 'INES' })).toEqual([3]);
  expect(await ids({ text: '%' })).toEqual([]);
  expect(await ids({ onlyAutomatic: true })).toEqual([]);
  expect((await list(store, { text: 'ines' })).matching).toBe(1);
});

test('a scan that a manager launched is in the list, without an order and an asker', async () => {
  const store = aStore();
  const trigger = { alertId: '1795161600.1', ruleId: '5104', description: 'Prom.', timeMs: NOW_MS - 2000 };
  commit(store, [aResponse(NOW_MS, { trigger })]);
  store.scanAlerts.collect(10, NOW_MS);
  const { rows } = await list(store, { onlyAutomatic: true });
  expect(rows).toMatchObject([{ orderId: null, askedBy: null, isAutomatic: true, route: null }]);
  const detail = await ask(store, 'scan', rows[0]?.id ?? 0);
  expect(detail).toMatchObject({
    likelyCause: { ruleId: '5104', secondsBefore: 2 },
    originFileId: null,
    can: { cancel: false, stop: false },
  });
  expect(detail?.notSeen.map(({ what }) => what)).toEqual(['State of the task', 'What it found']);
});

test('an order is summed up by the states of its scans', async () => {
  const store = aStore();
  const { orderId, scanIds } = order(store, [{}, {}, {}], { askedBy: 'ines.k' });
  store.scans.addEvidence(scanIds[0] ?? 0, [seen('sending')]);
  store.scans.setHeld(orderId, 'The first agent failed.');
  order(store, [{}]);
  expect(await ask(store, 'scanOrders', 1)).toMatchObject([{ id: 2 }]);
  expect((await ask(store, 'scanOrders', 10))[1]).toMatchObject({
    askedBy: 'ines.k',
    agents: 3,
    byState: { planned: 2, sent: 1 },
    heldBecause: 'The first agent failed.',
  });
  const [newest, before] = await ask(store, 'scanOrders', 10);
  expect(await ask(store, 'scanOrder', orderId)).toEqual(before);
  expect(await ask(store, 'scanOrder', newest?.id ?? 0)).toEqual(newest);
  expect(await ask(store, 'scanOrder', 99)).toBeNull();
});

test('a scan that was never seen to start has its likely causes, with what is known of its agent first', async () => {
  const store = aStore();
  const profileId = store.profiles.add(aDraft({ name: 'prod' }));
  const agents = [aKnownAgent({ agentId: '001', status: 'disconnected' })];
  store.managerAgents.refreshed(profileId, { listed: { source: 'api', agents }, note: null }, NOW_MS);
  const { scanIds } = order(store, [{ exact: ['PUT /active-response'] }]);
  const [id = 0] = scanIds;
  store.scans.addEvidence(id, [seen('sending')]);
  store.scans.noteSilence(NOW_MS + UNKNOWN_AFTER_MS + 1);
  const detail = await ask(store, 'scan', id);
  expect(detail?.row).toMatchObject({ state: 'unknown', summary: 'Sent, never seen to start' });
  expect(detail?.exact).toEqual(['PUT /active-response']);
  expect(detail?.causes.slice(0, 2).map(({ cause }) => cause)).toEqual([
    'This app does not follow the alerts of that manager: a start cannot be seen.',
    'The agent is disconnected now; a response to an agent that is away is lost.',
  ]);
  expect(await ask(store, 'scan', 999)).toBeNull();
});

test('a row shows progress and result as they come', async () => {
  const store = aStore();
  const [id = 0] = order(store, [{ route: 'agent-ssh', program: 'kesl-control' }]).scanIds;
  store.scans.setTask(id, { name: 'Scan_My_Computer', since: null });
  store.scans.addEvidence(id, [
    seen('sending'),
    seen('launched'),
    seen('progress', { facts: { kind: 'progress', percent: 61, objects: 23_180 } }),
  ]);
  expect((await list(store)).rows[0]).toMatchObject({
    state: 'running',
    summary: 'Running, 61 %',
    percent: 61,
  });
  expect((await ask(store, 'scan', id))?.can).toMatchObject({ stop: true, suspend: true });
  const result = { ...UNSEEN_RESULT, exitCode: 0, scannedObjects: 418_220, detections: 0 };
  store.scans.addEvidence(id, [seen('result', { facts: { kind: 'result', result } })]);
  expect((await list(store)).rows[0]).toMatchObject({
    state: 'finished-clean',
    summary: 'Nothing detected, 418,220 objects',
    result,
    endedAt: new Date(NOW_MS).toISOString(),
  });
});

test('the audit trail is whole until somebody changes it behind the app’s back', async () => {
  const store = aStore();
  for (const deed of ['scan full', 'scan cancel', 'order go on'])
    store.audit.append({ who: 'ines.k', deed, detail: '“x”\n\uD800' }, NOW_MS);
  const page = await ask(store, 'audit', { before: null, limit: 2 });
  expect(page).toMatchObject({ isWhole: true, total: 3 });
  expect(page.entries.map(({ sequence, deed }) => [sequence, deed])).toEqual([
    [3, 'order go on'],
    [2, 'scan cancel'],
  ]);
  expect((await ask(store, 'audit', { before: 2, limit: 9 })).entries).toHaveLength(1);
  const { fileName, text } = await ask(store, 'auditExport', NOW_MS);
  expect(fileName).toBe('verdict-desk-audit-2026-11-20.jsonl');
  expect(text.trimEnd().split('\n')).toHaveLength(4);

  const other = new Database(store.path);
  other.exec('DROP TRIGGER audit_entry_stays; DELETE FROM audit_entry WHERE sequence = 3');
  other.close();
  expect(await ask(store, 'audit', { before: null, limit: 9 })).toMatchObject({ isWhole: false, total: 2 });
});

const AGENT = { id: '001', name: 'web-01', ip: null };

function aSeenFile(store: TestStore) {
  const { sourceId } = aManager(store, 'prod');
  commit({ ...store, sourceId }, [aFimEvent({ agent: AGENT, path: '/srv/x.exe' })]);
  const engine = { category: 'malicious', result: 'EICAR', engineVersion: '22.0', engineUpdate: '20261119' };
  settleNext(store, (asked) =>
    aDetection(
      { sha256: null, sha1: null, md5: null, [asked.algorithm]: asked.hex },
      {
        report: aReport(
          { sha256: null, sha1: null, md5: null, [asked.algorithm]: asked.hex },
          {
            engines: [
              { engine: 'Kaspersky', ...engine },
              { engine: 'Other', ...engine },
            ],
          },
        ),
      },
    ),
  );
  return { sourceId, fileId: 1 };
}

test('what Kaspersky’s engine said and what KES said on hosts stand side by side', async () => {
  const store = aStore();
  const { sourceId, fileId } = aSeenFile(store);
  const detection = { threat: 'EICAR-Test-File', path: '/srv/x.exe' };
  const elsewhere = { ...detection, path: '/srv/other.exe' };
  commit({ ...store, sourceId }, [
    aKesMessage(NOW_MS, { taskName: 'File_Monitoring', agent: AGENT, detection }),
    aKesMessage(NOW_MS, { taskName: 'File_Monitoring', agent: AGENT, detection: elsewhere }),
    aKesMessage(NOW_MS, { taskName: 'File_Monitoring', agent: { ...AGENT, name: 'db-01' }, detection }),
  ]);
  store.scanAlerts.collect(10, NOW_MS);
  const { scanIds } = order(store, [{ kind: 'file', path: '/srv/x.exe', agentName: 'web-02' }, {}], {
    originFileId: fileId,
    kind: 'file',
  });
  const clean = { ...UNSEEN_RESULT, exitCode: 0, detections: 0 };
  for (const id of scanIds)
    store.scans.addEvidence(id, [
      seen('sending'),
      seen('result', { facts: { kind: 'result', result: clean } }),
    ]);

  const verdict = await ask(store, 'crossVerdict', fileId);
  expect(verdict?.virustotal.map(({ engine, result }) => [engine, result])).toEqual([['Kaspersky', 'EICAR']]);
  expect(verdict?.judgedAt).toBe(new Date(NOW_MS).toISOString());
  expect(
    verdict?.hosts.map(({ agentName, said, threat, scanId }) => [agentName, said, threat, scanId]),
  ).toEqual(
    expect.arrayContaining([
      ['web-01', 'detected', 'EICAR-Test-File', null],
      ['web-02', 'clean', null, scanIds[0]],
      ['agent-2', 'clean', null, scanIds[1]],
    ]),
  );
  expect(verdict?.hosts).toHaveLength(3);
  expect(await ask(store, 'crossVerdict', 999)).toBeNull();
});

test('a file has the scans that were asked for from it and those of its paths; an agent has its own', async () => {
  const store = aStore();
  const { fileId } = aSeenFile(store);
  order(store, [{ agentName: 'web-02', agentId: '002' }], { originFileId: fileId });
  order(store, [{ kind: 'file', path: '/srv/x.exe', agentName: 'web-01' }]);
  order(store, [{ kind: 'file', path: '/srv/x.exe', agentName: 'web-09' }]);
  const ofFile = await ask(store, 'scansOfFile', { fileId, limit: 10 });
  expect(ofFile.map(({ id }) => id)).toEqual([2, 1]);
  const ofAgent = await ask(store, 'scansOfAgent', { profile: 'prod', agentId: '002', limit: 10 });
  expect(ofAgent.map(({ id }) => id)).toEqual([1]);
  expect((await ask(store, 'scan', 1))?.originFileId).toBe(fileId);
});
