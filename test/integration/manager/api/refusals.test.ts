import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { ApiRequest } from '../../../../src-main/manager/api/wazuh-api.ts';
import { Apis } from '../../../builders/an-api.ts';
import { ManualClock } from '../../../builders/manual-clock.ts';
import { startWebServer } from '../../../builders/web-server.ts';

const apis = new Apis();
afterEach(() => apis.clean());

const AGENTS = { method: 'GET', path: '/agents' } as const;

test('a missing permission is named with the action and the resource that lack it', async () => {
  const api = await apis.start();
  const client = apis.client(api, { user: 'auditor' });

  const refused = client.request({ method: 'POST', path: '/events', json: { events: ['{}'] } });

  await expect(refused).rejects.toMatchObject({
    code: 'api.forbidden',
    status: 403,
    apiCode: 4000,
    message: expect.stringContaining('event:ingest on *:*'),
    remedy: expect.stringContaining('Give a role of auditor a policy'),
  });
  expect(client.status.state).toBe('connected');
});

test('a user without any role is told so call by call, and still signed in', async () => {
  const api = await apis.start();
  const client = apis.client(api, { user: 'newcomer' });

  await expect(client.request(AGENTS)).rejects.toThrow('agent:read on agent:id');
  await expect(client.request({ method: 'GET', path: '/manager/info' })).rejects.toThrow(
    'manager:read on *:*',
  );
  await expect(client.request({ method: 'GET', path: '/' })).resolves.toMatchObject({ status: 200 });
});

test('items that failed inside an answer of 200 are read one by one', async () => {
  const orders: string[] = [];
  const api = await apis.start({
    onActiveResponse: ({ agentId, command }) => orders.push(`${agentId} ${command}`),
  });
  const client = apis.client(api);

  const answer = await client.request({
    method: 'PUT',
    path: '/active-response',
    query: { agents_list: '001,013,999,998' },
    json: { command: '!kaspersky', arguments: ['--full_scan'] },
  });
  const none = await client.request({
    method: 'PUT',
    path: '/active-response',
    query: { agents_list: '001' },
    json: { command: 'kaspersky-full', arguments: ['--full_scan'] },
  });

  expect(answer).toMatchObject({ status: 200, items: ['001'], total: 1 });
  expect(answer.failed).toEqual([
    {
      code: 1707,
      message: 'Cannot send request, agent is not active',
      remediation: 'Check non-active agents connection and try again.',
      ids: ['013'],
    },
    expect.objectContaining({ code: 1701, ids: ['999', '998'] }),
  ]);
  expect(none).toMatchObject({ items: [], failed: [{ code: 1652, ids: ['001'] }] });
  expect(orders).toEqual(['001 !kaspersky']);
});

test.each<[string, ApiRequest, object]>([
  [
    'an unknown field of a body',
    { method: 'PUT', path: '/active-response', json: { command: 'a0', custom: true } },
    { code: 'api.refused', status: 400, message: expect.stringContaining("Invalid field found {'custom'}") },
  ],
  [
    'a query it does not understand',
    { ...AGENTS, query: { q: 'id' } },
    { code: 'api.refused', status: 400, apiCode: 1407 },
  ],
  ['an unknown path', { method: 'GET', path: '/alerts' }, { code: 'api.not-found', status: 404 }],
  [
    'a method the path does not have',
    { method: 'PUT', path: '/agents' },
    { code: 'api.not-found', status: 405 },
  ],
  [
    'a body of the wrong type',
    { method: 'POST', path: '/events', bytes: Buffer.from('{"events":["a"]}') },
    { code: 'api.refused', status: 406, apiCode: 6002 },
  ],
  [
    'a body that is too large',
    { method: 'POST', path: '/events', bytes: Buffer.alloc(10_485_761) },
    { code: 'api.refused', status: 413 },
  ],
])('%s is refused in the words of the API', async (_what, request, expected) => {
  const api = await apis.start();

  await expect(apis.client(api).request(request)).rejects.toMatchObject(expected);
});

test('a call that this version does not have yet is not found', async () => {
  const api = await apis.start({ version: '4.5.4' });

  const refused = apis.client(api).request({ method: 'POST', path: '/events', json: { events: ['a'] } });

  await expect(refused).rejects.toMatchObject({
    code: 'api.not-found',
    remedy: expect.stringContaining('another version of Wazuh'),
  });
});

