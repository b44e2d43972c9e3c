import { join } from 'node:path';
import { app, BrowserWindow, screen, type WebPreferences } from 'electron';
import type { CoreHost } from '../../app/core-host.ts';
import { appRoot } from '../app-root.ts';
import { WINDOW_URL } from './app-scheme.ts';
import { bridgeWindow } from './bridge.ts';
import { offerReload } from './crash-handling.ts';
import { followTheme, titleBarOptions } from './title-bar.ts';
import { placeWindow, readWindowState, saveWindowState, SMALLEST } from './window-state.ts';

/** The page runs as untrusted code would: sandboxed, isolated, without Node, without anything it does not need. */
export function webPreferences(): WebPreferences {
  return {
    preload: join(appRoot, 'build', 'out', 'preload.cjs'),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    disableDialogs: true,
    // Its dictionaries would be fetched from the network.
    spellcheck: false,
    devTools: !app.isPackaged,
  };
}

/** Opens the window where it was and connects it to the core. */
export async function openMainWindow(
  core: Pick<CoreHost, 'connect'>,
  platform: NodeJS.Platform = process.platform,
): Promise<BrowserWindow> {
  const stateFile = join(app.getPath('userData'), 'window-state.json');
  const state = readWindowState(stateFile);
  const window = new BrowserWindow({
    ...placeWindow(
      state,
      screen.getAllDisplays().map((display) => display.workArea),
    ),
    ...titleBarOptions(platform),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    title: 'Verdict Desk',
    show: false,
    autoHideMenuBar: true,
    webPreferences: webPreferences(),
  });
  window.once('ready-to-show', () => (state?.isMaximised ? window.maximize() : window.show()));
  window.on('close', () => {
    saveWindowState(stateFile, { bounds: window.getNormalBounds(), isMaximised: window.isMaximized() });
  });
  followTheme(window, platform);
  bridgeWindow(window, core);
  offerReload(window);
  await window.loadURL(WINDOW_URL);
  return window;
}
