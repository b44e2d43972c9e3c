import { describe, expect, test } from 'vitest';
import {
  AGENT_PROGRAMS,
  SCAN_KINDS,
  SCAN_ROUTES,
  UNSEEN_RESULT,
  type ScanEvidence,
} from '../../../src-shared/domain/scan.ts';
import { parseWazuhVersion } from '../../../src-shared/domain/wazuh-version.ts';
import type { StoredScan } from '../../../src-main/kes/scan-store.ts';
import { AFleet } from '../../builders/a-fleet.ts';
import { allOf, aRequest, PROFILE } from '../../builders/a-fleet-request.ts';
import { aScanDesk } from '../../builders/a-scan-desk.ts';

const HOUR_MS = 3_600_000;
const script = { script: 'installed' } as const;
const result = (detections: number): ScanEvidence => ({
  what: 'result',
  source: 'script',
  time: '2026-11-17T09:10:00.000Z',
  detail: 'ended',
  facts: {
    kind: 'result',
    result: { ...UNSEEN_RESULT, exitCode: 0, scannedObjects: 10, detections },
  },
});

function aDeskOf(count: number, change: ConstructorParameters<typeof AFleet>[1] = {}) {
  return aScanDesk({ fleet: new AFleet(count, change) });
}

/** All that left, in words, oldest first. */
function leftFrom({ requests, runs, opened }: AFleet): string[] {
  return [
    ...opened.map((agentId) => `ssh ${agentId}`),
    ...runs.map((argv) => JSON.stringify(argv)),
    ...requests.map(({ method, path, query, json }) => JSON.stringify([method, path, query, json])),
  ];
}

/** What a scan is planned to send, in the same words. */
function planned({ agentId, dispatch }: StoredScan): string {
  if (dispatch?.route === 'agent-control') return JSON.stringify(dispatch.argv);
  return dispatch?.route === 'api'
    ? JSON.stringify(['PUT', dispatch.path, dispatch.query, dispatch.body])
    : `ssh ${agentId}`;
}

describe('every kind, way and version', () => {
  const versions = ['3.13.6', '4.1.5', '4.14.7', '5.0.0'];
  const paths = { file: '/srv/a.exe', folder: '/srv/up' };
  const ways = SCAN_ROUTES.flatMap((route) => AGENT_PROGRAMS.map((program) => ({ route, program })));

  test.each(versions)(
    'with %s is sent once as it was planned, or not at all with its reason',
    async (version) => {
      const at = aDeskOf(1, { version });
      at.fleet.facts = { ...at.fleet.facts, version: parseWazuhVersion(version) };
      at.store.agentKes.remember(PROFILE, '001', { ...script, kesVersion: '12.1.0.1508' });
      at.store.agentKes.setAccess(PROFILE, null, ACCESS);
      const told: string[] = [];
      const expected: string[] = [];
      for (const kind of SCAN_KINDS) {
        for (const { route, program } of ways) {
          const path = kind === 'file' || kind === 'folder' ? paths[kind] : null;
          const request = aRequest({ kind, path, route, program });
          const [plan] = await at.desk.plan(request);
          const launched = await at.desk.launch(request, true).catch(() => null);
          await at.settle();
          const name = `${kind} by ${route} with ${program}`;
          const left = leftFrom(at.fleet);
          told.push(`${name}: ${plan?.refusal ? 'refused' : 'planned'}, ${left.join(' and ')}`);
          expected.push(
            `${name}: ${launched ? `planned, ${planned(at.scan(launched.scanIds[0]))}` : 'refused, '}`,
          );
          at.fleet.forget();
        }
      }
      expect(told).toEqual(expected);
      expect(told.filter((line) => line.includes('planned')).length).toBeGreaterThanOrEqual(
        SCAN_KINDS.length,
      );
      expect(at.troubles).toEqual([]);
    },
  );

  test('a script that was installed by hand is known from its first report on', async () => {
    const at = aDeskOf(1);
    const { scanIds } = await at.desk.launch(aRequest({ program: 'script' }), true);
    await at.settle();
    const [scanId = 0] = scanIds;
    expect(at.store.agentKes.memory(PROFILE, '001').script).toBe('unknown');

    at.store.scans.addEvidence(scanId, [result(0)]);
    at.desk.heardOf([scanId]);

    expect(at.store.agentKes.memory(PROFILE, '001').script).toBe('installed');
    expect((await at.desk.plan(aRequest({})))[0]?.program).toBe('script');
  });

  test('a request over SSH is shown as the commands that are run', async () => {
    const at = aDeskOf(1);
    at.store.agentKes.setAccess(PROFILE, null, ACCESS);
    const [plan] = await at.desk.plan(aRequest({ kind: 'boot' }));
    expect(plan?.exact[0]).toBe('ssh kes@10.20.1.11');
    expect(plan?.exact.slice(1)).toEqual(['/opt/kaspersky/kesl/bin/kesl-control --start-task Boot_Scan']);
  });
});

