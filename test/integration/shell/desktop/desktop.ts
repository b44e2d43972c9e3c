import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { openMainWindow } from '../../../../src-main/shell/desktop/window.ts';
import { CONNECT_CHANNEL } from '../../../../src-main/shell/bridge-channels.ts';
import {
  app,
  BrowserWindow,
  resetElectron,
  type StandInFrame,
  type StandInPort,
} from '../electron-stand-in.ts';
import { type SmallCore, startSmallCore } from '../small-core.ts';
import { temporaryFolder } from '../window-folder.ts';

export interface OpenedWindow {
  readonly window: BrowserWindow;
  readonly core: SmallCore;
  readonly profile: string;
}

/** The main window on the small core, as it stands right after it was opened. */
export async function anOpenedWindow(
  platform: NodeJS.Platform = 'linux',
  profile: string = temporaryFolder(),
): Promise<OpenedWindow> {
  resetElectron();
  app.setPath('userData', profile);
  const core = startSmallCore();
  onTestFinished(() => core.close());
  await openMainWindow(core, platform);
  return { window: theWindow(), core, profile };
}

export function theWindow(): BrowserWindow {
  const window = BrowserWindow.getAllWindows()[0];
  if (!window) throw new Error('No window was opened.');
  return window;
}

export const stateFile = (profile: string): string => join(profile, 'window-state.json');

/** The page asks for its port; answers the port, or null when none came. */
export async function askForPort(
  window: BrowserWindow,
  frame: StandInFrame | null,
): Promise<StandInPort | null> {
  const posted = vi.fn<(post: { channel: string; ports: readonly StandInPort[] }) => void>();
  window.webContents.mainFrame.on('posted', posted);
  if (frame && frame !== window.webContents.mainFrame) frame.on('posted', posted);
  window.webContents.ipc.emit(CONNECT_CHANNEL, { senderFrame: frame });
  const port = posted.mock.calls[0]?.[0].ports[0] ?? null;
  if (port) onTestFinished(() => port.close());
  return port;
}
