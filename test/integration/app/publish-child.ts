import { appendFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { PublishPump, SEEN_WITHIN_MS } from '../../../src-main/app/publishing/publish-pump.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { withCommitPoints } from '../../builders/commit-points.ts';
import { ManualClock } from '../../builders/manual-clock.ts';

/**
 * Hands what waits in the store of DATA_FOLDER over by writing it to HANDED_OVER with the time, unless it dies at a
 * commit point before. Its own clock begins at NOW_MS and goes on for LIFE_MS.
 */
const store = openStore(process.env['DATA_FOLDER'] ?? '');
const [stored] = store.profiles.list();
const clock = new ManualClock(Number(process.env['NOW_MS']));
const pump = new PublishPump({
  profileId: stored?.profile.id ?? 0,
  publications: withCommitPoints(store.publications, ['begin', 'markSent'], 'around'),
  handOver: async ({ event }) =>
    appendFileSync(process.env['HANDED_OVER'] ?? '', `${clock.now()} ${event}\n`),
  isReady: () => true,
  isFollowing: () => true,
  mayBeSeen: () => true,
  clock,
  intervalMs: 100,
  changed: () => undefined,
});
pump.start();
const lifeMs = Number(process.env['LIFE_MS']);
for (let passed = 0; passed <= lifeMs; passed += SEEN_WITHIN_MS / 15) {
  for (let round = 0; round < 20; round += 1) {
    await setImmediate();
    await clock.advance(100);
  }
  await clock.advance(SEEN_WITHIN_MS / 15);
}
await pump.stop();
store.close();
