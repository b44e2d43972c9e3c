import { expect, onTestFinished, test } from 'vitest';
import { DirectReader } from '../../../src-main/store/reader.ts';
import { agentFilter, type AgentFilter } from '../../../src-shared/ipc/agents.ts';
import { aManager } from '../../builders/a-manager.ts';
import { aKnownAgent } from '../../builders/a-profile.ts';
import { aStore } from '../../builders/a-store.ts';
import { aFimEvent } from '../../builders/alerts.ts';
import { commit, NOW_MS, settleNext } from '../../builders/committing.ts';
import { aDetection } from '../../builders/outcomes.ts';

type TestStore = ReturnType<typeof aStore>;

function page(
  store: TestStore,
  filter: Partial<AgentFilter> = {},
  cursor: string | null = null,
  limit = 500,
) {
  const reader = new DirectReader(store.folder);
  onTestFinished(() => reader.close());
  return reader.ask('agentPage', { filter: agentFilter.parse(filter), cursor, limit });
}

const listed = (...agents: ReturnType<typeof aKnownAgent>[]) => ({
  listed: { source: 'api' as const, agents },
  note: null,
});

test('two managers with an agent of one name each count their own events and files', async () => {
  const store = aStore();
  const fra = aManager(store, 'fra');
  const ams = aManager(store, 'ams');
  store.managerAgents.refreshed(fra.profileId, listed(aKnownAgent()), NOW_MS);
  store.managerAgents.refreshed(ams.profileId, listed(aKnownAgent({ agentId: '007' })), NOW_MS);
  const agent = { id: '001', name: 'web-01', ip: null };
  commit({ ...store, sourceId: fra.sourceId }, [aFimEvent({ agent }), aFimEvent({ agent })]);
  commit({ ...store, sourceId: ams.sourceId }, [aFimEvent({ agent: { ...agent, id: '007' } })]);
  settleNext(store, (asked) =>
    aDetection({ sha256: null, sha1: null, md5: null, [asked.algorithm]: asked.hex }),
  );

  const { rows, total } = await page(store);

  expect(total).toBe(2);
  expect(
    rows.map(({ profile, agentId, fimEvents, malicious }) => [profile, agentId, fimEvents, malicious]),
  ).toEqual([
    ['ams', '007', 1, 0],
    ['fra', '001', 2, 1],
  ]);
});

test('an agent that a refresh does not list any more is gone, unless alerts name it', async () => {
  const store = aStore();
  const { profileId, sourceId } = aManager(store, 'fra');
  const gone = aKnownAgent({ agentId: '002', name: 'web-02' });
  const named = aKnownAgent({ agentId: '003', name: 'db-01' });
  store.managerAgents.refreshed(profileId, listed(aKnownAgent(), gone, named), NOW_MS);
  commit({ ...store, sourceId }, [aFimEvent({ agent: { id: '003', name: 'db-01', ip: null } })]);

  store.managerAgents.refreshed(profileId, listed(aKnownAgent({ status: 'disconnected' })), NOW_MS + 1000);

  const { rows } = await page(store);
  expect(rows.map(({ agentId, name, status, source }) => [agentId, name, status, source])).toEqual([
    ['001', 'web-01', 'disconnected', 'api'],
    ['003', 'db-01', 'unknown', 'alerts'],
  ]);
});

test('when a manager cannot be asked, what was known stays and the reason is told', async () => {
  const store = aStore();
  const { profileId } = aManager(store, 'fra');
  const other = aManager(store, 'ams');
  store.managerAgents.refreshed(profileId, listed(aKnownAgent()), NOW_MS);
  store.managerAgents.refreshed(profileId, { listed: null, note: 'fra is not reached.' }, NOW_MS + 60_000);

  expect((await page(store)).rows).toHaveLength(1);
  const reader = new DirectReader(store.folder);
  onTestFinished(() => reader.close());
  expect(await reader.ask('agentListings', null)).toEqual([
    {
      profileId,
      profile: 'fra',
      source: 'api',
      refreshedAt: new Date(NOW_MS).toISOString(),
      note: 'fra is not reached.',
    },
    { profileId: other.profileId, profile: 'ams', source: 'alerts', refreshedAt: null, note: null },
  ]);
});

