import { array, assert, constantFrom, integer, oneof, property, record, constant } from 'fast-check';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openStore } from '../../../src-main/store/open-store.ts';
import { deriveScanState } from '../../../src-shared/domain/scan-state.ts';
import { EVIDENCE_KINDS, type ScanEvidence } from '../../../src-shared/domain/scan.ts';
import { aDataFolder } from '../../builders/a-store.ts';
import { anOrder, aStoredScan } from '../../builders/a-stored-scan.ts';
import { NOW_MS } from '../../builders/committing.ts';
import { aKesMessage, aPythonLine, aResponse } from '../../builders/heard-alerts.ts';
import { commit } from '../../builders/committing.ts';

const step = oneof(
  record({ type: constant('order' as const), agents: integer({ min: 1, max: 3 }) }),
  record({
    type: constant('evidence' as const),
    scan: integer({ min: 1, max: 12 }),
    what: constantFrom(...EVIDENCE_KINDS),
    again: constantFrom(...EVIDENCE_KINDS),
  }),
  record({ type: constant('alert' as const), kind: constantFrom('json', 'words', 'kes', 'collect') }),
  record({ type: constant('hold' as const), order: integer({ min: 1, max: 3 }) }),
  record({ type: constant('go-on' as const), order: integer({ min: 1, max: 3 }) }),
  record({ type: constant('silence' as const) }),
  record({ type: constant('reopen' as const) }),
);

const WRAPPER_OR_SSH = constantFrom('wrapper' as const, 'kesl-control' as const);

test('states and counters equal what the evidence says, whatever happens in whatever order', () => {
  assert(
    property(array(step, { maxLength: 40 }), WRAPPER_OR_SSH, (steps, program) => {
      const folder = aDataFolder();
      let nowMs = NOW_MS;
      const clock = { now: () => nowMs };
      const open = () => {
        const store = openStore(folder, { clock });
        const sourceId = store.sources.add({
          profile: 'prod',
          path: '/prod/alerts.json',
          format: 'json',
          isFollowed: true,
          readsArchives: false,
        });
        return { ...store, sourceId };
      };
      let store = open();
      const piece = (what: ScanEvidence['what']): ScanEvidence => ({
        what,
        source: 'app',
        time: new Date(nowMs).toISOString(),
        detail: what,
        facts: null,
      });
      for (const act of steps) {
        nowMs += 30_000;
        if (act.type === 'order') {
          const scans = Array.from({ length: act.agents }, (_, index) =>
            aStoredScan(index + 1, { program, agentName: 'web-01', agentId: '001' }),
          );
          store.scans.addOrder(anOrder({ askedMs: nowMs }), scans, nowMs);
        } else if (act.type === 'evidence') {
          if (store.scans.scan(act.scan))
            store.scans.addEvidence(act.scan, [piece(act.what), piece(act.again)]);
        } else if (act.type === 'alert') {
          if (act.kind === 'json') commit(store, [aResponse(nowMs)], nowMs);
          else if (act.kind === 'words') commit(store, [aPythonLine(nowMs)], nowMs);
          else if (act.kind === 'kes') commit(store, [aKesMessage(nowMs)], nowMs);
          else store.scanAlerts.collect(2, nowMs);
        } else if (act.type === 'hold') store.scans.setHeld(act.order, 'because');
        else if (act.type === 'go-on') store.scans.passCanary(act.order);
        else if (act.type === 'silence') {
          nowMs += 11 * 60_000;
          store.scans.noteSilence(nowMs);
        } else {
          store.close();
          store = open();
        }
      }
      store.scans.noteSilence(nowMs);
      const { scans_running, scans_waiting, orders_held } = store.tallies();
      store.close();
      const db = new Database(store.path, { readonly: true });
      const count = (sql: string) => Number(db.prepare(sql).pluck().get());
      try {
        expect({ scans_running, scans_waiting, orders_held }).toEqual({
          scans_running: count(
            `SELECT count(*) FROM scan WHERE state IN ('sent', 'running') OR (state = 'launched' AND program <> 'wrapper')`,
          ),
          scans_waiting: count(`SELECT count(*) FROM scan WHERE state IN ('planned', 'waiting-for-agent')`),
          orders_held: count(
            `SELECT count(*) FROM scan_order WHERE held_because IS NOT NULL AND id IN (
               SELECT order_id FROM scan WHERE state IN ('planned', 'waiting-for-agent'))`,
          ),
        });
        expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
      } finally {
        db.close();
      }
      const again = open();
      try {
        for (let id = 1; again.scans.scan(id); id += 1) {
          const scan = again.scans.scan(id);
          const state = deriveScanState(scan?.kind ?? 'full', again.scans.evidence(id), nowMs);
          expect(scan?.state).toBe(state);
        }
      } finally {
        again.close();
      }
    }),
    { numRuns: 60 },
  );
});
