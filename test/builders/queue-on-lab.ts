import { expect, onTestFinished } from 'vitest';
import { LAB_KEY, startLabVirusTotal } from '../../src-main/lab/virustotal/lab-virustotal.ts';
import { VirusTotalClient } from '../../src-main/virustotal/virustotal-client.ts';
import { isVerdict } from '../../src-shared/domain/outcome.ts';
import { InMemoryLookups, InMemoryQuota } from './in-memory-lookups.ts';
import { aHash, ChangeableKey, LookupBench, ServerClock } from './lookup-bench.ts';
import { ManualClock } from './manual-clock.ts';

export const GENEROUS = { perMinute: 1000, perDay: null, perMonth: null };
/** How many files `enqueue` puts into the queue. */
export const FILES = 12;

/**
 * A queue on a simulated clock that asks the lab's VirusTotal over real sockets. Not started yet. `totalMs` is the time
 * limit of a request in real time: far longer than one takes on a busy machine.
 */
export async function aQueueOnLab({ totalMs = 30_000 } = {}) {
  const clock = new ManualClock('2026-11-17T09:00:00Z');
  const serverClock = new ServerClock(clock);
  const lab = await startLabVirusTotal({ clock: serverClock, limits: GENEROUS });
  const timeouts = { connectMs: 10_000, totalMs };
  const client = new VirusTotalClient({ baseUrl: `${lab.url}/api/v3`, version: '0.0.0', clock, timeouts });
  const lookups = new InMemoryLookups();
  const keys = new ChangeableKey(LAB_KEY);
  const quota = new InMemoryQuota();
  const bench = new LookupBench({ clock, serverClock, client, lookups, quota, keys });
  onTestFinished(async () => {
    await bench.queue.stop(0);
    await client.close();
    await lab.close();
    if (bench.troubles.length > 0) throw new Error('The queue met trouble.', { cause: bench.troubles[0] });
  });

  const enqueue = (count = FILES) => {
    for (let index = 0; index < count; index += 1) lookups.add(aHash(`file ${index}`));
  };
  const lookupsAtServer = () => lab.control.requests().filter((request) => request.asked === 'file');
  const isEmpty = () => lookups.waiting(clock.now()).files === 0;
  /** Every file has exactly one verdict, and each was answered properly exactly once. */
  const expectEachAnsweredOnce = (count = FILES) => {
    const answered = lookupsAtServer().filter((request) => request.status === 404 || request.status === 200);
    expect(new Set(answered.map((request) => request.hash)).size).toBe(count);
    expect(answered).toHaveLength(count);
    const verdicts = lookups.settlements.filter((settlement) => isVerdict(settlement.outcome));
    expect(new Set(verdicts.map((settlement) => settlement.fileId)).size).toBe(count);
    expect(verdicts).toHaveLength(count);
  };
  return {
    clock,
    lab,
    client,
    lookups,
    keys,
    bench,
    enqueue,
    lookupsAtServer,
    isEmpty,
    expectEachAnsweredOnce,
  };
}
