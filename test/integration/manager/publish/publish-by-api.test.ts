import { afterEach, describe, expect, test } from 'vitest';
import {
  createHandOver,
  type HandOverTarget,
} from '../../../../src-main/manager/publish/create-hand-over.ts';
import type { WazuhApi } from '../../../../src-main/manager/api/wazuh-api.ts';
import { aProfile } from '../../../builders/a-profile.ts';
import { Apis } from '../../../builders/an-api.ts';

const apis = new Apis();
afterEach(() => apis.clean());

const never = new AbortController().signal;
const OUTCOME = { event: '{"virustotal": {"found": 1}}', agent: { id: '001', name: 'web-01', ip: null } };

async function anApi(options: Parameters<Apis['start']>[0] = {}) {
  const events: string[] = [];
  const api = await apis.start({ onEvent: (text) => events.push(text), ...options });
  return { api, events, client: apis.client(api) };
}

function target(api: WazuhApi | null, version: string | null = '4.14.7'): HandOverTarget {
  return { profile: aProfile({ name: 'fra', publishing: 'api' }), host: null, api, prefix: null, version };
}

describe('publishing over the API', () => {
  test('hands over the event as it is, and asks for the version only where nobody knows it', async () => {
    const { api, events, client } = await anApi();
    await createHandOver()(target(client), OUTCOME, never);
    expect(events).toEqual([OUTCOME.event]);
    const posted = api.control.requests().filter(({ path }) => path === '/events');
    expect(posted).toMatchObject([{ method: 'POST' }]);
    expect(api.control.requests().filter(({ path }) => path === '/')).toEqual([]);

    await createHandOver()(target(client, null), OUTCOME, never);
    expect(events).toHaveLength(2);
  });

  test.each(['3.13.6', '4.5.4', '5.0.0'])('%s takes no events: refused without asking', async (version) => {
    const { api, events, client } = await anApi();
    const sent = createHandOver()(target(client, version), OUTCOME, never);
    await expect(sent).rejects.toMatchObject({ code: 'publishing.not-possible' });
    expect([events, api.control.requests()]).toEqual([[], []]);
  });

  test('an API that turns out to be older is refused in words', async () => {
    const { client } = await anApi({ version: '4.5.4' });
    const sent = createHandOver()(target(client, null), OUTCOME, never);
    await expect(sent).rejects.toMatchObject({
      code: 'publishing.not-possible',
      message: expect.stringContaining('4.5.4'),
    });
  });

  test('a user without event:ingest is told which permission is missing', async () => {
    const { api, events } = await anApi();
    const reader = api.users.find(({ name }) => name !== 'wazuh')?.name ?? '';
    const sent = createHandOver()(target(apis.client(api, { user: reader })), OUTCOME, never);
    await expect(sent).rejects.toMatchObject({
      code: 'api.forbidden',
      message: expect.stringContaining('event:ingest'),
    });
    expect(events).toEqual([]);
  });

  test('what is larger than analysisd reads is not sent', async () => {
    const { events, client } = await anApi();
    const sent = createHandOver()(target(client), { event: 'x'.repeat(65_522), agent: null }, never);
    await expect(sent).rejects.toMatchObject({ code: 'publishing.too-large' });
    await createHandOver()(target(client), { event: 'x'.repeat(65_521), agent: null }, never);
    expect(events.map(({ length }) => length)).toEqual([65_521]);
  });

  test('a profile without an API says so', async () => {
    const sent = createHandOver()(target(null), OUTCOME, never);
    await expect(sent).rejects.toMatchObject({ code: 'publishing.no-way' });
  });
});
