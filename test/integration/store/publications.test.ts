import { expect, test } from 'vitest';
import { MARKER_KEY } from '../../../src-shared/formats/publication-marker.ts';
import type { LookupOutcome } from '../../../src-shared/domain/outcome.ts';
import { aManager } from '../../builders/a-manager.ts';
import { aKnownAgent } from '../../builders/a-profile.ts';
import { aStore } from '../../builders/a-store.ts';
import { aFimEvent, aManagerVerdict } from '../../builders/alerts.ts';
import { aBatch, commit, NOW_MS, settleNext } from '../../builders/committing.ts';
import { NO_RECORDS } from '../../builders/outcomes.ts';

type TestStore = ReturnType<typeof aStore>;
const TROUBLE = { code: 'publishing.refused', message: 'No.', remedy: 'Yes.' };

function settled(store: TestStore, sourceId: number, outcome: LookupOutcome = NO_RECORDS) {
  commit({ ...store, sourceId }, [aFimEvent({ agent: { id: '001', name: 'web-01', ip: null } })]);
  settleNext(store, outcome);
}

function markerIn(event: string): string {
  const parsed: { verdict_desk: { id: string } } = JSON.parse(event);
  return parsed[MARKER_KEY].id;
}

function ownOutcome(marker: string) {
  const {
    outcome: _outcome,
    hashes: _hashes,
    path: _path,
    sourceAlertId: _id,
    ...header
  } = aManagerVerdict();
  return { ...header, kind: 'own-outcome' as const, marker };
}

test('an outcome waits for each manager that reported the file and publishes, with a mark of its own', () => {
  const store = aStore();
  const fra = aManager(store, 'fra', 'socket');
  const ams = aManager(store, 'ams', 'socket');
  const off = aManager(store, 'lon');
  const both = { hashes: aFimEvent().after.hashes, agent: { id: '001', name: 'web-01', ip: null } };
  for (const { sourceId } of [fra, ams, off]) commit({ ...store, sourceId }, [aFimEvent(both)]);
  settleNext(store, NO_RECORDS);

  const first = store.publications.next(fra.profileId);
  const second = store.publications.next(ams.profileId);

  expect(store.publications.next(off.profileId)).toBeNull();
  expect(JSON.parse(first?.event ?? '')).toMatchObject({
    virustotal: { found: 0, malicious: 0, source: { file: '/srv/uploads/report.pdf', agent: { id: '001' } } },
    integration: 'virustotal',
  });
  expect(markerIn(first?.event ?? '')).not.toBe(markerIn(second?.event ?? ''));
  expect(first?.agent).toEqual({ name: 'web-01', id: '001', ip: null });
  expect(store.publications.counts(fra.profileId)).toMatchObject({ waiting: 1, sent: 0 });
});

test('a failed lookup is told in the manager’s own name, a pending one not at all', () => {
  const store = aStore();
  const { profileId, sourceId } = aManager(store, 'fra', 'socket');
  settled(store, sourceId, { kind: 'pending' });
  expect(store.publications.next(profileId)).toBeNull();
  settled(store, sourceId, { kind: 'rate-limited', retryAfterMs: null });

  const waiting = store.publications.next(profileId);

  expect(waiting?.agent).toBeNull();
  expect(JSON.parse(waiting?.event ?? '')).toMatchObject({ virustotal: { error: 204 } });
});

test('the address of the agent comes from the manager’s own list', () => {
  const store = aStore();
  const { profileId, sourceId } = aManager(store, 'fra', 'socket');
  commit({ ...store, sourceId }, [aFimEvent({ agentName: 'web-01' })]);
  store.managerAgents.refreshed(
    profileId,
    { listed: { source: 'api', agents: [aKnownAgent({ agentId: '044' })] }, note: null },
    NOW_MS,
  );
  settleNext(store, NO_RECORDS);

  expect(store.publications.next(profileId)?.agent).toEqual({ name: 'web-01', id: '044', ip: '192.0.2.10' });
});

test('of two agents of one name the address is that of the one that reported', () => {
  const store = aStore();
  const { profileId, sourceId } = aManager(store, 'fra', 'socket');
  const agents = [
    aKnownAgent({ agentId: '001', ip: '192.0.2.1' }),
    aKnownAgent({ agentId: '044', ip: '192.0.2.44' }),
  ];
  store.managerAgents.refreshed(profileId, { listed: { source: 'api', agents }, note: null }, NOW_MS);
  commit({ ...store, sourceId }, [aFimEvent({ agent: { id: '044', name: 'web-01', ip: null } })]);
  settleNext(store, NO_RECORDS);

  expect(store.publications.next(profileId)?.agent).toEqual({ name: 'web-01', id: '044', ip: '192.0.2.44' });
});

