import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { LabApiAgent } from '../../../src-main/lab/api/api-agents.ts';
import { AFleet } from '../../builders/a-fleet.ts';
import { allOf, aRequest } from '../../builders/a-fleet-request.ts';
import { aListedAgent } from '../../builders/a-listed-agent.ts';
import { aScanDesk } from '../../builders/a-scan-desk.ts';
import { Apis } from '../../builders/an-api.ts';
import { ManualClock } from '../../builders/manual-clock.ts';

const apis = new Apis();
afterEach(() => apis.clean());

const AGENTS = 500;
/** The API's own limit is 300 for all its users together; this program takes no more than its share. */
const SHARE_PER_MINUTE = 240;
const MB = 1024 * 1024;
const LAUNCHED = { what: 'launched', source: 'alert', detail: 'Started on the agent', facts: null } as const;

function listed({ agents }: AFleet): readonly LabApiAgent[] {
  return [...agents.values()].map(({ agentId, name }) => aListedAgent({ id: agentId, name }));
}

test(
  'a scan over 500 agents asks each once, never above the shared limit, in bounded memory',
  { timeout: 120_000 },
  async () => {
    const fleet = new AFleet(AGENTS);
    const clock = new ManualClock('2026-11-21T10:00:00Z');
    const asked: string[] = [];
    const api = await apis.start({
      clock,
      agents: () => listed(fleet),
      onActiveResponse: ({ agentId }) => asked.push(agentId),
    });
    const client = apis.client(api, { clock });
    fleet.answer = (request) => client.request(request);
    const at = aScanDesk({ fleet, clock });
    global.gc?.();
    const heapBefore = process.memoryUsage().heapUsed;
    const { orderId } = await at.desk.launch(aRequest({ agents: allOf(fleet) }), true);
    const scanOf = new Map(at.scans(orderId).map(({ agentId, id }) => [agentId, id]));
    let started = 0;
    // The last one is noted as sent before its request has its turn.
    while (at.store.tallies().scans_waiting > 0 || asked.length < AGENTS) {
      await pause(3);
      // Each agent tells of its start at once: the API alone sets the pace.
      const launched = asked.slice(started).flatMap((agentId) => scanOf.get(agentId) ?? []);
      started = asked.length;
      const time = new Date(clock.now()).toISOString();
      for (const id of launched) at.store.scans.addEvidence(id, [{ ...LAUNCHED, time }]);
      at.desk.heardOf(launched);
      await clock.advance(500);
    }
    await pause(50);

    expect(asked.toSorted()).toEqual([...fleet.agents.keys()].toSorted());
    const times = api.control.requests().map(({ at: ms }) => ms);
    const inMinuteFrom = (ms: number) => times.filter((other) => other >= ms && other < ms + 60_000).length;
    expect(Math.max(...times.map(inMinuteFrom))).toBeLessThanOrEqual(SHARE_PER_MINUTE);
    expect(api.control.requests().filter(({ status }) => status !== 200)).toEqual([]);
    expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(64 * MB);
    expect(at.troubles).toEqual([]);
  },
);
