import { expect, onTestFinished, test } from 'vitest';
import { LAB_KEY } from '../../../src-main/lab/virustotal/lab-virustotal.ts';
import { LOOKUP_PRIORITY } from '../../../src-shared/domain/lookup-priority.ts';
import { isVerdict } from '../../../src-shared/domain/outcome.ts';
import { aKnownFile } from '../../builders/a-known-file.ts';
import { InMemoryQuota } from '../../builders/in-memory-lookups.ts';
import { aHash, LookupBench } from '../../builders/lookup-bench.ts';
import { aQueueOnLab, FILES, GENEROUS } from '../../builders/queue-on-lab.ts';

function fail(): never {
  throw new Error('a listener failed');
}

test('every distinct hash is asked exactly once', async () => {
  const { bench, enqueue, lookupsAtServer, isEmpty, expectEachAnsweredOnce } = await aQueueOnLab();
  enqueue(30);
  bench.queue.start();
  await bench.until(isEmpty);
  expect(lookupsAtServer()).toHaveLength(30);
  expectEachAnsweredOnce(30);
  expect(bench.queue.status()).toMatchObject({ waiting: 0, inFlight: 0, paused: false, eta: null });
});

test('asked by a person comes before executables, executables before the rest', async () => {
  const { lab, lookups, bench, lookupsAtServer, isEmpty } = await aQueueOnLab();
  lookups.add(aHash('other'), LOOKUP_PRIORITY.newOther);
  lookups.add(aHash('program'), LOOKUP_PRIORITY.newExecutable);
  lookups.add(aHash('asked'), LOOKUP_PRIORITY.asked);
  lab.control.setLimits({ ...GENEROUS, perMinute: 1 });
  bench.queue.start();
  await bench.until(isEmpty);
  expect(lookupsAtServer().map((request) => request.hash)).toEqual(
    ['asked', 'program', 'other'].map((name) => aHash(name).hex),
  );
});

test('a wrong key costs one request, is told once, and the right key goes on', async () => {
  const { lab, bench, enqueue, lookupsAtServer, isEmpty, expectEachAnsweredOnce } = await aQueueOnLab();
  lab.control.acceptKeys(['another key altogether']);
  enqueue();
  bench.queue.start();
  await bench.until(() => bench.queue.status().reason === 'key-rejected');
  await bench.pass(3_600_000);
  expect(lookupsAtServer()).toHaveLength(1);
  expect(bench.queue.status()).toMatchObject({ waiting: FILES, resumesAt: null, eta: null });
  expect(bench.queue.status().error?.message).toContain('12 files stay queued');
  await lab.control.recover();
  await bench.queue.keyChanged();
  await bench.until(isEmpty);
  expect(lookupsAtServer()).toHaveLength(FILES + 1);
  expectEachAnsweredOnce();
});

test('a dead network is probed by one request at a time and recovers within seconds', async () => {
  const { lab, lookups, bench, enqueue, lookupsAtServer, isEmpty, expectEachAnsweredOnce } =
    await aQueueOnLab();
  await lab.control.refuseConnections();
  enqueue();
  bench.queue.start();
  await bench.until(() => bench.queue.status().reason === 'network');
  await bench.pass(1_800_000);
  expect(lookups.settlements.map((settlement) => settlement.outcome.kind)).toEqual(['request-failed']);
  expect(bench.queue.status()).toMatchObject({ waiting: FILES, quota: { day: { used: 0 } } });
  await lab.control.recover();
  await bench.until(isEmpty, 60_000);
  expect(lookupsAtServer()).toHaveLength(FILES);
  expectEachAnsweredOnce();
});

test('failures of the service pause everything, and each file is answered in the end', async () => {
  const { lab, lookups, bench, enqueue, lookupsAtServer, isEmpty } = await aQueueOnLab();
  lab.control.misbehave({ kind: 'server-error', status: 503 }, { times: 5 });
  lab.control.misbehave({ kind: 'html', status: 200 }, { times: 2 });
  lab.control.misbehave({ kind: 'html', status: 404 }, { times: 2 });
  lab.control.misbehave({ kind: 'broken-json' }, { times: 1 });
  lab.control.misbehave({ kind: 'cut' }, { times: 1 });
  enqueue();
  bench.queue.start();
  await bench.until(isEmpty, 1_800_000);
  const verdicts = lookups.settlements.filter((settlement) => isVerdict(settlement.outcome));
  expect(verdicts).toHaveLength(FILES);
  expect(lookupsAtServer()).toHaveLength(FILES + 11);
});