const ACCESS = {
  isOn: true,
  host: '{ip}',
  port: 22,
  user: 'kes',
  methods: ['key'],
  keyPath: '/key',
  throughManager: false,
  elevation: 'none',
} as const;

describe('an order over many agents', () => {
  test('harm has to be accepted, unless it looks only', async () => {
    const at = aDeskOf(1);
    await expect(at.desk.launch(aRequest(), false)).rejects.toMatchObject({
      code: 'scans.harm-not-accepted',
    });
    // A task cannot be told to look only: asking for it changes nothing.
    await expect(at.desk.launch(aRequest({ kind: 'full', action: 'skip' }), false)).rejects.toMatchObject({
      code: 'scans.harm-not-accepted',
    });
    await expect(at.desk.launch(aRequest({ kind: 'update', route: 'api' }), false)).rejects.toMatchObject({
      code: 'scans.nothing-to-send',
    });
    expect(at.fleet.requests).toEqual([]);
  });

  test('no more are under way than its rules say; each end lets the next one go', async () => {
    const at = aDeskOf(5);
    for (const { agentId } of allOf(at.fleet)) at.store.agentKes.remember(PROFILE, agentId, script);
    const rules = { atOnce: 2, pauseSeconds: 0, canary: false, waitHours: 0 };
    const { scanIds } = await at.desk.launch(aRequest({ agents: allOf(at.fleet), rules }), true);
    await at.settle();
    expect(at.fleet.requests).toHaveLength(2);

    at.store.scans.addEvidence(scanIds[0] ?? 0, [result(0)]);
    at.desk.heardOf([scanIds[0] ?? 0]);
    await at.settle();

    expect(at.fleet.requests).toHaveLength(3);
    expect(at.scans().map(({ state }) => state)).toEqual([
      'finished-clean',
      'sent',
      'sent',
      'planned',
      'planned',
    ]);
  });

  test('it pauses between agents', async () => {
    const at = aDeskOf(3);
    const rules = { atOnce: 9, pauseSeconds: 60, canary: false, waitHours: 0 };
    await at.desk.launch(aRequest({ agents: allOf(at.fleet), rules }), true);
    await at.settle();
    expect(at.fleet.requests).toHaveLength(1);
    await at.pass(30_000);
    expect(at.fleet.requests).toHaveLength(1);
    await at.pass(40_000);
    expect(at.fleet.requests).toHaveLength(2);
  });

  test('a pause of a second is one of a second: it ends before the next look at agents that are away', async () => {
    const at = aDeskOf(3);
    const rules = { atOnce: 9, pauseSeconds: 1, canary: false, waitHours: 0 };
    await at.desk.launch(aRequest({ agents: allOf(at.fleet), rules }), true);
    await at.settle();
    expect(at.fleet.requests).toHaveLength(1);
    await at.pass(1_000);
    expect(at.fleet.requests).toHaveLength(2);
    await at.pass(1_000);
    expect(at.fleet.requests).toHaveLength(3);
  });

  test('the canary goes first; detections hold the rest until a person lets it go on', async () => {
    const at = aDeskOf(3);
    for (const { agentId } of allOf(at.fleet)) at.store.agentKes.remember(PROFILE, agentId, script);
    at.fleet.set('001', { status: 'disconnected' });
    const rules = { atOnce: 9, pauseSeconds: 0, canary: true, waitHours: 1 };
    const { orderId } = await at.desk.launch(aRequest({ agents: allOf(at.fleet), rules }), true);
    await at.settle();
    const canary = at.scans().find(({ isCanary }) => isCanary);
    expect(canary?.agentId).toBe('002');
    expect(at.fleet.requests).toHaveLength(1);

    at.store.scans.addEvidence(canary?.id ?? 0, [result(2)]);
    at.desk.heardOf([canary?.id ?? 0]);
    await at.settle();
    expect(at.store.scans.order(orderId)?.heldBecause).toMatch(/agent-002, had detections/);
    expect(at.fleet.requests).toHaveLength(1);

    at.desk.goOn(orderId);
    await at.settle();
    expect(at.fleet.requests).toHaveLength(2);
    expect(at.scans().map(({ state }) => state)).toEqual([
      'waiting-for-agent',
      'finished-with-detections',
      'sent',
    ]);
  });

  test('agents that are away are waited for; one comes back, one does not', async () => {
    const at = aDeskOf(2, { status: 'disconnected' });
    const rules = { atOnce: 9, pauseSeconds: 0, canary: false, waitHours: 2 };
    await at.desk.launch(aRequest({ agents: allOf(at.fleet), rules }), true);
    await at.settle();
    expect(at.scans().map(({ state }) => state)).toEqual(['waiting-for-agent', 'waiting-for-agent']);

    at.fleet.set('001', { status: 'active' });
    await at.pass(10_000);
    expect(at.fleet.requests.map(({ query }) => query)).toEqual([{ agents_list: '001' }]);

    await at.pass(2 * HOUR_MS);
    expect(at.scans().map(({ state }) => state)).toEqual(['unknown', 'expired']);
    expect(at.evidence(2).filter(({ what }) => what === 'waiting-for-agent')).toHaveLength(1);
  });

  test('an agent that left before its turn is not sent anything, and not waited for without leave', async () => {
    const at = aDeskOf(2);
    const rules = { atOnce: 1, pauseSeconds: 0, canary: false, waitHours: 0 };
    const { scanIds } = await at.desk.launch(aRequest({ agents: allOf(at.fleet), rules }), true);
    await at.settle();
    at.fleet.set('002', { status: 'disconnected' });
    at.store.scans.addEvidence(scanIds[0] ?? 0, [result(0)]);
    at.desk.heardOf([scanIds[0] ?? 0]);
    await at.settle();
    expect(at.scan(scanIds[1]).state).toBe('expired');
    expect(at.fleet.requests).toHaveLength(1);
  });

  test('while the manager is away nothing is sent; back again, it goes on', async () => {
    const at = aDeskOf(2);
    at.fleet.isUp = false;
    await at.desk.launch(aRequest({ agents: allOf(at.fleet) }), true);
    await at.pass(60_000);
    expect(at.scans().map(({ state }) => state)).toEqual(['planned', 'planned']);
    at.fleet.isUp = true;
    await at.pass(10_000);
    expect(at.fleet.requests).toHaveLength(2);
  });

  test('what was not sent is taken back; what was sent this way cannot be stopped', async () => {
    const at = aDeskOf(3);
    const rules = { atOnce: 1, pauseSeconds: 0, canary: false, waitHours: 0 };
    const { orderId, scanIds } = await at.desk.launch(aRequest({ agents: allOf(at.fleet), rules }), true);
    await at.settle();
    await expect(at.desk.cancel(scanIds[0] ?? 0)).rejects.toMatchObject({ code: 'scans.cannot-stop' });
    await at.desk.cancel(scanIds[1] ?? 0);
    expect(at.desk.cancelOrder(orderId)).toBe(1);
    await at.pass(HOUR_MS);
    expect(at.scans().map(({ state }) => state)).toEqual(['unknown', 'cancelled', 'cancelled']);
    expect(at.fleet.requests).toHaveLength(1);
    await expect(at.desk.cancel(999)).rejects.toMatchObject({ code: 'scans.gone' });
  });

  test('every wish of a person is in the audit trail, with who had it', async () => {
    const deeds: string[] = [];
    const audit = {
      append: ({ who, deed, detail }: { who: string; deed: string; detail: string }) =>
        void deeds.push(`${who}: ${deed}: ${detail}`),
    };
    const at = aScanDesk({ fleet: new AFleet(2), audit });
    const rules = { atOnce: 1, pauseSeconds: 0, canary: false, waitHours: 0 };
    const { orderId, scanIds } = await at.desk.launch(
      aRequest({ agents: allOf(at.fleet), kind: 'folder', path: '/srv', rules }),
      true,
    );
    await at.desk.cancel(scanIds[1] ?? 0);
    at.desk.goOn(orderId);
    at.desk.cancelOrder(orderId);
    expect(deeds).toEqual([
      'operator: scan folder: /srv, 2 agents: prod/001, prod/002',
      `operator: scan cancel: scan ${scanIds[1]} on prod/002`,
      `operator: order go on: order ${orderId}`,
      `operator: order cancel: order ${orderId}`,
    ]);
  });
});
