import type { MessagePort } from 'node:worker_threads';
import { type BrowserWindow, type IpcMainEvent, MessageChannelMain, type MessagePortMain } from 'electron';
import type { CoreHost } from '../../app/core-host.ts';
import { CONNECT_CHANNEL, PORT_CHANNEL } from '../bridge-channels.ts';
import { APP_ORIGIN, isWindowUrl } from './app-scheme.ts';

/**
 * Gives the window's page, and nobody else, a port to the core. Who asks is checked here once, for every call that
 * will ever travel over the port; what the calls say is checked by the contract.
 */
export function bridgeWindow(window: BrowserWindow, core: Pick<CoreHost, 'connect'>): void {
  let current: MessagePort | null = null;
  window.webContents.ipc.on(CONNECT_CHANNEL, (event) => {
    const frame = ownFrame(event, window);
    if (frame === null) return;
    current?.close(); // A reloaded page asks anew; the port of the page before it is of no use.
    current = core.connect();
    const { port1, port2 } = new MessageChannelMain();
    relayPorts(port1, current);
    frame.postMessage(PORT_CHANNEL, null, [port2]);
  });
  window.on('closed', () => current?.close());
}

function ownFrame(event: IpcMainEvent, window: BrowserWindow): IpcMainEvent['senderFrame'] {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null) return null;
  if (frame.frameTreeNodeId !== window.webContents.mainFrame.frameTreeNodeId) return null;
  return frame.origin === APP_ORIGIN && isWindowUrl(frame.url) ? frame : null;
}

/** Electron's port and Node's port are different things with the same habit: messages both ways, closed together. */
function relayPorts(pagePort: MessagePortMain, corePort: MessagePort): void {
  pagePort.on('message', ({ data }) => corePort.postMessage(data, []));
  pagePort.once('close', () => corePort.close());
  corePort.on('message', (data: string | Uint8Array) => pagePort.postMessage(data, []));
  corePort.once('close', () => pagePort.close());
  pagePort.start();
}
