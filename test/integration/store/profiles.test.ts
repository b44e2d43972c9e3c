import { expect, test } from 'vitest';
import { connectForWriting, storePath } from '../../../src-main/store/connection.ts';
import { openReadOnly } from '../../../src-main/store/open-store.ts';
import { DirectReader } from '../../../src-main/store/reader.ts';
import { aDraft } from '../../builders/a-profile.ts';
import { aStore } from '../../builders/a-store.ts';
import { aFimEvent } from '../../builders/alerts.ts';
import { commit } from '../../builders/committing.ts';

const ALERTS = '/var/ossec/logs/alerts/alerts.json';

function follow(store: ReturnType<typeof aStore>, profileId: number, profile: string): number {
  return store.sources.add({
    profile,
    profileId,
    path: ALERTS,
    format: 'json',
    isFollowed: true,
    readsArchives: false,
  });
}

test('a profile is read back as it was entered, in the order of adding', () => {
  const store = aStore();
  const first = store.profiles.add(aDraft({ name: 'fra', publishing: 'socket', prefix: '/opt/ossec' }));
  const second = store.profiles.add(aDraft({ name: 'ams', ssh: null, isLocal: true }));

  expect(store.profiles.list().map(({ profile }) => profile)).toEqual([
    { ...aDraft({ name: 'fra', publishing: 'socket', prefix: '/opt/ossec' }), id: first },
    { ...aDraft({ name: 'ams', ssh: null, isLocal: true }), id: second },
  ]);
});

test('two profiles cannot share a name, whatever its case, and none takes that of local files', () => {
  const store = aStore();
  const id = store.profiles.add(aDraft({ name: 'fra' }));
  store.profiles.add(aDraft({ name: 'ams' }));

  const taken = { code: 'connections.name-taken' };
  expect(() => store.profiles.add(aDraft({ name: 'FRA' }))).toThrow(expect.objectContaining(taken));
  expect(() => store.profiles.change(id, aDraft({ name: 'Ams' }))).toThrow(expect.objectContaining(taken));
  expect(() => store.profiles.add(aDraft({ name: 'Local' }))).toThrow(expect.objectContaining(taken));
  store.profiles.change(id, aDraft({ name: 'Fra' }));
  expect(store.profiles.get(id)?.profile.name).toBe('Fra');
});

test('the number of a removed profile is never given again: its secrets lie under it', () => {
  const store = aStore();
  const id = store.profiles.add(aDraft({ name: 'fra' }));
  store.profiles.remove(id);

  expect(store.profiles.get(id)).toBeNull();
  expect(store.profiles.add(aDraft({ name: 'fra' }))).toBeGreaterThan(id);
});

test('renaming a profile renames it in every sighting', async () => {
  const store = aStore();
  const id = store.profiles.add(aDraft({ name: 'fra' }));
  const sourceId = follow(store, id, 'fra');
  commit({ ...store, sourceId }, [aFimEvent()]);

  store.profiles.change(id, aDraft({ name: 'frankfurt' }));

  const reader = new DirectReader(store.folder);
  const [sighting] = await reader.ask('sightings', { fileId: 1, before: null, limit: 10 });
  await reader.close();
  expect(sighting?.profile).toBe('frankfurt');
});

test('removing a profile keeps its events and ends its following; adding it again goes on where it was', () => {
  const store = aStore();
  const id = store.profiles.add(aDraft({ name: 'fra' }));
  const sourceId = follow(store, id, 'fra');
  commit({ ...store, sourceId }, [aFimEvent()]);

  store.profiles.remove(id);

  expect(store.tallies().fim_events).toBe(1);
  expect(store.sources.get(sourceId)).toMatchObject({ isFollowed: false, profileId: null, profile: 'fra' });
  const again = store.profiles.add(aDraft({ name: 'fra' }));
  expect(follow(store, again, 'fra')).toBe(sourceId);
  expect(store.sources.get(sourceId)).toMatchObject({ isFollowed: true, profileId: again });
});

test('a profile takes over a name that a removed one left on the same path', () => {
  const store = aStore();
  const gone = store.profiles.add(aDraft({ name: 'fra' }));
  const left = follow(store, gone, 'fra');
  store.profiles.remove(gone);
  const id = store.profiles.add(aDraft({ name: 'ams' }));
  const sourceId = follow(store, id, 'ams');

  store.profiles.change(id, aDraft({ name: 'fra' }));

  expect(store.sources.get(sourceId)?.profile).toBe('fra');
  expect(store.sources.get(left)?.profile).toBe('fra (removed 1)');
});

