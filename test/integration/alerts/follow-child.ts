import { FollowCursor } from '../../../src-main/alerts/follow-cursor.ts';
import { localAlertFiles } from '../../../src-main/alerts/local-alert-files.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { withCommitPoints } from '../../builders/commit-points.ts';

/**
 * Follows the alert file of ALERTS_PATH into the store of DATA_FOLDER until nothing more comes, unless it dies at a
 * commit point before. Its clock jumps over every wait, so that nothing here takes time.
 */
const path = process.env['ALERTS_PATH'] ?? '';
let skippedMs = 0;
const clock = {
  now: () => Date.now() + skippedMs,
  wait: async (ms: number) => {
    skippedMs += ms;
  },
};
const store = openStore(process.env['DATA_FOLDER'] ?? '');
const sourceId = store.sources.add({
  profile: 'local',
  path,
  format: 'auto',
  isFollowed: true,
  readsArchives: true,
});
const journal = withCommitPoints(store.journal, ['commit'], 'around');
const cursor = new FollowCursor({
  sourceId,
  host: localAlertFiles,
  path,
  format: 'auto',
  archives: true,
  journal,
  clock,
});
for (let quiet = 0; quiet < 2;) {
  const { next, grew } = await cursor.step();
  quiet = next === 'wait' && !grew ? quiet + 1 : 0;
  if (next !== 'more') await clock.wait(1_100);
}
cursor.close();
store.close();