test('an internal error carries its number, its words and what the API advises', async () => {
  const api = await apis.start();
  api.control.misbehave({ kind: 'server-error' });

  await expect(apis.client(api).request(AGENTS)).rejects.toMatchObject({
    code: 'api.refused',
    status: 500,
    apiCode: 1017,
    message: expect.stringContaining(
      '(error 1017): Wazuh Internal Error: Some Wazuh daemons are not ready yet',
    ),
    remedy: 'Check the status of the Wazuh daemons',
  });
});

test('an invalid configuration comes back as a failed item with what the daemons said', async () => {
  const api = await apis.start({}, '<ossec_config><global></ossec_config>');

  const answer = await apis.client(api).request({ method: 'GET', path: '/manager/configuration/validation' });

  expect(answer).toMatchObject({ items: [], failed: [{ code: 1908 }] });
});

test('the raw configuration comes as it is on the disk', async () => {
  const api = await apis.start();

  const raw = await apis
    .client(api)
    .request({ method: 'GET', path: '/manager/configuration', query: { raw: true } });

  expect(raw.text).toContain('<!-- A manager -->\n<ossec_config>');
  expect(raw.items).toEqual([]);
});

test.each([200, 403, 502])('the page of a proxy (%i) is not taken for an answer', async (status) => {
  const api = await apis.start();
  api.control.misbehave({ kind: 'html', status }, { scope: 'everything' });

  await expect(apis.client(api).request(AGENTS)).rejects.toMatchObject({
    code: 'api.unreadable',
    message: expect.stringContaining('it is a web page'),
  });
});

test('JSON that ends too early is not taken for an answer', async () => {
  const api = await apis.start();
  api.control.misbehave({ kind: 'broken-json' });

  await expect(apis.client(api).request(AGENTS)).rejects.toMatchObject({
    code: 'api.unreadable',
    message: expect.stringContaining('its JSON is broken'),
  });
});

test('a connection that breaks in the middle of an answer is told as such', async () => {
  const api = await apis.start();
  api.control.misbehave({ kind: 'cut' });
  const client = apis.client(api);

  await expect(client.request(AGENTS)).rejects.toMatchObject({ code: 'api.unreachable' });

  expect(client.status).toMatchObject({ state: 'waiting', need: null, error: { code: 'api.unreachable' } });
  await api.control.recover();
  await client.request(AGENTS);
  expect(client.status).toMatchObject({ state: 'connected', error: null });
});

test('an answer without end is given up at its limit', async () => {
  const api = await apis.start();
  api.control.misbehave({ kind: 'huge' });

  await expect(apis.client(api).request(AGENTS)).rejects.toMatchObject({
    code: 'api.unreadable',
    message: expect.stringContaining('larger than 16 MB'),
  });
});

test('an answer that does not come ends at the time limit', async () => {
  const api = await apis.start();
  api.control.misbehave({ kind: 'silent' });

  await expect(apis.client(api).request({ ...AGENTS, timeoutMs: 60 })).rejects.toMatchObject({
    code: 'api.timeout',
    message: expect.stringContaining('within 0.1 seconds'),
  });
});

test('a request that is given up ends at once, and so does everything when the client closes', async () => {
  const api = await apis.start();
  api.control.misbehave({ kind: 'silent' });
  const client = apis.client(api);
  const giveUp = new AbortController();
  const given = client.request({ ...AGENTS, signal: giveUp.signal });
  const open = client.request(AGENTS);
  const outcomes = Promise.allSettled([given, open]);
  await expect.poll(() => api.control.requests().length).toBeGreaterThan(0);

  giveUp.abort();
  await expect(given).rejects.toMatchObject({ code: 'api.cancelled' });
  await client.close();

  expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
  await expect(open).rejects.toMatchObject({ code: 'api.cancelled' });
  await expect(client.request(AGENTS)).rejects.toMatchObject({ code: 'api.cancelled' });
});

test('nobody who listens, a server of another kind and a name that does not exist are told apart', async () => {
  const api = await apis.start();
  await api.control.refuseConnections();
  const plain = await startWebServer((_request, response) => response.end('hello'));
  const silent = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const silentPort = typeof address === 'object' && address ? address.port : 0;

  const refused = apis.stranger(api.url).request(AGENTS);
  const notTls = apis.stranger(plain.url.replace('http:', 'https:')).request(AGENTS);
  const closing = apis.stranger(`https://127.0.0.1:${silentPort}`).request(AGENTS);

  await expect(refused).rejects.toThrow('Nothing listens there');
  await expect(notTls).rejects.toThrow('does not speak TLS');
  await expect(closing).rejects.toMatchObject({ code: 'api.unreachable' });
  await plain.close();
  silent.close();
});

