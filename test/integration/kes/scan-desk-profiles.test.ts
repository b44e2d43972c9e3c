import { expect, test } from 'vitest';
import { AFleet } from '../../builders/a-fleet.ts';
import { aRequest, PROFILE } from '../../builders/a-fleet-request.ts';
import { aDraft } from '../../builders/a-profile.ts';
import { aScanDesk } from '../../builders/a-scan-desk.ts';
import { aStore } from '../../builders/a-store.ts';
import { anOrder, aStoredScan } from '../../builders/a-stored-scan.ts';
import { NOW_MS } from '../../builders/committing.ts';

const rules = { atOnce: 9, pauseSeconds: 0, canary: false, waitHours: 2 };

class OneConnection extends AFleet {
  override isReachable(profile?: string): boolean {
    return profile === PROFILE;
  }
}

/** One scan that waits for its agent, at a connection that alone is reached. */
async function waiting() {
  const fleet = new OneConnection();
  fleet.set('001', { status: 'disconnected' });
  const at = aScanDesk({ fleet });
  await at.desk.launch(aRequest({ rules }), true);
  await at.settle();
  expect(at.scan().state).toBe('waiting-for-agent');
  const id = at.store.profiles.list()[0]?.profile.id ?? 0;
  return { ...at, id };
}

test('what waits for an agent is not sent over another connection that got the name of a removed one', async () => {
  const at = await waiting();
  at.store.profiles.remove(at.id);
  at.store.profiles.add(aDraft({ name: PROFILE }));
  at.fleet.set('001', { status: 'active' });
  await at.pass(10_000);
  expect(at.fleet.requests).toEqual([]);
  expect(at.scan().state).toBe('cancelled');
  expect(at.evidence().at(-1)?.detail).toBe(
    'Its connection was removed or leads elsewhere; nothing was sent',
  );
});

const { ssh } = aDraft();
const elsewhere = ssh && { ...ssh, host: 'mgr-ams-1.example.net' };

test('what waits for an agent is not sent to another manager that its connection leads to now', async () => {
  const at = await waiting();
  at.store.profiles.change(at.id, aDraft({ name: PROFILE, ssh: elsewhere }));
  at.fleet.set('001', { status: 'active' });
  await at.pass(10_000);
  expect(at.fleet.requests).toEqual([]);
  expect(at.scan().state).toBe('cancelled');
});

test('what waits is sent when its connection leads to the same manager in another way', async () => {
  const at = await waiting();
  const api = { url: 'https://mgr-fra-1.example.net:55000', user: 'wazuh' };
  at.store.profiles.change(at.id, aDraft({ name: PROFILE, api, elevation: 'sudo' }));
  at.fleet.set('001', { status: 'active' });
  await at.pass(10_000);
  expect(at.fleet.requests).toHaveLength(1);
});

test('a task is neither followed nor stopped on the machine that has the number of its agent elsewhere', async () => {
  const store = aStore();
  const id = store.profiles.add(aDraft({ name: PROFILE }));
  const scan = aStoredScan(1, { profile: PROFILE, route: 'agent-ssh', dispatch: null });
  const [scanId = 0] = store.scans.addOrder(anOrder(), [scan], NOW_MS).scanIds;
  const time = new Date(NOW_MS).toISOString();
  const seen = { source: 'app' as const, time, detail: '', facts: null };
  store.scans.addEvidence(scanId, [
    { ...seen, what: 'sending' },
    { ...seen, what: 'launched' },
  ]);
  store.scans.setTask(scanId, { name: 'Scan_My_Computer', since: null });

  store.profiles.change(id, aDraft({ name: PROFILE, ssh: elsewhere }));
  const at = aScanDesk({ store });
  await at.settle();

  expect(at.evidence(scanId).at(-1)).toMatchObject({ what: 'not-seen' });
  await expect(at.desk.cancel(scanId)).rejects.toMatchObject({ code: 'kes.no-access' });
  expect(at.scan(scanId).state).toBe('launched');
});
