import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SEEN_WITHIN_MS } from '../../../src-main/app/publishing/publish-pump.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { aManager } from '../../builders/a-manager.ts';
import { aDataFolder, aStore } from '../../builders/a-store.ts';
import { aFimEvent } from '../../builders/alerts.ts';
import { runUntilCommitPoint } from '../../builders/commit-points.ts';
import { commit, NOW_MS, settleNext } from '../../builders/committing.ts';
import { NO_RECORDS } from '../../builders/outcomes.ts';

const child = new URL('publish-child.ts', import.meta.url);
const OUTCOMES = 2;

/** A data folder with outcomes that wait for one manager. */
function aFolderOfOutcomes() {
  const store = aStore();
  const { profileId, sourceId } = aManager(store, 'fra', 'socket');
  for (let number = 0; number < OUTCOMES; number += 1) {
    commit({ ...store, sourceId }, [aFimEvent()]);
    settleNext(store, NO_RECORDS);
  }
  store.close();
  const handedOver = join(aDataFolder(), 'handed-over');
  /** When each of them was handed over. */
  const timesOf = (): ReadonlyMap<string, readonly number[]> => {
    const lines = existsSync(handedOver) ? readFileSync(handedOver, 'utf8').split('\n').slice(0, -1) : [];
    const byEvent = new Map<string, number[]>();
    for (const line of lines) {
      const event = line.slice(line.indexOf(' ') + 1);
      byEvent.set(event, [...(byEvent.get(event) ?? []), Number.parseInt(line, 10)]);
    }
    return byEvent;
  };
  return { folder: store.folder, profileId, handedOver, timesOf };
}

/** Before and after each write that belongs to the first outcome. */
const COMMIT_POINTS = [1, 2, 3, 4];

test.each(COMMIT_POINTS)(
  'killed at commit point %i, the pump loses no outcome and hands none over twice that may be there already',
  { timeout: 60_000 },
  async (point) => {
    const { folder, profileId, handedOver, timesOf } = aFolderOfOutcomes();
    const environment = { DATA_FOLDER: folder, HANDED_OVER: handedOver };
    const first = { ...environment, NOW_MS: String(NOW_MS), LIFE_MS: '0' };
    expect(await runUntilCommitPoint(child, point, first)).toBe('killed');

    const next = { NOW_MS: String(NOW_MS + 60_000), LIFE_MS: String(SEEN_WITHIN_MS + 120_000) };
    await runUntilCommitPoint(child, 0, { ...environment, ...next });

    expect(timesOf().size).toBe(OUTCOMES);
    for (const [atMs = 0, againMs = Infinity] of timesOf().values()) {
      expect(againMs - atMs).toBeGreaterThanOrEqual(SEEN_WITHIN_MS);
    }
    const store = openStore(folder);
    const { waiting, sent, seen, failed } = store.publications.counts(profileId);
    store.close();
    expect([waiting, sent + seen + failed]).toEqual([0, OUTCOMES]);
  },
);
