import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, session } from 'electron';
import type { CoreHost, StartCore } from '../../app/core-host.ts';
import { configuredVirusTotalUrl } from '../../virustotal/service-address.ts';
import { rendererFolder } from '../app-root.ts';
import { withdrawFace } from '../browser/running-face.ts';
import { serveOnFamiliarPort } from '../browser/run-browser-face.ts';
import { readWindowFiles } from '../window-files.ts';
import { registerAppScheme, serveAppScheme } from './app-scheme.ts';
import { offerRestart, refuseStart } from './crash-handling.ts';
import type { DesktopOptions } from './desktop-arguments.ts';
import { lockDownContents, lockDownSession } from './lock-down.ts';
import { setApplicationMenu } from './menu.ts';
import { systemProxyFor } from './system-proxy.ts';
import { safeStorageCipher } from './safe-storage-cipher.ts';
import { openMainWindow } from './window.ts';

/**
 * The desktop face. What must happen before Electron is ready happens here at once; the rest follows when it is. A
 * second start on the same data folder brings the first one's window to the front and leaves.
 */
export function runDesktopApp(options: DesktopOptions, startCore: StartCore): void {
  // Chromium's profile and the one-instance lock belong to the data folder: lab and real life run side by side.
  const profile = join(options.dataFolder, 'desktop');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  app.setPath('userData', profile);
  app.enableSandbox();
  registerAppScheme();
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.on('second-instance', focusWindow);
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents));
  app
    .whenReady()
    .then(() => begin(options, startCore))
    .catch(refuseStart);
}

async function begin(options: DesktopOptions, startCore: StartCore): Promise<void> {
  const files = await readWindowFiles(options.rendererFolder ?? rendererFolder);
  lockDownSession(session.defaultSession, { allowsDevTools: !app.isPackaged });
  serveAppScheme(session.defaultSession, files);
  setApplicationMenu();
  const core = await startCore(
    {
      dataFolder: options.dataFolder,
      face: 'desktop',
      lab: options.lab,
      systemProxy: await systemProxyFor(session.defaultSession, configuredVirusTotalUrl()),
    },
    { cipher: await safeStorageCipher() },
  );
  const isEnding = endInOrder([await besideBrowserFace(options, core), () => core.close()]);
  core.failed.then((failure) => (isEnding() ? undefined : offerRestart(failure))).catch(refuseStart);
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openMainWindow(core).catch(refuseStart);
  });
  // As on every platform: the app of a Mac stays when its last window is closed.
  app.on('window-all-closed', () => (process.platform === 'darwin' ? undefined : app.quit()));
  await openMainWindow(core);
}

/** Started from a terminal, the same core can be looked at in a browser too (a second screen, an SSH forwarding). */
async function besideBrowserFace(options: DesktopOptions, core: CoreHost): Promise<() => Promise<void>> {
  if (options.port === null) return () => Promise.resolve();
  const { dataFolder } = options;
  const face = await serveOnFamiliarPort(
    { dataFolder, port: options.port === 0 ? null : options.port },
    core,
  );
  console.log(`Verdict Desk is ready at ${face.newAddress()}`);
  return () => {
    withdrawFace(dataFolder, face);
    return face.close();
  };
}

/** Quitting waits until each part has ended. Answers whether that has begun. */
function endInOrder(parts: readonly (() => Promise<void>)[]): () => boolean {
  let state: 'running' | 'ending' | 'ended' = 'running';
  app.on('will-quit', (event) => {
    if (state === 'ended') return;
    event.preventDefault();
    if (state === 'ending') return;
    state = 'ending';
    void endAll(parts).finally(() => {
      state = 'ended';
      app.quit();
    });
  });
  return () => state !== 'running';
}

async function endAll(parts: readonly (() => Promise<void>)[]): Promise<void> {
  for (const end of parts) await end();
}

function focusWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.focus();
}
