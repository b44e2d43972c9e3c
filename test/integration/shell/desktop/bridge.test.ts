import { createORPCClient, isDefinedError, safe } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { expect, test, vi } from 'vitest';
import { StandInFrame, type StandInPort } from '../electron-stand-in.ts';
import type { SmallClient } from '../small-core.ts';
import { anOpenedWindow, askForPort } from './desktop.ts';
import { until } from '../../../builders/until.ts';

function clientOf(port: StandInPort): SmallClient {
  const client: SmallClient = createORPCClient(new RPCLink({ port }));
  port.start();
  return client;
}

test('the window’s page is given a port, and a call over it is answered by the core', async () => {
  const { window } = await anOpenedWindow();
  const port = await askForPort(window, window.webContents.mainFrame);
  if (!port) throw new Error('No port came.');
  await expect(clientOf(port).add({ a: 20, b: 22 })).resolves.toBe(42);
});

test('a failure arrives typed, and a stream in order', async () => {
  const { window } = await anOpenedWindow();
  const port = await askForPort(window, window.webContents.mainFrame);
  if (!port) throw new Error('No port came.');
  const client = clientOf(port);
  const { error } = await safe(client.refuse());
  expect(isDefinedError(error) && error.data.code).toBe('store.newer-schema');
  const seen: number[] = [];
  for await (const number of await client.count()) seen.push(number);
  expect(seen).toEqual([1, 2, 3]);
});

test('a frame inside the page is given nothing', async () => {
  const { window, core } = await anOpenedWindow();
  const inner = new StandInFrame(2, window.webContents.mainFrame);
  Object.assign(inner, { url: 'verdict-desk://app/index.html', origin: 'verdict-desk://app' });
  expect(await askForPort(window, inner)).toBeNull();
  expect(core.connections.size).toBe(0);
});

test('a frame of another window is given nothing', async () => {
  const { window, core } = await anOpenedWindow();
  const other = new StandInFrame(7, null);
  Object.assign(other, { url: 'verdict-desk://app/index.html', origin: 'verdict-desk://app' });
  expect(await askForPort(window, other)).toBeNull();
  expect(core.connections.size).toBe(0);
});

test('a page of another origin in the window itself is given nothing', async () => {
  const { window, core } = await anOpenedWindow();
  for (const url of [
    'https://evil.example/index.html',
    'verdict-desk://other/index.html',
    'file:///index.html',
    'about:blank',
  ]) {
    await window.loadURL(url);
    expect(await askForPort(window, window.webContents.mainFrame)).toBeNull();
  }
  expect(core.connections.size).toBe(0);
});

test('a frame that is gone already is given nothing', async () => {
  const { window, core } = await anOpenedWindow();
  expect(await askForPort(window, null)).toBeNull();
  expect(core.connections.size).toBe(0);
});

test('a reloaded page has a new connection; the one before it is closed', async () => {
  const { window, core } = await anOpenedWindow();
  await askForPort(window, window.webContents.mainFrame);
  const again = await askForPort(window, window.webContents.mainFrame);
  await until(() => expect(core.connections.size).toBe(1));
  if (!again) throw new Error('No port came.');
});

test('a closed window closes its connection', async () => {
  const { window, core } = await anOpenedWindow();
  await askForPort(window, window.webContents.mainFrame);
  expect(core.connections.size).toBe(1);
  window.close();
  await until(() => expect(core.connections.size).toBe(0));
});

test('a core that ends closes the page’s port', async () => {
  const { window, core } = await anOpenedWindow();
  const port = await askForPort(window, window.webContents.mainFrame);
  const closed = vi.fn<() => void>();
  port?.on('close', closed);
  core.fail(new Error('gone'));
  await until(() => expect(closed).toHaveBeenCalledOnce());
});
