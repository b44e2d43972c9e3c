import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { UNSEEN_RESULT } from '../../../src-shared/domain/scan.ts';
import { UNKNOWN_AFTER_MS } from '../../../src-shared/domain/scan-state.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { aDraft } from '../../builders/a-profile.ts';
import { aDataFolder, aStore } from '../../builders/a-store.ts';
import { anOrder, aStoredScan } from '../../builders/a-stored-scan.ts';
import { NOW_MS } from '../../builders/committing.ts';
import { seen } from '../../builders/some-evidence.ts';

type TestStore = ReturnType<typeof aStore>;

function order(store: TestStore, agents = 1, change: Parameters<typeof aStoredScan>[1] = {}) {
  const scans = Array.from({ length: agents }, (_, index) => aStoredScan(index + 1, change));
  return store.scans.addOrder(anOrder({ askedMs: NOW_MS }), scans, NOW_MS);
}

test('an order keeps its scans, each with the request as its first evidence', () => {
  const store = aStore();
  const { orderId, scanIds } = order(store, 3);
  expect(store.scans.order(orderId)).toMatchObject({ kind: 'full', askedBy: 'operator', heldBecause: null });
  expect(store.scans.scansOf(orderId).map(({ id, agentId, state }) => ({ id, agentId, state }))).toEqual(
    scanIds.map((id, index) => ({ id, agentId: `00${index + 1}`, state: 'planned' })),
  );
  expect(store.scans.evidence(scanIds[0] ?? 0)).toMatchObject([
    { what: 'requested', source: 'app', detail: 'Asked for by operator' },
  ]);
  expect(store.scans.openOrders().map(({ id }) => id)).toEqual([orderId]);
  expect(store.tallies()).toMatchObject({ scans_waiting: 3, scans_running: 0 });
});

test('a scan’s state follows its evidence, and its end is noted and taken back', () => {
  const store = aStore();
  const [id = 0] = order(store).scanIds;
  expect(store.scans.addEvidence(id, [seen('sending')])).toMatchObject({ state: 'sent', sentMs: NOW_MS });
  expect(store.scans.addEvidence(id, [seen('failed')])).toMatchObject({ state: 'failed', endedMs: NOW_MS });
  expect(store.scans.addEvidence(id, [seen('launched')])).toMatchObject({ state: 'launched', endedMs: null });
  const result = { ...UNSEEN_RESULT, exitCode: 0, detections: 0 };
  const ended = store.scans.addEvidence(id, [seen('result', { facts: { kind: 'result', result } })]);
  expect(ended).toMatchObject({ state: 'finished-clean', endedMs: NOW_MS });
  expect(store.scans.openOrders()).toEqual([]);
  expect(store.tallies()).toMatchObject({ scans_waiting: 0, scans_running: 0 });
});

test('nobody changes or removes what was seen, nor what was audited', () => {
  const store = aStore();
  order(store);
  store.audit.append({ who: 'operator', deed: 'scan', detail: 'full on 001' }, NOW_MS);
  const other = new Database(store.path);
  try {
    for (const table of ['scan_evidence', 'audit_entry']) {
      expect(() => other.exec(`UPDATE ${table} SET detail = 'x'`)).toThrow('append-only');
      expect(() => other.exec(`DELETE FROM ${table}`)).toThrow('append-only');
      expect(() => other.exec(`INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`)).toThrow(
        'append-only',
      );
    }
    expect(() =>
      other.exec("INSERT INTO audit_entry VALUES (9, 'now', 'who', 'deed', 'detail', 'hash')"),
    ).toThrow('append-only');
  } finally {
    other.close();
  }
});

test('a scan that gives no sign becomes unknown, and a late sign corrects that', () => {
  const store = aStore();
  const [id = 0] = order(store).scanIds;
  store.scans.addEvidence(id, [seen('sending')]);
  expect(store.scans.noteSilence(NOW_MS + UNKNOWN_AFTER_MS)).toBe(0);
  expect(store.scans.noteSilence(NOW_MS + UNKNOWN_AFTER_MS + 1)).toBe(1);
  expect(store.scans.scan(id)?.state).toBe('unknown');
  expect(store.tallies()).toMatchObject({ scans_running: 0 });
  expect(store.scans.addEvidence(id, [seen('launched')]).state).toBe('launched');
});