test('agents of directly named files stand under no connection; without an id they are known by a number', async () => {
  const store = aStore();
  commit(store, [aFimEvent({ agentName: 'web-09' })]);

  const { rows } = await page(store);

  expect(rows).toMatchObject([
    { profile: 'local', profileId: null, agentId: '?1', name: 'web-09', fimEvents: 1 },
  ]);
  const reader = new DirectReader(store.folder);
  onTestFinished(() => reader.close());
  expect(await reader.ask('agent', { profile: 'local', agentId: '?1' })).toEqual(rows[0]);
  expect(await reader.ask('agent', { profile: 'fra', agentId: '?1' })).toBeNull();
});

test('the filter finds name, id, address, group and system in any case, and narrows by profile, status and group', async () => {
  const store = aStore();
  const { profileId } = aManager(store, 'fra');
  const windows = { osName: 'Microsoft Windows Server 2022', osPlatform: 'windows', groups: ['Fileserver'] };
  store.managerAgents.refreshed(
    profileId,
    listed(
      aKnownAgent({ agentId: '001', name: 'Äpfel-01', ip: '192.0.2.10' }),
      aKnownAgent({ agentId: '002', name: 'files', ip: '198.51.100.7', status: 'disconnected', ...windows }),
    ),
    NOW_MS,
  );
  const ids = async (filter: Partial<AgentFilter>) =>
    (await page(store, filter)).rows.map(({ agentId }) => agentId);

  expect(await ids({ text: 'äPFEL' })).toEqual(['001']);
  expect(await ids({ text: '002' })).toEqual(['002']);
  expect(await ids({ text: '198.51' })).toEqual(['002']);
  expect(await ids({ text: 'fileSERVER' })).toEqual(['002']);
  expect(await ids({ text: 'windows' })).toEqual(['002']);
  expect(await ids({ text: '%' })).toEqual([]);
  expect(await ids({ statuses: ['disconnected', 'pending'] })).toEqual(['002']);
  expect(await ids({ group: 'default' })).toEqual(['001']);
  expect(await ids({ profile: 'ams' })).toEqual([]);
  const { matching, total } = await page(store, { text: 'files' });
  expect([matching, total]).toEqual([1, 2]);
});

test('pages follow each other by key in the order of ids, whatever happens in between', async () => {
  const store = aStore();
  const { profileId } = aManager(store, 'fra');
  const agents = Array.from({ length: 25 }, (_, index) =>
    aKnownAgent({ agentId: String(index * 90 + 1).padStart(3, '0'), name: `agent ${index}` }),
  );
  store.managerAgents.refreshed(profileId, listed(...agents), NOW_MS);
  commit(store, [aFimEvent({ agentName: 'x'.repeat(3000) }), aFimEvent({ agentName: 'y' })]);

  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const next: Awaited<ReturnType<typeof page>> = await page(store, {}, cursor, 4);
    seen.push(...next.rows.map(({ agentId }) => agentId));
    cursor = next.nextCursor;
    expect(cursor?.length ?? 0).toBeLessThanOrEqual(600);
  } while (cursor !== null);

  expect(seen).toEqual([...agents.map(({ agentId }) => agentId), '?1', '?2']);
  await expect(page(store, {}, 'nonsense')).rejects.toMatchObject({ code: 'agents.bad-cursor' });
});

test('groups of all managers are listed once', async () => {
  const store = aStore();
  const { profileId } = aManager(store, 'fra');
  store.managerAgents.refreshed(
    profileId,
    listed(
      aKnownAgent({ groups: ['web', 'default'] }),
      aKnownAgent({ agentId: '002', groups: ['Backup', 'web'] }),
    ),
    NOW_MS,
  );
  const reader = new DirectReader(store.folder);
  onTestFinished(() => reader.close());
  expect(await reader.ask('agentGroups', null)).toEqual(['Backup', 'default', 'web']);
});