test('handed over and seen: the alert that comes back is counted and neither stored as a verdict nor published again', () => {
  const store = aStore();
  const { profileId, sourceId } = aManager(store, 'fra', 'socket');
  settled(store, sourceId);
  const waiting = store.publications.next(profileId);
  store.publications.begin(profileId, waiting?.id ?? 0, NOW_MS);
  expect(store.publications.next(profileId)).toBeNull();
  store.publications.markSent(profileId, waiting?.id ?? 0, NOW_MS);
  const before = store.tallies();

  const counts = store.journal.commit(
    aBatch(sourceId, {
      records: [{ alert: ownOutcome(markerIn(waiting?.event ?? '')), offset: 0, raw: Buffer.from('{}') }],
    }),
    NOW_MS,
  );

  expect(counts).toMatchObject({ alerts: 1, managerVerdicts: 0, lookupFailures: 0, fimEvents: 0 });
  expect(store.publications.counts(profileId)).toEqual({
    waiting: 0,
    sent: 0,
    seen: 1,
    failed: 0,
    error: null,
  });
  expect(store.tallies()).toEqual(before);
  expect(store.publications.next(profileId)).toBeNull();
});

test('the mark of another Verdict Desk changes nothing', () => {
  const store = aStore();
  const { profileId, sourceId } = aManager(store, 'fra', 'socket');
  const alert = ownOutcome('0f0f0f0f-1111-4222-8333-444444444444');

  store.journal.commit(aBatch(sourceId, { records: [{ alert, offset: 0, raw: Buffer.from('{}') }] }), NOW_MS);

  expect(store.publications.counts(profileId)).toMatchObject({ seen: 0 });
  expect(store.tallies()).toMatchObject({ fim_events: 0, listed: 0 });
});

test('one that is not taken is put off and stays the first; one given up may still be seen', () => {
  const store = aStore();
  const { profileId, sourceId } = aManager(store, 'fra', 'socket');
  settled(store, sourceId);
  settled(store, sourceId);
  const first = store.publications.next(profileId);
  const id = first?.id ?? 0;
  store.publications.begin(profileId, id, NOW_MS);
  store.publications.putOff(profileId, id, NOW_MS + 5000, TROUBLE);

  expect(store.publications.next(profileId)).toMatchObject({ id, attempts: 1, dueMs: NOW_MS + 5000 });
  expect(store.publications.counts(profileId)).toMatchObject({ waiting: 2, sent: 0, error: TROUBLE });

  store.publications.begin(profileId, id, NOW_MS);
  store.publications.markFailed(profileId, id, NOW_MS, TROUBLE);
  expect(store.publications.counts(profileId)).toMatchObject({ waiting: 1, sent: 0, failed: 1 });
  const alert = ownOutcome(markerIn(first?.event ?? ''));
  store.journal.commit(aBatch(sourceId, { records: [{ alert, offset: 0, raw: Buffer.from('{}') }] }), NOW_MS);
  expect(store.publications.counts(profileId)).toMatchObject({ waiting: 1, seen: 1, failed: 0, error: null });
});

test('one whose alert never comes is given up; one that may not have left at all is taken up again', () => {
  const store = aStore();
  const { profileId, sourceId } = aManager(store, 'fra', 'socket');
  settled(store, sourceId);
  settled(store, sourceId);
  const sent = store.publications.next(profileId)?.id ?? 0;
  store.publications.begin(profileId, sent, NOW_MS);
  store.publications.markSent(profileId, sent, NOW_MS);
  const unsure = store.publications.next(profileId)?.id ?? 0;
  store.publications.begin(profileId, unsure, NOW_MS);

  expect(store.publications.expire(profileId, NOW_MS, NOW_MS, TROUBLE)).toBe(0);
  expect(store.publications.expire(profileId, NOW_MS + 1, NOW_MS + 1, TROUBLE)).toBe(2);

  expect(store.publications.counts(profileId)).toMatchObject({
    waiting: 1,
    sent: 0,
    failed: 1,
    error: TROUBLE,
  });
  expect(store.publications.next(profileId)).toMatchObject({ id: unsure, attempts: 1 });
});

test('switching publishing off drops what was not handed over; removing the profile leaves nothing', () => {
  const store = aStore();
  const { profileId, sourceId } = aManager(store, 'fra', 'socket');
  settled(store, sourceId);
  store.publications.dropWaiting(profileId);
  expect(store.publications.next(profileId)).toBeNull();
  expect(store.publications.counts(profileId)).toMatchObject({ waiting: 0 });

  settled(store, sourceId);
  store.profiles.remove(profileId);
  expect(store.publications.next(profileId)).toBeNull();
  expect(store.publications.counts(profileId)).toMatchObject({ waiting: 0 });
});