test('what was kept is there after a restart, to the letter', () => {
  const folder = aDataFolder();
  const store = openStore(folder);
  const { scanIds } = store.scans.addOrder(
    anOrder({ originFileId: 7 }),
    [aStoredScan(1, { kind: 'file', path: '/srv/“x”\u0301', waitsUntilMs: NOW_MS, isCanary: true })],
    NOW_MS,
  );
  const [id = 0] = scanIds;
  store.scans.setTask(id, { name: 'Scan_My_Computer', since: '2026-11-21 10:00:00' });
  store.scans.addEvidence(id, [
    seen('progress', { facts: { kind: 'progress', percent: 61.5, objects: 23180 } }),
  ]);
  const before = store.scans.scan(id);
  store.close();
  const again = openStore(folder);
  try {
    expect(again.scans.scan(id)).toEqual(before);
    expect(before).toMatchObject({ state: 'running', isCanary: true, task: { name: 'Scan_My_Computer' } });
    expect(again.scans.byToken(before?.token ?? '')?.id).toBe(id);
  } finally {
    again.close();
  }
});

test('a held order waits for a person until they let it go on or nothing of it waits', () => {
  const store = aStore();
  const { orderId, scanIds } = order(store, 2);
  store.scans.setHeld(orderId, 'The first agent failed.');
  expect(store.tallies().orders_held).toBe(1);
  store.scans.passCanary(orderId);
  expect(store.tallies().orders_held).toBe(0);
  expect(store.scans.order(orderId)).toMatchObject({ heldBecause: null, rules: { canary: false } });
  store.scans.setHeld(orderId, 'Again.');
  for (const id of scanIds) store.scans.addEvidence(id, [seen('cancelled')]);
  expect(store.tallies()).toMatchObject({ orders_held: 0, scans_waiting: 0 });
});

test('an agent that reports without end fills no disk: what changes nothing is left out', () => {
  const store = aStore();
  const [id = 0] = order(store).scanIds;
  const many = Array.from({ length: 2500 }, () => seen('progress'));
  store.scans.addEvidence(id, many);
  expect(store.scans.evidence(id)).toHaveLength(2000);
  expect(store.scans.addEvidence(id, [seen('failed')]).state).toBe('failed');
});

test('a renamed connection keeps its scans; a removed one leaves them, and its agents’ access goes', () => {
  const store = aStore();
  const id = store.profiles.add(aDraft({ name: 'prod' }));
  const [scanId = 0] = order(store).scanIds;
  store.agentKes.setAccess('prod', null, ACCESS);
  store.agentKes.remember('prod', '001', { kesVersion: '12.1.0', script: 'installed' });

  store.profiles.change(id, aDraft({ name: 'fra' }));
  expect(store.scans.scan(scanId)?.profile).toBe('fra');
  expect(store.agentKes.access('fra', null)).toEqual(ACCESS);
  expect(store.agentKes.memory('fra', '001')).toMatchObject({ kesVersion: '12.1.0', script: 'installed' });

  store.profiles.remove(id);
  expect(store.scans.scan(scanId)?.profile).toBe('fra');
  expect(store.agentKes.access('fra', null)).toBeNull();

  const other = store.profiles.add(aDraft({ name: 'ams' }));
  store.profiles.change(other, aDraft({ name: 'fra' }));
  expect(store.scans.scan(scanId)?.profile).toBe('fra (removed 1)');
});

const ACCESS = {
  isOn: true,
  host: '{ip}',
  port: 22,
  user: 'admin',
  methods: ['key' as const],
  keyPath: '~/.ssh/id_ed25519',
  throughManager: true,
  elevation: 'sudo' as const,
};

test('an agent’s own access is beside the template and can be taken back', () => {
  const store = aStore();
  store.profiles.add(aDraft({ name: 'prod' }));
  store.agentKes.setAccess('prod', null, ACCESS);
  store.agentKes.setAccess('prod', '001', { ...ACCESS, user: 'root' });
  expect(store.agentKes.access('prod', '001')?.user).toBe('root');
  store.agentKes.setAccess('prod', '001', null);
  expect(store.agentKes.access('prod', '001')).toBeNull();
  expect(store.agentKes.access('prod', null)?.user).toBe('admin');
  expect(() => store.agentKes.setAccess('nowhere', null, ACCESS)).toThrow(DomainError);
  expect(store.agentKes.memory('prod', '002')).toMatchObject({ script: 'unknown', taskNames: null });
});
