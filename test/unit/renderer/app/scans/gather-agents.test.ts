import { expect, test } from 'vitest';
import { holdersOf } from '../../../../../src-renderer/app/scans/gather-agents.ts';
import type { Sighting } from '../../../../../src-shared/ipc/detections.ts';

function sighting(part: Partial<Sighting>): Sighting {
  return {
    eventId: 1,
    profile: 'mgr-fra-1',
    agentId: '003',
    agentName: 'web-ams-1',
    path: '/srv/upload/invoice.exe',
    change: 'added',
    time: '2026-11-17T08:00:00.000Z',
    alertId: '1.1',
    user: null,
    process: null,
    ...part,
  };
}

test('agents that hold a file, path by path, without those that told of its deletion', () => {
  const found = holdersOf([
    sighting({ path: '/tmp/x' }),
    sighting({}),
    sighting({ agentId: '004', agentName: 'web-ams-2' }),
    sighting({ agentId: '005', agentName: 'web-ams-3', change: 'deleted' }),
    sighting({ agentId: null, agentName: 'named only' }),
  ]);
  expect(found.map(({ path, agents }) => [path, agents.map(({ name }) => name)])).toEqual([
    ['/srv/upload/invoice.exe', ['web-ams-1', 'web-ams-2']],
    ['/tmp/x', ['web-ams-1']],
  ]);
});
