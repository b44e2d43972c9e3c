import { expect, test } from 'vitest';
import { AFleet } from '../../builders/a-fleet.ts';
import { aRequest, PROFILE } from '../../builders/a-fleet-request.ts';
import { aDraft } from '../../builders/a-profile.ts';
import { aScanDesk } from '../../builders/a-scan-desk.ts';

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
  expect(at.evidence().at(-1)?.detail).toBe('Its connection was removed; nothing was sent');
});
