import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isWaiting } from '../../../src-main/kes/desk/next-step.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { AFleet } from '../../builders/a-fleet.ts';
import { allOf, aRequest } from '../../builders/a-fleet-request.ts';
import { aScanDesk } from '../../builders/a-scan-desk.ts';
import { aDataFolder, aStore } from '../../builders/a-store.ts';
import { runUntilCommitPoint } from '../../builders/commit-points.ts';
import { aDraft } from '../../builders/a-profile.ts';

describe('a desk that ended in the middle', () => {
  test('what waited goes on; what was under way may have been sent and is not sent again', async () => {
    const store = aStore();
    const first = aScanDesk({ fleet: new AFleet(5), store });
    first.fleet.answer = ({ signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('gone'))));
    await first.desk.launch(aRequest({ agents: allOf(first.fleet) }), true);
    await first.settle();
    expect(first.fleet.requests).toHaveLength(3);
    await first.desk.close();

    const second = aScanDesk({ fleet: new AFleet(5), store });
    await second.settle();

    expect(second.fleet.requests.map(({ query }) => query?.['agents_list'])).toEqual(['004', '005']);
    expect(second.scans().map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'sent'));
    expect(second.evidence(1).at(-1)).toMatchObject({ what: 'not-seen' });
    await second.pass(11 * 60_000);
    expect(second.scans().map(({ state }) => state)).toEqual(Array.from({ length: 5 }, () => 'unknown'));
    expect(second.fleet.requests).toHaveLength(2);
  });

  test('an order that was held, paused or waiting is so again', async () => {
    const store = aStore();
    const first = aScanDesk({ fleet: new AFleet(3, { status: 'disconnected' }), store });
    const rules = { atOnce: 9, pauseSeconds: 0, canary: true, waitHours: 2 };
    await first.desk.launch(aRequest({ agents: allOf(first.fleet), rules }), true);
    await first.settle();
    await first.desk.close();
    const second = aScanDesk({ fleet: new AFleet(3), store });
    await second.settle();
    // Only the canary, the first of them.
    expect(second.fleet.requests).toHaveLength(1);
  });
});

const child = new URL('scan-desk-child.ts', import.meta.url);
const AGENTS = 60;
/**
 * Before and after launching, after the first `sending` (nothing has left yet), around the first answer, and further on:
 * there are two writes for each agent, each with a point before and after.
 */
const POINTS = [1, 2, 4, 9, 10, 60, 121, 242];

test.each(POINTS)(
  'killed at commit point %i of a scan over 60 agents: nobody is asked twice, nobody is forgotten',
  { timeout: 120_000 },
  async (point) => {
    const store = aStore();
    store.profiles.add(aDraft({ name: 'prod' }));
    store.close();
    const requests = join(aDataFolder(), 'requests');
    const environment = { DATA_FOLDER: store.folder, REQUESTS: requests, AGENTS: String(AGENTS) };
    expect(await runUntilCommitPoint(child, point, environment)).toBe('killed');
    // Killed a second time on the way, further on.
    await runUntilCommitPoint(child, point + 20, environment);
    expect(await runUntilCommitPoint(child, 0, environment)).toBe('finished');

    const asked = existsSync(requests) ? readFileSync(requests, 'utf8').trimEnd().split('\n') : [];
    expect(new Set(asked).size).toBe(asked.length);
    const after = openStore(store.folder);
    const scans = after.scans.scansOf(1);
    expect(scans).toHaveLength(AGENTS);
    expect(scans.filter(isWaiting)).toEqual([]);
    for (const { id, agentId } of scans) {
      const seen = after.scans.evidence(id).map(({ what }) => what);
      expect(seen.filter((what) => what === 'sending')).toHaveLength(1);
      // Whoever was not asked is known to be unsure.
      expect(asked.includes(agentId) || seen.includes('not-seen')).toBe(true);
    }
    after.close();
  },
);
