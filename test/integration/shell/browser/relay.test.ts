import { once } from 'node:events';
import { connect } from 'node:net';
import { isDefinedError, safe } from '@orpc/client';
import { expect, test, vi } from 'vitest';
import { aServedFace, aWindowSocket, clientOf } from './face.ts';
import { until } from '../../../builders/until.ts';

test('a call goes to the core and its answer comes back', async () => {
  const { face } = await aServedFace();
  const client = clientOf(await aWindowSocket(face));
  await expect(client.add({ a: 2, b: 40 })).resolves.toBe(42);
});

test('an argument that the contract does not allow is refused by the core', async () => {
  const { face } = await aServedFace();
  const client = clientOf(await aWindowSocket(face));
  await expect(client.add({ a: Number.NaN, b: 40 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('a failure arrives typed, with message and remedy', async () => {
  const { face } = await aServedFace();
  const client = clientOf(await aWindowSocket(face));
  const { error } = await safe(client.refuse());
  if (!isDefinedError(error)) throw new Error('The error lost its type on the way.');
  expect(error.data).toEqual({
    code: 'store.newer-schema',
    message: 'The store is newer.',
    remedy: 'Update the app.',
  });
});

test('a stream of events arrives in order and ends', async () => {
  const { face } = await aServedFace();
  const client = clientOf(await aWindowSocket(face));
  const seen: number[] = [];
  for await (const number of await client.count()) seen.push(number);
  expect(seen).toEqual([1, 2, 3]);
});

test('bytes pass untouched', async () => {
  const { face } = await aServedFace();
  const client = clientOf(await aWindowSocket(face));
  const file = new File([new Uint8Array(100_000).fill(255)], 'alerts.log');
  await expect(client.size(file)).resolves.toBe(100_000);
});

test('each window has a connection of its own, which ends with it', async () => {
  const { face, core } = await aServedFace();
  const [one, other] = [await aWindowSocket(face), await aWindowSocket(face)];
  expect(core.connections.size).toBe(2);
  one.close();
  await until(() => expect(core.connections.size).toBe(1));
  await expect(clientOf(other).add({ a: 1, b: 1 })).resolves.toBe(2);
});

test('when the core ends, its windows are told', async () => {
  const { face, core } = await aServedFace();
  const socket = await aWindowSocket(face);
  core.fail(new Error('gone'));
  const [code] = await once(socket, 'close');
  expect(code).toBe(1001);
});

test('a message larger than any call ends the connection', async () => {
  const { face, core } = await aServedFace();
  const socket = await aWindowSocket(face);
  socket.on('error', () => undefined);
  socket.send('x'.repeat(1.5 * 1024 * 1024 + 1));
  const [code] = await once(socket, 'close');
  expect(code).toBe(1009);
  await until(() => expect(core.connections.size).toBe(0));
});

test('a window that answers no ping is let go', async () => {
  const { face, core } = await aServedFace({ pingEveryMs: 50 });
  const socket = await aWindowSocket(face);
  await once(socket, 'ping');
  expect(core.connections.size).toBe(1);
  socket.pause(); // As a suspended laptop: the connection is there, nobody reads.
  await vi.waitFor(() => expect(core.connections.size).toBe(0), { timeout: 5000 });
});

test('closing the face ends windows and idle connections, and frees the port', async () => {
  const { face, core } = await aServedFace();
  const socket = await aWindowSocket(face);
  const idle = connect({ host: '127.0.0.1', port: face.port });
  await once(idle, 'connect');
  const ended = Promise.all([once(socket, 'close'), once(idle, 'close')]);
  await face.close();
  await ended;
  await until(() => expect(core.connections.size).toBe(0));
  const { face: next } = await aServedFace({ port: face.port });
  expect(next.port).toBe(face.port);
});
