import { afterEach, expect, test } from 'vitest';
import { Labs } from '../../builders/a-lab.ts';
import { Apis } from '../../builders/an-api.ts';
import { liveAlerts } from '../../builders/lab-files.ts';

const labs = new Labs();
const apis = new Apis();
afterEach(async () => {
  await apis.clean();
  await labs.clean();
});

test('an event posted to the API raises its alert in both files, with the location the manager gives it', async () => {
  const lab = await labs.start();
  const client = apis.clientOf(lab);
  const event = {
    verdict_desk: { id: 'k2' },
    virustotal: { found: 0, malicious: 0 },
    integration: 'virustotal',
  };
  await client.request({ method: 'POST', path: '/events', json: { events: [JSON.stringify(event)] } });
  expect(liveAlerts(lab).at(-1)).toMatchObject({
    rule: { id: '87103' },
    agent: { id: '000' },
    location: 'API-Webhook',
    data: { verdict_desk: { id: 'k2' }, integration: 'virustotal' },
  });
});

test('the API lists the agents that agent_control lists', async () => {
  const lab = await labs.start();
  const client = apis.clientOf(lab);
  const agents = await client.list('/agents');
  expect(agents).toHaveLength(15);
  expect(agents).toContainEqual(
    expect.objectContaining({ id: '012', version: 'Wazuh v3.13.6', status: 'active' }),
  );
  expect(agents).toContainEqual(expect.objectContaining({ id: '013', status: 'disconnected' }));
  expect(agents).toContainEqual(expect.objectContaining({ id: '014', status: 'never_connected' }));
});
