import type { StoredOrder, StoredScan } from '../../src-main/kes/scan-store.ts';

export const ASKED_MS = Date.parse('2026-11-21T10:00:00Z');

export function anOrder(change: Partial<StoredOrder> = {}): StoredOrder {
  return {
    id: 1,
    kind: 'full',
    path: null,
    action: 'as-set',
    rules: { atOnce: 2, pauseSeconds: 0, canary: false, waitHours: 24 },
    askedMs: ASKED_MS,
    askedBy: 'operator',
    originFileId: null,
    heldBecause: null,
    ...change,
  };
}

export function aStoredScan(id: number, change: Partial<StoredScan> = {}): StoredScan {
  return {
    id,
    orderId: 1,
    profile: 'prod',
    agentId: String(id).padStart(3, '0'),
    agentName: `agent-${id}`,
    kind: 'full',
    path: null,
    action: 'as-set',
    route: 'api',
    program: 'wrapper',
    dispatch: { route: 'api', path: '/active-response', query: {}, body: {} },
    exact: ['PUT /active-response'],
    token: `token${String(id).padStart(11, '0')}`,
    isCanary: false,
    waitsUntilMs: null,
    state: 'planned',
    askedMs: ASKED_MS,
    sentMs: null,
    endedMs: null,
    task: null,
    likelyCause: null,
    ...change,
  };
}
