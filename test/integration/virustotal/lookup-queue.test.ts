import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  LAB_KEY,
  startLabVirusTotal,
  type LabVirusTotal,
} from '../../../src-main/lab/virustotal/lab-virustotal.ts';
import { LOOKUP_PRIORITY } from '../../../src-shared/domain/lookup-priority.ts';
import { isVerdict } from '../../../src-shared/domain/outcome.ts';
import { VirusTotalClient } from '../../../src-main/virustotal/virustotal-client.ts';
import { aKnownFile } from '../../builders/a-known-file.ts';
import { InMemoryLookups, InMemoryQuota } from '../../builders/in-memory-lookups.ts';
import { aHash, ChangeableKey, LookupBench, ServerClock } from '../../builders/lookup-bench.ts';
import { ManualClock } from '../../builders/manual-clock.ts';

const GENEROUS = { perMinute: 1000, perDay: null, perMonth: null };
const FILES = 12;

let clock: ManualClock;
let lab: LabVirusTotal;
let client: VirusTotalClient;
let lookups: InMemoryLookups;
let keys: ChangeableKey;
let bench: LookupBench;

beforeEach(() => setUp(30_000));

/** `totalMs` is real time: it must be far longer than a request takes on a busy machine. */
async function setUp(totalMs: number): Promise<void> {
  clock = new ManualClock('2026-11-17T09:00:00Z');
  const serverClock = new ServerClock(clock);
  lab = await startLabVirusTotal({ clock: serverClock, limits: GENEROUS });
  client = new VirusTotalClient({
    baseUrl: `${lab.url}/api/v3`,
    version: '0.0.0',
    clock,
    timeouts: { connectMs: 10_000, totalMs },
  });
  lookups = new InMemoryLookups();
  keys = new ChangeableKey(LAB_KEY);
  bench = new LookupBench({ clock, serverClock, client, lookups, quota: new InMemoryQuota(), keys });
}

afterEach(async () => {
  await tearDown();
  if (bench.troubles.length > 0) throw new Error('The queue met trouble.', { cause: bench.troubles[0] });
});

async function tearDown(): Promise<void> {
  await bench.queue.stop(0);
  await client.close();
  await lab.close();
}

function enqueue(count = FILES): void {
  for (let index = 0; index < count; index += 1) lookups.add(aHash(`file ${index}`));
}

function lookupsAtServer() {
  return lab.control.requests().filter((request) => request.asked === 'file');
}

function isEmpty(): boolean {
  return lookups.waiting(clock.now()).files === 0;
}

/** Every file has exactly one verdict, and each was answered properly exactly once. */
function expectEachAnsweredOnce(count = FILES): void {
  const answered = lookupsAtServer().filter((request) => request.status === 404 || request.status === 200);
  expect(new Set(answered.map((request) => request.hash)).size).toBe(count);
  expect(answered).toHaveLength(count);
  const verdicts = lookups.settlements.filter((settlement) => isVerdict(settlement.outcome));
  expect(new Set(verdicts.map((settlement) => settlement.fileId)).size).toBe(count);
  expect(verdicts).toHaveLength(count);
}

test('every distinct hash is asked exactly once', async () => {
  enqueue(30);
  bench.queue.start();
  await bench.until(isEmpty);
  expect(lookupsAtServer()).toHaveLength(30);
  expectEachAnsweredOnce(30);
  expect(bench.queue.status()).toMatchObject({ waiting: 0, inFlight: 0, paused: false, eta: null });
});

