import { openStore } from '../../../src-main/store/open-store.ts';
import { aFimEvent } from '../../builders/alerts.ts';
import { commit } from '../../builders/committing.ts';

/** A process of its own that commits one event, says so, and holds the folder until it is killed. */
const store = openStore(process.argv[2] ?? '', { holder: 'a test writer' });
const sourceId = store.sources.add({
  profile: 'local',
  path: '/alerts.json',
  format: 'json',
  isFollowed: false,
  readsArchives: false,
});
commit({ ...store, sourceId }, [aFimEvent()]);
process.stdout.write('committed\n');
setInterval(() => {}, 60_000);
