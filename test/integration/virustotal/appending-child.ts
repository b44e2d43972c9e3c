import { join } from 'node:path';
import { openStore } from '../../../src-main/store/open-store.ts';
import { IntegrationLog } from '../../../src-main/virustotal/integration-log.ts';
import { LogFolder } from '../../../src-main/virustotal/log-folder.ts';
import { withCommitPoints } from '../../builders/commit-points.ts';
import { aHash } from '../../builders/lookup-bench.ts';

/** Settles a handful of lookups and appends each line, rotating every other line; goes on where a killed one stopped. */
const dataFolder = process.env['DATA_FOLDER'] ?? '';
const files = Number(process.env['FILES']);
const store = openStore(dataFolder);
const log = new IntegrationLog(
  dataFolder,
  withCommitPoints(store.outbox, ['confirm']),
  { rotateAtBytes: 150, keptFiles: 50 },
  withCommitPoints(new LogFolder(join(dataFolder, 'integration.log')), ['cut', 'append', 'shift']),
);
const lookups = withCommitPoints(store.lookups, ['settle']);

log.flush();
for (let index = 0; index < files; index += 1) store.files.askHash(aHash(`file ${index}`));
for (
  let due = store.lookups.nextDue(Date.now(), new Set());
  due;
  due = store.lookups.nextDue(Date.now(), new Set())
) {
  const { fileId, hash } = due;
  lookups.settle({ fileId, asked: hash, outcome: { kind: 'no-records' }, atMs: Date.now(), retryAtMs: null });
  log.flush();
}
log.close();
store.close();
