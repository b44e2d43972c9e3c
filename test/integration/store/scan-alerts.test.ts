import { describe, expect, test } from 'vitest';
import type { ScanEvidence } from '../../../src-shared/domain/scan.ts';
import { openStore, type Store } from '../../../src-main/store/open-store.ts';
import { aManager } from '../../builders/a-manager.ts';
import { aDataFolder, aStore } from '../../builders/a-store.ts';
import { commit, NOW_MS } from '../../builders/committing.ts';
import { aKesMessage, aPythonLine, aResponse, aScriptLine } from '../../builders/heard-alerts.ts';
import { aSentScan } from '../../builders/some-evidence.ts';
import { fixture, readAlerts } from '../../builders/read-alerts.ts';

const LATER_MS = Date.parse('2026-11-22T00:00:00Z');
const TRIGGER = {
  alertId: '1795161600.1',
  ruleId: '5104',
  description: 'Promiscuous.',
  timeMs: NOW_MS - 1000,
};

/** A store with the connection prod, whose alerts are followed. */
function aManagedStore(folder = aDataFolder()) {
  const store = aStore(folder);
  const { sourceId } = aManager(store, 'prod');
  return { ...store, localId: store.sourceId, sourceId };
}

function collect(store: Pick<Store, 'scanAlerts'>, nowMs = NOW_MS) {
  return store.scanAlerts.collect(1000, nowMs);
}

function details(store: Store, scanId: number): readonly Pick<ScanEvidence, 'what' | 'detail'>[] {
  return store.scans.evidence(scanId).map(({ what, detail }) => ({ what, detail }));
}

describe('alerts of a connection', () => {
  test('are the evidence of the scan that was sent: launch, both lines of it, and the states of its task', () => {
    const store = aManagedStore();
    const id = aSentScan(store);
    commit(store, [
      aResponse(NOW_MS + 1000),
      aPythonLine(NOW_MS + 2000),
      aKesMessage(NOW_MS + 3000),
      aKesMessage(NOW_MS + 60_000, { taskState: 'Completed' }),
    ]);
    const { alerts, scans } = collect(store, NOW_MS + 60_000);
    expect(alerts).toBe(4);
    expect(scans).toEqual([{ scanId: id, orderId: 1, isLive: true }]);
    expect(details(store, id).slice(2)).toEqual([
      { what: 'launched', detail: 'kaspersky ran on the agent with --full_scan' },
      { what: 'launched', detail: 'kaspersky.py ran on the agent with --full_scan' },
      { what: 'task-state', detail: 'Scan_My_Computer: Started (rule 17000)' },
      { what: 'task-state', detail: 'Scan_My_Computer: Completed (rule 17000)' },
    ]);
    expect(store.scans.scan(id)).toMatchObject({ state: 'finished', endedMs: NOW_MS + 60_000 });
  });

  test('count once, whenever and in whichever form they are read again', () => {
    const store = aManagedStore();
    const id = aSentScan(store);
    const launch = aResponse(NOW_MS + 1000);
    commit(store, [launch, launch]);
    collect(store);
    const asText = { ...launch, agent: { id: null, name: 'web-01', ip: null }, managerName: null };
    commit(store, [launch, asText]);
    commit({ ...store, sourceId: store.localId }, [asText]);
    expect(collect(store)).toEqual({ alerts: 0, scans: [] });
    expect(details(store, id)).toHaveLength(3);
  });

  test('of our script are its scan’s by their token, with what KES found', () => {
    const store = aManagedStore();
    const id = aSentScan(store, { program: 'script' });
    const token = store.scans.scan(id)?.token ?? '';
    commit(store, [
      aScriptLine(NOW_MS + 1000, { token, event: 'started', code: 70 }),
      aScriptLine(NOW_MS + 2000, { token, event: 'state', state: 'started' }),
      aScriptLine(NOW_MS + 3000, { token, event: 'detection', threat: 'EICAR', path: '/srv/\u202Efdp.exe' }),
      aScriptLine(NOW_MS + 4000, { token, event: 'result', code: 0, counts: { detected: 1, removed: 1 } }),
    ]);
    collect(store, LATER_MS);
    expect(details(store, id).slice(2)).toEqual([
      { what: 'launched', detail: 'Scan_My_Computer ran already; it is followed' },
      { what: 'task-state', detail: 'Scan_My_Computer: started' },
      { what: 'detection', detail: 'EICAR in /srv/⟨RLO⟩fdp.exe' },
      { what: 'result', detail: 'Scan_My_Computer ended' },
    ]);
    expect(store.scans.scan(id)).toMatchObject({
      state: 'finished-with-detections',
      endedMs: NOW_MS + 4000,
    });
  });

  test('of our script say why a scan was refused or failed', () => {
    const store = aManagedStore();
    const refused = aSentScan(store, { program: 'script', token: 'aaaaaaaaaaaaaaaa' });
    const failed = aSentScan(store, { program: 'script', token: 'bbbbbbbbbbbbbbbb' });
    commit(store, [
      aScriptLine(NOW_MS + 1, { token: 'aaaaaaaaaaaaaaaa', event: 'refused', words: 'unknown kind' }),
      aScriptLine(NOW_MS + 2, {
        token: 'bbbbbbbbbbbbbbbb',
        event: 'result',
        code: 64,
        words: 'No\u0007 service',
      }),
    ]);
    collect(store);
    expect(store.scans.scan(refused)?.state).toBe('refused');
    expect(details(store, refused).at(-1)?.detail).toContain('unknown kind');
    expect(store.scans.scan(failed)?.state).toBe('failed');
    expect(details(store, failed).at(-1)?.detail).toBe(
      'Scan_My_Computer: KES is not running there. kesl-control said: No␇ service',
    );
  });

  test('of another connection’s agent with the same number belong to nobody here', () => {
    const store = aManagedStore();
    const id = aSentScan(store, { profile: 'other' });
    commit(store, [aResponse(NOW_MS + 1000)]);
    expect(collect(store).scans).toMatchObject([{ orderId: null }]);
    expect(store.scans.scan(id)?.state).toBe('sent');
  });

  test('about a response that the manager launched by itself become a scan of their own, with its likely cause', () => {
    const store = aManagedStore();
    commit(store, [aPythonLine(NOW_MS + 500), aResponse(NOW_MS + 1000, { trigger: TRIGGER })]);
    const scanId = collect(store, LATER_MS).scans[0]?.scanId ?? 0;
    expect(store.scans.scan(scanId)).toMatchObject({
      orderId: null,
      profile: 'prod',
      agentId: '001',
      kind: 'full',
      route: null,
      program: 'wrapper',
      state: 'launched',
      askedMs: NOW_MS + 500,
      likelyCause: { alertId: '1795161600.1', ruleId: '5104', description: 'Promiscuous.', secondsBefore: 2 },
    });
    expect(details(store, scanId).map(({ what }) => what)).toEqual(['requested', 'launched', 'launched']);
  });

  test('are collected after a kill between their commit and their collection', () => {
    const folder = aDataFolder();
    const store = aManagedStore(folder);
    const id = aSentScan(store);
    commit(store, [aResponse(NOW_MS + 1000)]);
    store.close();
    const again = openStore(folder);
    try {
      expect(collect(again).scans).toMatchObject([{ scanId: id }]);
      expect(again.scans.scan(id)?.state).toBe('launched');
    } finally {
      again.close();
    }
  });

  test('about what KES found in a task of its own are kept for the file’s sake', () => {
    const store = aManagedStore();
    const detection = { threat: 'EICAR-Test-File', path: '/srv/x.exe' };
    commit(store, [aKesMessage(NOW_MS, { taskName: 'File_Monitoring', taskState: null, detection })]);
    expect(collect(store)).toEqual({ alerts: 1, scans: [] });
  });
});

