import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { CONNECT_CHANNEL, PORT_CHANNEL } from '../../../src-main/shell/bridge-channels.ts';
import { ipcRenderer } from './electron-stand-in.ts';

test('the preload asks for a port when the page listens, and passes it on to the page only', async () => {
  const page = new EventTarget();
  const postMessage = vi.fn<(message: string, origin: string, transfer: readonly unknown[]) => void>();
  vi.stubGlobal('window', {
    location: { origin: 'verdict-desk://app' },
    addEventListener: page.addEventListener.bind(page),
    postMessage,
  });
  await import('../../../src-main/shell/preload.ts');
  expect(ipcRenderer.sent).toEqual([]);
  page.dispatchEvent(new Event('DOMContentLoaded'));
  expect(ipcRenderer.sent).toEqual([CONNECT_CHANNEL]);

  const { port1 } = new MessageChannel();
  ipcRenderer.emit(PORT_CHANNEL, { ports: [port1] });
  expect(postMessage.mock.calls).toEqual([[PORT_CHANNEL, 'verdict-desk://app', [port1]]]);
  port1.close();
});

test('the page waits for the very message that the preload sends', () => {
  const page = readFileSync(new URL('../../../src-renderer/app/port-transport.ts', import.meta.url), 'utf8');
  expect(page).toContain(`'${PORT_CHANNEL}'`);
});
