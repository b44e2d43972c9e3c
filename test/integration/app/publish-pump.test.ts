import { expect, onTestFinished, test } from 'vitest';
import type { OutcomeEvent } from '../../../src-main/app/publishing/hand-over.ts';
import { PublishPump, SEEN_WITHIN_MS } from '../../../src-main/app/publishing/publish-pump.ts';
import { DomainError } from '../../../src-shared/errors/domain-error.ts';
import { aManager } from '../../builders/a-manager.ts';
import { aStore } from '../../builders/a-store.ts';
import { aFimEvent } from '../../builders/alerts.ts';
import { commit, settleNext } from '../../builders/committing.ts';
import { ManualClock } from '../../builders/manual-clock.ts';
import { NO_RECORDS } from '../../builders/outcomes.ts';
import { until } from '../../builders/until.ts';

const refusal = (code: string) => new DomainError(code, `Not taken (${code}).`, 'Try again.');

function aPump(handOver: (outcome: OutcomeEvent) => Promise<void>, outcomes: number) {
  const store = aStore();
  const clock = new ManualClock();
  const { profileId, sourceId } = aManager(store, 'fra', 'socket');
  const settle = (path: string) => {
    commit({ ...store, sourceId }, [aFimEvent({ path })]);
    settleNext(store, NO_RECORDS);
  };
  for (let number = 1; number <= outcomes; number += 1) settle(`/srv/${number}`);
  const way = { isReady: true, isFollowing: true, mayBeSeen: true };
  const pump = new PublishPump({
    profileId,
    publications: store.publications,
    handOver,
    isReady: () => way.isReady,
    isFollowing: () => way.isFollowing,
    mayBeSeen: () => way.mayBeSeen,
    clock,
    intervalMs: 100,
    changed: () => undefined,
  });
  onTestFinished(() => pump.stop());
  return { pump, clock, store, way, settle, counts: () => store.publications.counts(profileId) };
}

function pathOf({ event }: OutcomeEvent): string {
  const parsed: { virustotal: { source: { file: string } } } = JSON.parse(event);
  return parsed.virustotal.source.file;
}

test('outcomes are handed over one at a time, in order and not too fast', async () => {
  const taken: [string, number][] = [];
  const { pump, clock, counts } = aPump(async (outcome) => {
    taken.push([pathOf(outcome), clock.now() - startMs]);
  }, 3);
  const startMs = clock.now();

  pump.start();
  for (const passed of [0, 100, 100]) {
    await clock.advance(passed);
    await until(() => expect(clock.sleepers).toBe(1));
  }

  expect(taken).toEqual([
    ['/srv/1', 0],
    ['/srv/2', 100],
    ['/srv/3', 200],
  ]);
  expect(counts()).toMatchObject({ waiting: 0, sent: 3, error: null });
});

test('a refusal is tried again with growing pauses, keeps its place, and is given up after six', async () => {
  const tried: string[] = [];
  const { pump, clock, counts } = aPump(async (outcome) => {
    tried.push(pathOf(outcome));
    if (pathOf(outcome) === '/srv/1') throw refusal('publishing.refused');
  }, 2);

  pump.start();
  for (const pauseMs of [5_000, 15_000, 45_000, 135_000, 405_000]) {
    await until(() => expect(counts().error).toMatchObject({ code: 'publishing.refused' }));
    expect(tried).not.toContain('/srv/2');
    await clock.advance(100);
    for (let passed = 0; passed < pauseMs; passed += 60_000) await clock.advance(60_000);
  }
  await until(() => expect(tried).toContain('/srv/2'));

  expect(tried).toEqual([...Array.from({ length: 6 }, () => '/srv/1'), '/srv/2']);
  expect(counts()).toMatchObject({ waiting: 0, sent: 1, failed: 1 });
});

test('what can never be taken is given up at once and holds nobody up', async () => {
  const { pump, clock, counts } = aPump(async (outcome) => {
    if (pathOf(outcome) === '/srv/1') throw refusal('publishing.too-large');
  }, 2);

  pump.start();
  await until(() => expect(counts().failed).toBe(1));
  await until(() => expect(clock.sleepers).toBe(1));
  await clock.advance(100);

  await until(() => expect(counts()).toMatchObject({ waiting: 0, sent: 1, failed: 1 }));
});

