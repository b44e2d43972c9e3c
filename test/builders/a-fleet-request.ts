import type { ScanRequest } from '../../src-shared/ipc/scans.ts';
import type { AFleet } from './a-fleet.ts';

export const PROFILE = 'prod';

/** A full scan of the first agent, as many at once as may be. */
export function aRequest(change: Partial<ScanRequest> = {}): ScanRequest {
  return {
    agents: [{ profile: PROFILE, agentId: '001' }],
    kind: 'full',
    path: null,
    action: 'as-set',
    route: null,
    program: null,
    rules: { atOnce: 100, pauseSeconds: 0, canary: false, waitHours: 0 },
    originFileId: null,
    ...change,
  };
}

/** All agents of a fleet. */
export function allOf(fleet: AFleet): ScanRequest['agents'] {
  return [...fleet.agents.keys()].map((agentId) => ({ profile: PROFILE, agentId }));
}
