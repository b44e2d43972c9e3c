import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CoreOptions, StartCore } from '../../../../src-main/app/core-host.ts';
import { runDesktopApp } from '../../../../src-main/shell/desktop/desktop-app.ts';
import { DomainError } from '../../../../src-shared/errors/domain-error.ts';
import { app, BrowserWindow, dialog, Menu, protocol, resetElectron, session } from '../electron-stand-in.ts';
import { type SmallCore, startSmallCore } from '../small-core.ts';
import { aWindowFolder, temporaryFolder } from '../window-folder.ts';
import { theWindow } from './desktop.ts';
import { until } from '../../../builders/until.ts';

interface Start {
  readonly core: SmallCore & { readonly ended: () => boolean };
  readonly started: CoreOptions[];
  readonly dataFolder: string;
}

async function aStart({
  startCore,
  isFirst = true,
  dataFolder = temporaryFolder(),
}: { startCore?: StartCore; isFirst?: boolean; dataFolder?: string } = {}): Promise<Start> {
  resetElectron();
  app.isFirstInstance = isFirst;
  const small = startSmallCore();
  let hasEnded = false;
  const core = {
    ...small,
    ended: () => hasEnded,
    close: async () => {
      await small.close();
      hasEnded = true;
    },
  };
  const started: CoreOptions[] = [];
  const usual: StartCore = async (options) => {
    started.push(options);
    return core;
  };
  const options = { dataFolder, lab: null, port: null, rendererFolder: aWindowFolder() };
  runDesktopApp(options, startCore ?? usual);
  app.becomeReady();
  return { core, started, dataFolder };
}

const untilOpen = () => until(() => expect(theWindow().calls).toContain('show'));

test('it starts the core on its data folder and opens one window', async () => {
  const { started, dataFolder } = await aStart();
  await untilOpen();
  expect(started).toEqual([{ dataFolder, face: 'desktop', lab: null, systemProxy: null }]);
  expect(app.getPath('userData')).toBe(join(dataFolder, 'desktop'));
  expect(app.isSandboxed).toBe(true);
});

test('the proxy of the desktop reaches the core', async () => {
  resetElectron();
  const started: CoreOptions[] = [];
  const usual = startSmallCore();
  session.defaultSession.proxies = 'PROXY proxy.example:3128; DIRECT';
  runDesktopApp(
    { dataFolder: temporaryFolder(), lab: null, port: null, rendererFolder: aWindowFolder() },
    async (options) => {
      started.push(options);
      return usual;
    },
  );
  app.becomeReady();
  await untilOpen();
  expect(started[0]?.systemProxy).toBe('http://proxy.example:3128');
  expect(session.defaultSession.askedProxyFor).toEqual(['https://www.virustotal.com/api/v3']);
});

test('a data folder that does not exist yet is made for this user alone', async ({ skip }) => {
  skip(process.platform === 'win32', 'Windows keeps no such permissions');
  const dataFolder = join(temporaryFolder(), 'new');
  const before = process.umask(0);
  onTestFinished(() => void process.umask(before));
  await aStart({ dataFolder });
  expect(statSync(dataFolder).mode & 0o777).toBe(0o700);
});

test('its own scheme is a proper origin and serves the window with the policy, and nothing else', async () => {
  await aStart();
  await untilOpen();
  expect(protocol.privileged).toMatchObject([
    { scheme: 'verdict-desk', privileges: { standard: true, secure: true } },
  ]);
  const page = await session.defaultSession.load('verdict-desk://app/index.html');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain(`default-src 'none'; script-src 'self'`);
  expect(policy).toContain(`connect-src 'none'`);
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  expect(await page.text()).toContain(`<meta property="csp-nonce" nonce="${nonce}">`);
  for (const address of ['app/../secret.json', 'app/notes.txt', 'other/index.html']) {
    const answer = await session.defaultSession.load(`verdict-desk://${address}`);
    expect({ address, status: answer.status }).toEqual({ address, status: 404 });
  }
});

test('a second start brings the first one’s window to the front', async () => {
  await aStart();
  await untilOpen();
  theWindow().minimised = true;
  app.emit('second-instance');
  expect(theWindow().calls.slice(-2)).toEqual(['restore', 'focus']);
});

test('a second start leaves without touching the data', async () => {
  const { started } = await aStart({ isFirst: false });
  expect(app.hasQuit).toBe(true);
  expect(started).toEqual([]);
});

test('closing the window ends the app, after the core has ended', async () => {
  const { core } = await aStart();
  await untilOpen();
  theWindow().close();
  expect(app.hasQuit).toBe(false);
  await until(() => expect(app.hasQuit).toBe(true));
  expect(core.ended()).toBe(true);
});

test('a start that is refused says why and what to do', async () => {
  await aStart({
    startCore: () =>
      Promise.reject(new DomainError('store.held', 'Another run holds this data folder.', 'Close it first.')),
  });
  await until(() => expect(app.exitCode).toBe(1));
  expect(dialog.errors).toEqual([
    { title: 'Verdict Desk cannot start', content: 'Another run holds this data folder.\nClose it first.' },
  ]);
  expect(BrowserWindow.getAllWindows()).toEqual([]);
});

test('a core that ends by itself offers a fresh start', async () => {
  const { core } = await aStart();
  await untilOpen();
  core.fail(new Error('The core ended with exit code 134.'));
  await until(() => expect(app.exitCode).toBe(1));
  expect(app.relaunches).toBe(1);
  expect(dialog.questions[0]?.buttons).toEqual(['Start again', 'Quit']);
});

test('the menu has the system’s roles and About', async () => {
  await aStart();
  await untilOpen();
  expect(Menu.template.map(({ role, label }) => role ?? label)).toEqual([
    'fileMenu',
    'editMenu',
    'View',
    'windowMenu',
    'help',
  ]);
  expect(app.aboutPanel.applicationName).toBe('Verdict Desk');
});
