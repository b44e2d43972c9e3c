import type { ConnectionStatus, WayStatus } from '../../src-shared/ipc/connections.ts';
import type { SourceStatus } from '../../src-shared/ipc/status.ts';
import { NO_COUNTS } from '../../src-shared/domain/counts.ts';

/** One way to a manager; connected unless told otherwise. */
export function aWay(part: Partial<WayStatus> = {}): WayStatus {
  return {
    state: 'connected',
    since: '2026-11-17T13:06:00.000Z',
    retryAt: null,
    error: null,
    need: null,
    ...part,
  };
}

/** A connection over SSH that follows source 1. */
export function aConnectionStatus(part: Partial<ConnectionStatus> = {}): ConnectionStatus {
  return {
    id: 1,
    name: 'mgr-fra-1',
    host: { ...aWay(), kind: 'ssh' },
    api: null,
    allowsLegacyAlgorithms: false,
    sourceId: 1,
    unpublished: 0,
    ...part,
  };
}

/** A source that is followed without delay. */
export function aSourceStatus(part: Partial<SourceStatus> = {}): SourceStatus {
  return {
    id: 1,
    profile: 'mgr-fra-1',
    path: '/var/ossec/logs/alerts/alerts.json',
    format: 'json',
    state: 'following',
    bytesBehind: 0,
    lagMs: 40,
    lastAlertAt: null,
    counts: NO_COUNTS,
    completeness: { since: null, gaps: 0, newestGap: null },
    error: null,
    ...part,
  };
}
