import { systemClock } from '../../../src-main/app/clock.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { LookupQueue } from '../../../src-main/virustotal/lookup-queue.ts';
import { QuotaLedger } from '../../../src-main/virustotal/quota-ledger.ts';
import { VirusTotalClient } from '../../../src-main/virustotal/virustotal-client.ts';
import { withCommitPoints } from '../../builders/commit-points.ts';
import { aHash, ChangeableKey } from '../../builders/lookup-bench.ts';

/** Works a queue of some files off against the server it is given; goes on where a killed one stopped. */
const environment = process.env;
const store = openStore(environment['DATA_FOLDER'] ?? '');
const quota = withCommitPoints(store.quota, ['reserve', 'settleReservation', 'saveLimits', 'raiseUse']);
const client = new VirusTotalClient({
  baseUrl: environment['SERVICE_URL'] ?? '',
  version: '0.0.0',
  clock: systemClock,
});
const queue = new LookupQueue({
  store: withCommitPoints(store.lookups, ['settle'], 'around'),
  ledger: new QuotaLedger(quota, systemClock),
  client,
  keys: new ChangeableKey(environment['SERVICE_KEY'] ?? ''),
  clock: systemClock,
  onTrouble: (error) => {
    throw error;
  },
});
for (let index = 0; index < Number(environment['FILES']); index += 1) {
  store.files.askHash(aHash(`file ${index}`));
}
queue.start();
await queue.whenIdle({ signal: new AbortController().signal });
await queue.stop();
await client.close();
store.close();