test('asked by a person comes before executables, executables before the rest', async () => {
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

test("the key's own limits are learned before the first lookups and kept", async () => {
  lab.control.setLimits({ perMinute: 2, perDay: 5, perMonth: 100 });
  enqueue();
  bench.queue.start();
  await bench.pass(10_000);
  expect(bench.queue.status().quota).toMatchObject({
    minute: { limit: 2, used: 2 },
    day: { limit: 5, used: 2, resetsAt: '2026-11-18T00:00:00.000Z' },
    month: { limit: 100, used: 2, resetsAt: '2026-12-01T00:00:00.000Z' },
  });
  expect(bench.queue.status()).toMatchObject({ paused: true, reason: 'minute-quota', coveredToday: 3 });
});

test('a spent day waits for midnight UTC, and the estimate says when the queue is empty', async () => {
  lab.control.setLimits({ perMinute: 4, perDay: 5, perMonth: null });
  enqueue();
  bench.queue.start();
  await bench.until(() => bench.queue.status().reason === 'day-quota');
  expect(bench.queue.status()).toMatchObject({
    waiting: 7,
    resumesAt: '2026-11-18T00:00:00.000Z',
    eta: '2026-11-19T00:00:00.000Z',
  });
  await bench.until(isEmpty, 3 * 24 * 3_600_000);
  expectEachAnsweredOnce();
  expect(lookupsAtServer().every((request) => request.status === 404)).toBe(true);
});

test('a storm of 429 is waited out, and each refused file is answered later exactly once', async () => {
  lab.control.misbehave({ kind: 'rate-limit' }, { times: 6 });
  enqueue();
  bench.queue.start();
  await bench.until(isEmpty, 3_600_000);
  expect(lookupsAtServer()).toHaveLength(FILES + 6);
  expectEachAnsweredOnce();
});

test('Retry-After is obeyed to the second', async () => {
  lab.control.misbehave({ kind: 'rate-limit', retryAfter: 40 }, { times: 1 });
  enqueue(2);
  bench.queue.start();
  await bench.until(() => bench.queue.status().reason === 'rate-limited');
  expect(bench.queue.status().resumesAt).toBe('2026-11-17T09:00:40.000Z');
  await bench.until(isEmpty);
  expect(lookupsAtServer().map((request) => request.at - Date.parse('2026-11-17T09:00:00Z'))).toEqual([
    0, 40_000, 40_000,
  ]);
});

test('a Retry-After of hours means that the day is spent', async () => {
  lab.control.misbehave({ kind: 'rate-limit', retryAfter: 7200 }, { times: 1 });
  enqueue(2);
  bench.queue.start();
  await bench.until(() => bench.queue.status().paused);
  expect(bench.queue.status()).toMatchObject({ reason: 'day-quota', resumesAt: '2026-11-17T11:00:00.000Z' });
  await bench.until(isEmpty);
  expectEachAnsweredOnce(2);
});

test('an unexpected 429 makes it ask what was used elsewhere, and a spent day is believed', async () => {
  lab.control.setLimits({ perMinute: 1000, perDay: 20, perMonth: null });
  bench.queue.start();
  await bench.pass(61_000);
  // Somebody else uses up the key's day.
  for (let index = 0; index < 20; index += 1) {
    await client.lookup(aHash(`elsewhere ${index}`), LAB_KEY, new AbortController().signal);
  }
  lab.control.clearRequests();
  enqueue(3);
  bench.queue.wake();
  await bench.until(() => bench.queue.status().reason === 'day-quota');
  expect(lookupsAtServer()).toHaveLength(1);
  expect(bench.queue.status().resumesAt).toBe('2026-11-18T00:00:00.000Z');
  await bench.until(isEmpty);
  expectEachAnsweredOnce(3);
});

test('a wrong key costs one request, is told once, and the right key goes on', async () => {
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
  await tearDown();
  await setUp(2_000);
  lab.control.misbehave({ kind: 'silent' }, { times: 1 });
  enqueue(3);
  bench.queue.start();
  await bench.until(isEmpty, 600_000);
  expect(lookups.settlements.filter(({ outcome }) => outcome.kind === 'timed-out')).toHaveLength(1);
  expectEachAnsweredOnce(3);
});

test('one file that is always refused by the service does not hold up the others', async () => {
  const poison = aHash('file 0');
  const spoilt = new VirusTotalClient({ baseUrl: `${lab.url}/api/v3`, version: '0.0.0', clock });
  await bench.queue.stop(0);
  bench = new LookupBench({
    clock,
    client: {
      overallQuotas: (...question) => spoilt.overallQuotas(...question),
      lookup: async (hash, ...rest) => {
        const answer = await spoilt.lookup(hash, ...rest);
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
  bench.queue.start();
  await bench.until(() => lookups.waiting(clock.now()).files === 1, 60_000);
  await bench.pass(24 * 3_600_000);
  const asked = lookupsAtServer().filter((request) => request.hash === poison.hex).length;
  expect(asked).toBeGreaterThan(10);
  expect(asked).toBeLessThan(30);
  await spoilt.close();
});

test('an unfinished analysis is asked again after 10, 30, 60 and 120 minutes and is never clean', async () => {
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

test('a slow server is used at the allowed rate and the minute is never exceeded', async () => {
  lab.control.setLimits({ perMinute: 4, perDay: null, perMonth: null });
  lab.control.misbehave({ kind: 'slow', delayMs: 25_000 });
  await bench.queue.stop(0);
  enqueue(45);
  bench.queue.start();
  await bench.pass(600_000);
  const arrivals = lookupsAtServer().map((request) => request.at);
  for (const [index, at] of arrivals.entries()) {
    expect((arrivals[index + 4] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(60_000);
  }
  expect(arrivals.length).toBeGreaterThanOrEqual(0.95 * 4 * 9);
});

test('without a key the queue waits, says so, and goes on when one is stored', async () => {
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
  enqueue(3);
  bench.queue.start();
  const idle = bench.queue.whenIdle({ signal: new AbortController().signal });
  await bench.until(isEmpty);
  expect(await idle).toEqual({ kind: 'idle' });
});

test('whenIdle gives up when it is told to', async () => {
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

test('re-checks take only what new files leave over, and at most four fifths of the day', async () => {
  lab.control.setLimits({ perMinute: 1000, perDay: 20, perMonth: null });
  enqueue(30);
  bench.queue.start();
  await bench.until(isEmpty, 3 * 24 * 3_600_000);
  await bench.until(() => clock.now() > Date.parse('2026-11-19T00:00:00Z'), 3 * 24 * 3_600_000);
  lab.control.clearRequests();
  lookups.recheckable = Array.from({ length: 30 }, (_, index) => index + 1);
  await bench.pass(3_600_000);
  expect(lookupsAtServer()).toHaveLength(16);
});

test('a locked vault is waited for, and the passphrase lets the queue go on', async () => {
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

test('what a test of the key has learnt is not asked again, and a lookup it spent is counted', async () => {
  keys.set(null);
  enqueue(5);
  bench.queue.start();
  await bench.pass(1_000);
  keys.set(LAB_KEY);
  const limits = { perMinute: 3, perDay: 100, perMonth: null };
  await bench.queue.keyChanged({ limits, usedToday: 7, usedThisMonth: null, isPublic: false });
  await bench.until(() => bench.queue.status().reason === 'minute-quota');
  expect(bench.queue.status().quota.day.used).toBe(10);
  keys.set('another key');
  lab.control.acceptKeys(['another key']);
  await bench.queue.keyChanged(null);
  expect(bench.queue.status().quota).toMatchObject({ minute: { used: 1 }, day: { used: 1 } });
  expect(lab.control.requests().filter((request) => request.asked === 'quota').length).toBeLessThan(2);
});

test('stopping lets answers on their way arrive, and asks nothing more', async () => {
  await tearDown();
  await setUp(30_000);
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

function fail(): never {
  throw new Error('a listener failed');
}

test('a listener that fails stops neither the queue nor the other listeners', async () => {
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