test('a manager that is away costs no attempt, however long', async () => {
  let isAway = true;
  const taken: string[] = [];
  const { pump, clock, counts } = aPump(async (outcome) => {
    if (isAway) throw refusal('manager.offline');
    taken.push(pathOf(outcome));
  }, 1);
  pump.start();
  for (let tries = 0; tries < 20; tries += 1) await clock.advance(30_000);
  expect(counts()).toMatchObject({ waiting: 1, failed: 0, error: { code: 'manager.offline' } });

  isAway = false;
  await clock.advance(60_000);

  await until(() => expect(taken).toEqual(['/srv/1']));
  expect(counts()).toMatchObject({ waiting: 0, sent: 1, error: null });
});

test('while the way is closed nothing is tried; once it opens the pump is woken', async () => {
  const taken: string[] = [];
  const { pump, clock, way } = aPump(async (outcome) => void taken.push(pathOf(outcome)), 1);
  way.isReady = false;
  pump.start();
  await clock.advance(120_000);
  expect(taken).toEqual([]);

  way.isReady = true;
  pump.wake();

  await until(() => expect(taken).toEqual(['/srv/1']));
});

test('an outcome that may have been taken is not sent again before its alert had its time', async () => {
  let calls = 0;
  const { pump, clock, counts } = aPump(async () => {
    calls += 1;
    if (calls === 1) throw refusal('publishing.unsure');
  }, 1);
  pump.start();
  await until(() => expect(counts()).toMatchObject({ waiting: 0, sent: 1 }));
  for (let passed = 0; passed < SEEN_WITHIN_MS; passed += 60_000) {
    expect(calls).toBe(1);
    await clock.advance(60_000);
  }

  await clock.advance(60_000);

  await until(() => expect(calls).toBe(2));
  expect(counts()).toMatchObject({ sent: 1, failed: 0 });
});

test('an outcome whose alert never comes back is given up, but not while the alerts are not read', async () => {
  const { pump, clock, way, counts } = aPump(() => Promise.resolve(), 1);
  way.isFollowing = false;
  pump.start();
  await until(() => expect(counts().sent).toBe(1));
  for (let minute = 0; minute < 30; minute += 1) await clock.advance(60_000);
  expect(counts()).toMatchObject({ sent: 1, failed: 0 });

  way.isFollowing = true;
  await clock.advance(60_000);

  await until(() =>
    expect(counts()).toMatchObject({ sent: 0, failed: 1, error: { code: 'publishing.never-seen' } }),
  );
});

test('where nobody reads the alerts, what was handed over is given up in its time, and says so', async () => {
  const { pump, clock, way, counts } = aPump(() => Promise.resolve(), 1);
  Object.assign(way, { isFollowing: false, mayBeSeen: false });
  pump.start();
  await until(() => expect(counts()).toMatchObject({ waiting: 0, sent: 1 }));
  await until(() => expect(clock.sleepers).toBe(1));
  await clock.advance(SEEN_WITHIN_MS + 120_000);
  await until(() =>
    expect(counts()).toMatchObject({ sent: 0, failed: 1, error: { code: 'publishing.not-followed' } }),
  );
});

test('stopping gives up what is under way and leaves it to be tried later', async () => {
  const { store, counts, clock } = aPump(() => Promise.resolve(), 1);
  const pump = new PublishPump({
    profileId: store.profiles.list()[0]?.profile.id ?? 0,
    publications: store.publications,
    handOver: (_outcome, signal) =>
      new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(refusal('manager.cancelled'))),
      ),
    isReady: () => true,
    isFollowing: () => true,
    mayBeSeen: () => true,
    clock,
    intervalMs: 100,
    changed: () => undefined,
  });
  pump.start();
  expect(counts()).toMatchObject({ waiting: 0, sent: 1 });

  await pump.stop();

  expect(counts()).toMatchObject({ waiting: 1, sent: 0, failed: 0 });
});
