import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { gatherWrites } from '../../../../src-main/manager/ssh/gather-writes.ts';

test('what is written in one go waits for the end of it, and all arrives in order', async () => {
  const arrived = Promise.withResolvers<string>();
  const server = createServer((taken) => arrived.resolve(text(taken))).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const address = server.address();
  const socket = connect({ host: '127.0.0.1', port: typeof address === 'object' ? (address?.port ?? 0) : 0 });
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  gatherWrites(socket);

  for (const piece of ['one packet, ', 'three ', 'pieces']) socket.write(piece);
  expect(socket.writableCorked).toBe(1);
  expect(socket.writableLength).toBe('one packet, three pieces'.length);
  await new Promise<void>((resolve) => process.nextTick(resolve));
  expect(socket.writableCorked).toBe(0);

  const written = Promise.withResolvers<void>();
  socket.write(', and more', () => written.resolve());
  await written.promise;
  socket.write(' at the end');
  socket.end('.');
  expect(await arrived.promise).toBe('one packet, three pieces, and more at the end.');
});
