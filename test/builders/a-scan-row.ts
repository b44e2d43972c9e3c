import type { ScanOrder, ScanRow } from '../../src-shared/ipc/scans.ts';

/** A full scan that ended without a detection; say only what matters. */
export function aScanRow(parts: Partial<ScanRow> = {}): ScanRow {
  return {
    id: 1,
    orderId: 1,
    profile: 'mgr-fra-1',
    agentId: '007',
    agentName: 'db-fra-1',
    kind: 'full',
    path: null,
    action: 'as-set',
    route: 'agent-ssh',
    program: 'kesl-control',
    state: 'finished-clean',
    summary: 'Nothing detected, 418,220 objects',
    result: null,
    percent: null,
    askedAt: '2026-11-17T08:00:00.000Z',
    askedBy: 'operator',
    endedAt: '2026-11-17T08:20:00.000Z',
    isAutomatic: false,
    ...parts,
  };
}

/** A full scan of eleven agents, all of which ended without a detection. */
export function aScanOrder(parts: Partial<ScanOrder> = {}): ScanOrder {
  return {
    id: 1,
    kind: 'full',
    path: null,
    askedAt: '2026-11-17T08:00:00.000Z',
    askedBy: 'operator',
    rules: { atOnce: 5, pauseSeconds: 0, canary: true, waitHours: 24 },
    agents: 11,
    byState: { 'finished-clean': 11 },
    heldBecause: null,
    ...parts,
  };
}