test('a server that never answers is timed out, and asked again when it is back', async () => {
  const { lab, lookups, bench, enqueue, isEmpty, expectEachAnsweredOnce } = await aQueueOnLab({
    totalMs: 2_000,
  });
  lab.control.misbehave({ kind: 'silent' }, { times: 1 });
  enqueue(3);
  bench.queue.start();
  await bench.until(isEmpty, 600_000);
  expect(lookups.settlements.filter(({ outcome }) => outcome.kind === 'timed-out')).toHaveLength(1);
  expectEachAnsweredOnce(3);
});

test('one file that is always refused by the service does not hold up the others', async () => {
  const { clock, client, lookups, keys, enqueue, lookupsAtServer } = await aQueueOnLab();
  const poison = aHash('file 0');
  const bench = new LookupBench({
    clock,
    client: {
      overallQuotas: (...question) => client.overallQuotas(...question),
      lookup: async (hash, ...rest) => {
        const answer = await client.lookup(hash, ...rest);
        if (hash.hex !== poison.hex) return answer;
        return {
          ...answer,
          outcome: { kind: 'request-failed', status: 200, detail: 'unreadable' },
          blame: 'service',
        };
      },
    },
    lookups,
    quota: new InMemoryQuota(),
    keys,
  });
  enqueue();
  onTestFinished(() => bench.queue.stop(0));
  bench.queue.start();
  await bench.until(() => lookups.waiting(clock.now()).files === 1, 60_000);
  await bench.pass(24 * 3_600_000);
  const asked = lookupsAtServer().filter((request) => request.hash === poison.hex).length;
  expect(asked).toBeGreaterThan(10);
  expect(asked).toBeLessThan(30);
});

test('an unfinished analysis is asked again after 10, 30, 60 and 120 minutes and is never clean', async () => {
  const { lab, lookups, bench, isEmpty } = await aQueueOnLab();
  const file = aKnownFile({ name: 'fresh upload', pendingForMs: 10 * 3_600_000 });
  lab.control.addFile(file);
  lookups.add(aHash('fresh upload'));
  bench.queue.start();
  await bench.until(isEmpty);
  const pending = lookups.settlements.filter(({ outcome }) => outcome.kind === 'pending');
  const minutes = pending.map(({ atMs, retryAtMs }) => ((retryAtMs ?? 0) - atMs) / 60_000);
  expect(minutes.slice(0, 4)).toEqual([10, 30, 60, 120]);
  expect(lookups.settlements.at(-1)?.outcome.kind).toBe('no-positives');
});

test('without a key the queue waits, says so, and goes on when one is stored', async () => {
  const { keys, bench, enqueue, isEmpty, expectEachAnsweredOnce } = await aQueueOnLab();
  keys.set(null);
  enqueue(2);
  bench.queue.start();
  await bench.pass(1_000);
  expect(bench.queue.status()).toMatchObject({ paused: true, reason: 'no-key', waiting: 2 });
  expect(await bench.queue.whenIdle({ signal: new AbortController().signal })).toMatchObject({
    kind: 'stopped',
    reason: 'no-key',
  });
  keys.set(LAB_KEY);
  await bench.queue.keyChanged();
  await bench.until(isEmpty);
  expectEachAnsweredOnce(2);
});

test('whenIdle resolves when the last file has its verdict', async () => {
  const { bench, enqueue, isEmpty } = await aQueueOnLab();
  enqueue(3);
  bench.queue.start();
  const idle = bench.queue.whenIdle({ signal: new AbortController().signal });
  await bench.until(isEmpty);
  expect(await idle).toEqual({ kind: 'idle' });
});