describe('alerts of a file that somebody brought', () => {
  test('show what a manager launched, and reach no scan of a connection by agent and time', () => {
    const store = aManagedStore();
    const id = aSentScan(store);
    commit({ ...store, sourceId: store.localId }, [aResponse(NOW_MS + 1000)]);
    expect(collect(store).scans).toMatchObject([{ orderId: null, isLive: false }]);
    expect(store.scans.scan(id)?.state).toBe('sent');
  });

  test('tell of a scan whose token they carry', () => {
    const store = aManagedStore();
    const id = aSentScan(store, { program: 'script' });
    const token = store.scans.scan(id)?.token ?? '';
    commit({ ...store, sourceId: store.localId }, [aScriptLine(NOW_MS + 1000, { token })]);
    expect(collect(store).scans).toMatchObject([{ scanId: id, isLive: false }]);
  });
});

describe.each(['json', 'log'] as const)('the alerts of a real 4.14.7 manager, as %s', (format) => {
  test('show the scans that its trigger groups launched, each once', () => {
    const store = aManagedStore();
    const { records } = readAlerts(format, fixture(`wazuh-4.14.7/alerts.${format}`));
    commit(
      store,
      records.map(({ alert }) => alert),
      LATER_MS,
    );
    const { scans } = collect(store, LATER_MS);
    expect(
      scans
        .map(({ scanId }) => store.scans.scan(scanId))
        .map((scan) => [scan?.agentName, scan?.kind, scan?.likelyCause?.ruleId, scan?.state]),
    ).toEqual([
      ['agent_centos', 'full', '5104', 'finished'],
      ['agent_centos', 'realtime-on', '5104', 'launched'],
      ['agent_centos', 'full', '5104', 'launched'],
      ['wazuh-manager', 'full', '5104', 'launched'],
      ['wazuh-manager', 'realtime-on', '5104', 'launched'],
      ['agent_centos', 'memory', '100211', 'launched'],
    ]);
    expect(store.tallies()).toMatchObject({ scans_running: 0, scans_waiting: 0 });
  });
});
