import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import {
  LAB_KEY,
  startLabVirusTotal,
  type LabVirusTotal,
} from '../../../src-main/lab/virustotal/lab-virustotal.ts';
import { openReadOnly } from '../../../src-main/store/open-store.ts';
import { readLedger } from '../../../src-main/store/queries/ledger.ts';
import { IntegrationLog } from '../../../src-main/virustotal/integration-log.ts';
import { VirusTotalClient } from '../../../src-main/virustotal/virustotal-client.ts';
import { ledgerSum } from '../../../src-shared/domain/ledger.ts';
import { aKnownFile, hashesOf } from '../../builders/a-known-file.ts';
import { aStore } from '../../builders/a-store.ts';
import { aFimEvent } from '../../builders/alerts.ts';
import { commit, NOW_MS } from '../../builders/committing.ts';
import { ChangeableKey, LookupBench, ServerClock } from '../../builders/lookup-bench.ts';
import { ManualClock } from '../../builders/manual-clock.ts';

/** Distinct files; each is reported three times, by two agents. */
const FILES = 20;
const EVENTS = 3 * FILES;

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** The real store with a backlog, the real client, and a VirusTotal that can be told to misbehave. */
async function aBacklog(totalMs = 30_000) {
  const clock = new ManualClock(NOW_MS);
  const serverClock = new ServerClock(clock);
  const lab = await startLabVirusTotal({
    clock: serverClock,
    limits: { perMinute: 60, perDay: 5_000, perMonth: null },
  });
  lab.control.addFile(aKnownFile({ name: 'content 1', positives: 9 }));
  const client = new VirusTotalClient({
    baseUrl: `${lab.url}/api/v3`,
    version: '0.0.0',
    clock,
    timeouts: { connectMs: 10_000, totalMs },
  });
  const store = aStore();
  const contents = Array.from({ length: FILES }, (_, index) => `content ${index}`);
  for (const agentName of ['web-01', 'web-01', 'db-01']) {
    commit(
      store,
      contents.map((content) => aFimEvent({ hashes: hashesOf(content), agentName })),
    );
  }
  const keys = new ChangeableKey(LAB_KEY);
  const bench = new LookupBench({
    clock,
    serverClock,
    client,
    lookups: store.lookups,
    quota: store.quota,
    keys,
  });
  const log = new IntegrationLog(store.folder, store.outbox);
  const db = openReadOnly(store.folder);
  closing.push(
    async () => db.close(),
    () => lab.close(),
    () => client.close(),
    () => bench.queue.stop(0),
  );
  // The sum is looked at after every single outcome.
  const sums = new Set<number>();
  bench.queue.onSettled(() => {
    const { fimEvents, states } = readLedger(db);
    sums.add(fimEvents === EVENTS ? ledgerSum(states) : Number.NaN);
    log.flush();
  });
  const isEmpty = () => store.lookups.waiting(clock.now()).files === 0;
  const logLines = () => readFileSync(log.path, 'utf8').trim().split('\n');
  return { lab, bench, sums, isEmpty, logLines, ledger: () => readLedger(db), clock };
}

function lookupsAt(lab: LabVirusTotal) {
  return lab.control.requests().filter((request) => request.asked === 'file');
}

/** Every event is accounted for at every moment, each distinct file was answered once and is in the log once. */
function expectAccounted(backlog: Awaited<ReturnType<typeof aBacklog>>, refusals: number): void {
  const { lab, sums, ledger, logLines } = backlog;
  expect([...sums]).toEqual([EVENTS]);
  expect(ledger()).toMatchObject({
    fimEvents: EVENTS,
    states: { answered: FILES, fromStore: EVENTS - FILES, queued: 0 },
  });
  const answered = lookupsAt(lab).filter((request) => request.status === 200 || request.status === 404);
  expect(answered).toHaveLength(FILES);
  expect(new Set(answered.map((request) => request.hash)).size).toBe(FILES);
  expect(logLines().filter((line) => line.includes('"found": '))).toHaveLength(FILES);
  expect(logLines().filter((line) => line.includes('"error": '))).toHaveLength(refusals);
}

test('without trouble the requests are the distinct files, exactly', async () => {
  const backlog = await aBacklog();
  backlog.bench.queue.start();
  await backlog.bench.until(backlog.isEmpty);
  expect(lookupsAt(backlog.lab)).toHaveLength(FILES);
  expectAccounted(backlog, 0);
});

test('a storm of 429 with and without Retry-After, then recovery', async () => {
  const backlog = await aBacklog();
  backlog.lab.control.misbehave({ kind: 'rate-limit' }, { times: 5 });
  backlog.lab.control.misbehave({ kind: 'rate-limit', retryAfter: 30 }, { times: 5 });
  backlog.bench.queue.start();
  await backlog.bench.until(backlog.isEmpty);
  expect(lookupsAt(backlog.lab)).toHaveLength(FILES + 10);
  expectAccounted(backlog, 10);
});

test('a wrong key in the middle of the backlog, then the right one', async () => {
  const backlog = await aBacklog();
  const { bench, lab } = backlog;
  lab.control.setLimits({ perMinute: 6, perDay: 5_000, perMonth: null });
  bench.queue.start();
  await bench.until(() => bench.queue.status().reason === 'minute-quota');
  lab.control.acceptKeys(['another key']);
  await bench.until(() => bench.queue.status().reason === 'key-rejected');
  // Those on their way when the first refusal came are refused as well, and none after it.
  const refused = lookupsAt(lab).filter((request) => request.status === 401).length;
  await bench.pass(3_600_000);
  expect(lookupsAt(lab).filter((request) => request.status === 401)).toHaveLength(refused);
  await lab.control.recover();
  await bench.queue.keyChanged();
  await bench.until(backlog.isEmpty);
  expectAccounted(backlog, refused);
});

test('a dead network, then recovery', async () => {
  const backlog = await aBacklog();
  await backlog.lab.control.refuseConnections();
  backlog.bench.queue.start();
  await backlog.bench.pass(3_600_000);
  expect(backlog.ledger().states).toMatchObject({ answered: 0, queued: EVENTS });
  await backlog.lab.control.recover();
  await backlog.bench.until(backlog.isEmpty, 120_000);
  expect(lookupsAt(backlog.lab)).toHaveLength(FILES);
  expectAccounted(backlog, 1);
});

test('a slow server: nothing is asked twice while answers take their time', async () => {
  const backlog = await aBacklog();
  backlog.lab.control.misbehave({ kind: 'slow', delayMs: 25_000 }, { times: FILES / 2 });
  backlog.bench.queue.start();
  await backlog.bench.until(backlog.isEmpty, 1_800_000);
  expect(lookupsAt(backlog.lab)).toHaveLength(FILES);
  expectAccounted(backlog, 0);
});

test('a silent and then failing server, then recovery', async () => {
  const backlog = await aBacklog(2_000);
  backlog.lab.control.misbehave({ kind: 'silent' }, { times: 1 });
  backlog.lab.control.misbehave({ kind: 'server-error', status: 504 }, { times: 3 });
  backlog.bench.queue.start();
  await backlog.bench.until(backlog.isEmpty, 1_800_000);
  expect(lookupsAt(backlog.lab)).toHaveLength(FILES + 4);
  expectAccounted(backlog, 4);
});
