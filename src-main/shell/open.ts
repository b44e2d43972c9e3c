import type { StartCore } from '../app/core-host.ts';
import { hasDisplay } from './browser/find-browser.ts';
import { runBrowserFace } from './browser/run-browser-face.ts';
import { askRunningFace } from './browser/running-face.ts';
import { findElectron } from './electron-runtime.ts';
import type { FaceOptions } from './face-options.ts';
import { runElectron } from './run-electron.ts';

/** `verdict-desk open`: the desktop window where Electron's runtime is or can be had, else the browser face. */
export async function open(options: FaceOptions, startCore: StartCore): Promise<void> {
  // A face that runs on this data folder already, of either kind, is shown rather than refused by its lock.
  const isRunning = (await askRunningFace(options.dataFolder)) !== null;
  if (!isRunning && options.opensWindow && hasDisplay()) {
    const outcome = await openDesktopWindow(options);
    if (outcome === 'ended') return;
    options.say(
      `The desktop window is not available (${outcome.reason}); opening the browser window instead.`,
    );
  }
  await runBrowserFace(options, startCore);
}

async function openDesktopWindow(options: FaceOptions): Promise<'ended' | { readonly reason: string }> {
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    return { reason: 'Electron does not run as root' };
  }
  const runtime = await findElectron();
  if (runtime.kind === 'absent') return { reason: `Electron: ${runtime.reason}` };
  return runElectron(runtime.program, options);
}