test('whenIdle does not wait for an analysis beyond its patience, but does for a service in trouble', async () => {
  const { clock, lab, lookups, bench, enqueue } = await aQueueOnLab();
  lab.control.addFile(aKnownFile({ name: 'fresh upload', pendingForMs: 10 * 3_600_000 }));
  lookups.add(aHash('fresh upload'));
  enqueue(3);
  lab.control.misbehave({ kind: 'server-error', status: 503 }, { times: 6 });
  bench.queue.start();
  const idle = bench.queue.whenIdle({ signal: new AbortController().signal, patienceMs: 45_000 });
  await bench.until(() => lookups.waiting(clock.now()).files === 1);
  expect(await idle).toMatchObject({ kind: 'put-off' });
  expect(lookups.settlements.filter(({ outcome }) => outcome.kind === 'no-records')).toHaveLength(3);
});

test('whenIdle gives up when it is told to', async () => {
  const { lab, keys, bench, enqueue } = await aQueueOnLab();
  keys.set(LAB_KEY);
  await lab.control.refuseConnections();
  enqueue(1);
  bench.queue.start();
  const patience = new AbortController();
  const idle = bench.queue.whenIdle({ signal: patience.signal });
  await bench.until(() => bench.queue.status().reason === 'network');
  patience.abort();
  expect(await idle).toEqual({ kind: 'aborted' });
});

test('paused by a person nothing is asked until it is resumed', async () => {
  const { bench, enqueue, lookupsAtServer, isEmpty, expectEachAnsweredOnce } = await aQueueOnLab();
  enqueue(2);
  bench.queue.setPaused(true);
  bench.queue.start();
  await bench.pass(600_000);
  expect(lookupsAtServer()).toHaveLength(0);
  expect(bench.queue.status().reason).toBe('by-user');
  bench.queue.setPaused(false);
  await bench.until(isEmpty);
  expectEachAnsweredOnce(2);
});

test('an answer that a full disk refuses is kept and stored before anything else is asked', async () => {
  const { lookups, bench, enqueue, lookupsAtServer, isEmpty } = await aQueueOnLab();
  enqueue(3);
  lookups.isFull = true;
  bench.queue.start();
  await bench.until(() => bench.queue.status().error?.code === 'queue.storage');
  await bench.pass(60_000);
  expect(lookupsAtServer()).toHaveLength(1);
  lookups.isFull = false;
  await bench.until(isEmpty);
  expect(lookupsAtServer()).toHaveLength(3);
  expect(bench.troubles.splice(0).length).toBeGreaterThan(0);
});

test('a locked vault is waited for, and the passphrase lets the queue go on', async () => {
  const { keys, bench, enqueue, isEmpty, expectEachAnsweredOnce } = await aQueueOnLab();
  keys.key = { state: 'locked' };
  enqueue(1);
  bench.queue.start();
  await bench.pass(1_000);
  expect(bench.queue.status()).toMatchObject({ reason: 'key-locked', resumesAt: null });
  keys.set(LAB_KEY);
  await bench.queue.keyChanged();
  await bench.until(isEmpty);
  expectEachAnsweredOnce(1);
});

test('stopping lets answers on their way arrive, and asks nothing more', async () => {
  const { lab, lookups, bench, enqueue, lookupsAtServer } = await aQueueOnLab();
  lab.control.misbehave({ kind: 'slow', delayMs: 1_500 });
  enqueue(3);
  bench.queue.start();
  await bench.until(() => lookupsAtServer().length > 0 || bench.queue.status().inFlight > 0);
  const stopped = bench.queue.stop(2_000);
  await bench.pass(5_000);
  await stopped;
  expect(lookups.settlements).toHaveLength(1);
  expect(bench.queue.status()).toMatchObject({ waiting: 2, inFlight: 0 });
});

test('a listener that fails stops neither the queue nor the other listeners', async () => {
  const { bench, enqueue, isEmpty, expectEachAnsweredOnce } = await aQueueOnLab();
  enqueue(3);
  let told = 0;
  const forget = [bench.queue.onSettled(fail), bench.queue.onChange(fail)];
  bench.queue.onSettled(() => (told += 1));
  bench.queue.start();
  await bench.until(isEmpty);
  for (const stopListening of forget) stopListening();
  expect(told).toBe(3);
  expectEachAnsweredOnce(3);
  expect(bench.troubles.splice(0).length).toBeGreaterThan(3);
});