test('a configuration of another version is completed; one that is none is left out', () => {
  const store = aStore();
  const id = store.profiles.add(aDraft({ name: 'fra' }));
  store.profiles.add(aDraft({ name: 'ams' }));
  const before = store.profiles.get(id)?.profile;
  store.close();
  const db = connectForWriting(storePath(store.folder));
  db.prepare(
    `UPDATE profile SET configuration = json_remove(configuration, '$.publishing', '$.readsArchives') WHERE id = ?`,
  ).run(id);
  db.prepare(`UPDATE profile SET configuration = 'nonsense' WHERE id <> ?`).run(id);
  db.close();

  const again = aStore(store.folder);

  expect(again.profiles.list().map(({ profile }) => profile)).toEqual([before]);
});

test('what was found of an account is kept; a report that does not fit any more is as good as none', () => {
  const store = aStore();
  const id = store.profiles.add(aDraft());
  const report = {
    probedAt: '2026-11-21T18:30:00.000Z',
    tookMs: 900,
    manager: {
      hostName: 'mgr',
      version: '4.14.7',
      prefix: '/var/ossec',
      account: { user: 'verdict', groups: ['wazuh'], isRoot: false },
      daemons: [{ name: 'wazuh-analysisd', isRunning: true }],
      clusterNode: null,
    },
    clockDifferenceMs: -12,
    findings: [
      { capability: 'shell', state: 'holds', found: 'Programs may be run.', via: 'ssh', remedy: null },
    ],
  } as const;
  store.profiles.setCapabilities(id, report);
  expect(store.profiles.get(id)?.capabilities).toEqual(report);
  store.profiles.setOff(id, true);
  expect(store.profiles.get(id)?.isOff).toBe(true);
  store.close();
  const db = connectForWriting(storePath(store.folder));
  db.prepare(`UPDATE profile SET capabilities = '{"probedAt":7}'`).run();
  db.close();

  expect(aStore(store.folder).profiles.get(id)?.capabilities).toBeNull();
});

test('accepted host keys and certificates stay until they are forgotten', () => {
  const store = aStore();
  const key = {
    host: 'mgr.example.net',
    port: 22,
    keyType: 'ssh-ed25519',
    key: 'AAAA',
    fingerprint: 'SHA256:abc',
    acceptedMs: 5,
  };
  store.hostKeys.pin(key);
  store.hostKeys.pin({ ...key, acceptedMs: 9 });
  store.hostKeys.pin({ ...key, port: 2222, key: 'BBBB' });
  expect(store.hostKeys.pinned('MGR.example.net', 22)).toEqual([key]);
  store.hostKeys.forget('mgr.example.net', 22);
  expect(store.hostKeys.pinned('mgr.example.net', 22)).toEqual([]);
  expect(store.hostKeys.pinned('mgr.example.net', 2222)).toHaveLength(1);

  store.certificates.accept('mgr.example.net', 55_000, 'aa'.repeat(32), 5);
  expect(store.certificates.accepted('mgr.example.net', 55_000)).toEqual({
    fingerprint: 'aa'.repeat(32),
    acceptedMs: 5,
  });
  store.certificates.forget('mgr.example.net', 55_000);
  expect(store.certificates.accepted('mgr.example.net', 55_000)).toBeNull();
});

test('what the reader has proven is committed with its batch', () => {
  const store = aStore();
  const batch = {
    sourceId: store.sourceId,
    format: 'json' as const,
    position: null,
    alerts: 0,
    bytes: 0,
    records: [],
    malformed: [],
    losses: [{ detail: 'A gap.', bytesAtMost: 7, afterAlertId: '1.2', beforeAlertId: '1.9', isFilled: true }],
  };
  expect(store.journal.proof?.(store.sourceId)).toBeNull();
  store.journal.commit({ ...batch, proof: 'first' }, 1);
  store.journal.commit(batch, 2);

  expect(store.journal.proof?.(store.sourceId)).toBe('first');
  const db = openReadOnly(store.folder);
  const loss = db.prepare('SELECT after_alert_id, before_alert_id, is_filled FROM reading_loss').get();
  db.close();
  expect(loss).toEqual({ after_alert_id: '1.2', before_alert_id: '1.9', is_filled: 1 });
});