test('an address that leads elsewhere is not followed: credentials stay with the manager that was named', async () => {
  const asked: string[] = [];
  const elsewhere = await startWebServer((_request, response) => response.end());
  const server = await startWebServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(302, { location: `${elsewhere.url}/agents` }).end();
  });

  await expect(apis.stranger(server.url).request(AGENTS)).rejects.toMatchObject({
    code: 'api.unreadable',
    message: expect.stringContaining('leads to another address'),
  });

  expect(asked).toEqual(['/security/user/authenticate?raw=true']);
  expect(elsewhere.requests).toEqual([]);
  await server.close();
  await elsewhere.close();
});

test('some other web service is not taken for a Wazuh API', async () => {
  const server = await startWebServer((_request, response) =>
    response
      .writeHead(404, { 'content-type': 'application/json' })
      .end('{"error":404,"message":"Nothing here"}'),
  );

  await expect(apis.stranger(server.url).request(AGENTS)).rejects.toMatchObject({
    code: 'api.unreadable',
    message: expect.stringContaining('knows no way to sign in'),
  });
  await server.close();
});

test('a minute that others have used up is told to whom waits, and waited out by whom can', async () => {
  const clock = new ManualClock();
  const api = await apis.start({ clock });
  const client = apis.client(api, { clock });
  await client.request(AGENTS);
  api.control.misbehave({ kind: 'rate-limit' }, { times: 1 });

  const patient = client.request({ ...AGENTS, urgency: 'background' });
  await expect.poll(() => clock.sleepers).toBeGreaterThan(0);
  const hurried = client.request(AGENTS);

  await expect(hurried).rejects.toMatchObject({ code: 'api.rate-limited' });
  expect(client.status).toMatchObject({ state: 'waiting', retryAt: '2026-11-17T09:01:01.000Z' });
  await clock.advance(61_000);
  await expect(patient).resolves.toMatchObject({ status: 200 });
  expect(client.status.state).toBe('connected');
});

test('the API never has to refuse for the number of requests, whatever is asked of it', async () => {
  const clock = new ManualClock();
  const api = await apis.start({ clock });
  const client = apis.client(api, { clock });
  let answered = 0;

  const all = Array.from({ length: 700 }, (_, turn) =>
    client
      .request({
        ...AGENTS,
        query: { limit: 1 },
        urgency: turn % 3 === 0 ? 'now' : 'background',
        timeoutMs: 600_000,
      })
      .then(() => (answered += 1)),
  );
  // 240 a minute, 200 of them for those that can wait; signing in was one.
  for (const soFar of [239, 439, 639]) {
    await expect.poll(() => answered).toBe(soFar);
    await clock.advance(61_000);
  }

  await Promise.all(all);
  expect(api.control.requests().filter(({ status }) => status === 429)).toEqual([]);
});

test('outcomes handed over as events keep to thirty a minute', async () => {
  const clock = new ManualClock();
  const events: string[] = [];
  const api = await apis.start({ clock, onEvent: (text) => events.push(text) });
  const client = apis.client(api, { clock });

  const all = Array.from({ length: 45 }, (_, turn) =>
    client.request({
      method: 'POST',
      path: '/events',
      json: { events: [`event ${turn}`] },
      urgency: 'background',
    }),
  );
  await expect.poll(() => events.length).toBe(30);
  const others = await client.request(AGENTS);
  await clock.advance(61_000);
  await Promise.all(all);

  expect(others.status).toBe(200);
  expect(events).toHaveLength(45);
  expect(api.control.requests().every(({ status }) => status === 200)).toBe(true);
});

test('the limit of events alone holds up events alone', async () => {
  const clock = new ManualClock();
  const api = await apis.start({ clock, limits: { eventsPerMinute: 1 } });
  const client = apis.client(api, { clock });
  const post = { method: 'POST', path: '/events', json: { events: ['a'] } } as const;
  await client.request(post);

  await expect(client.request(post)).rejects.toMatchObject({ code: 'api.rate-limited' });

  await expect(client.request(AGENTS)).resolves.toMatchObject({ status: 200 });
});
