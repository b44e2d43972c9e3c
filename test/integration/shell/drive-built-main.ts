import { registerHooks } from 'node:module';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { CONNECT_CHANNEL } from '../../../src-main/shell/bridge-channels.ts';
import type { ContractClient } from '../../../src-shared/ipc/index.ts';
import { app, BrowserWindow, session, StandInFrame, type StandInPort } from './electron-stand-in.ts';

// Loaded before the built bundle (`node --import`): its Electron is the stand-in, and what a person would do with the
// window is done here. What was seen goes to stdout as one line of JSON.
const standIn = new URL('./electron-stand-in.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

export interface Seen {
  readonly preload: unknown;
  readonly isSandboxed: boolean;
  readonly pageStatus: number;
  readonly policy: string | null;
  readonly strangerGotPort: boolean;
  readonly answer: unknown;
}

app.on('web-contents-created', (_event, contents) => {
  contents.setMaxListeners(20);
  setTimeout(() => void drive(), 0);
});
setTimeout(() => app.becomeReady(), 0);

async function drive(): Promise<void> {
  const window = BrowserWindow.getAllWindows()[0];
  if (!window) throw new Error('The bundle opened no window.');
  const page = await session.defaultSession.load(window.webContents.mainFrame.url);
  const port = portFor(window, window.webContents.mainFrame);
  const seen: Seen = {
    preload: window.options.webPreferences?.preload,
    isSandboxed: app.isSandboxed && window.options.webPreferences?.sandbox === true,
    pageStatus: page.status,
    policy: page.headers.get('content-security-policy'),
    strangerGotPort: portFor(window, new StandInFrame(9, null)) !== null,
    answer: port && (await askStatus(port)),
  };
  console.log(JSON.stringify({ seen }));
  window.close();
}

function portFor(window: BrowserWindow, frame: StandInFrame): StandInPort | null {
  let port: StandInPort | null = null;
  frame.once('posted', (post: { ports: readonly StandInPort[] }) => (port = post.ports[0] ?? null));
  window.webContents.ipc.emit(CONNECT_CHANNEL, { senderFrame: frame });
  return port;
}

async function askStatus(port: StandInPort): Promise<unknown> {
  const client: ContractClient = createORPCClient(new RPCLink({ port }));
  port.start();
  return client.status.get();
}
