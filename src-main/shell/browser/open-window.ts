import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { withoutKey } from '../child-environment.ts';
import type { FaceOptions } from '../face-options.ts';
import { type Environment, findAppModeBrowser, hasDisplay } from './find-browser.ts';

export interface WindowOptions extends Pick<FaceOptions, 'dataFolder' | 'signal' | 'say'> {
  /** True: the window ends with this process. False: it belongs to the run that serves it. */
  readonly isOurs: boolean;
}

/**
 * Shows the address: as a window of its own in an installed Chromium, else in the default browser, else not at all.
 * The default browser is the user's own and always stays.
 */
export function openWindow(
  address: string,
  options: WindowOptions,
  environment: Environment = process.env,
): void {
  if (!hasDisplay(process.platform, environment)) {
    return options.say('There is no display here: open the address above in a browser on this machine.');
  }
  const program = findAppModeBrowser(process.platform, environment);
  if (program === null) return openInDefaultBrowser(address, options, environment);
  const child = spawn(program, appModeArguments(address, options.dataFolder), {
    stdio: 'ignore',
    env: withoutKey(environment),
    // Its own group: what the browser starts ends with it.
    detached: process.platform !== 'win32',
  });
  child.once('error', () => openInDefaultBrowser(address, options, environment));
  if (!options.isOurs) return child.unref();
  child.once('exit', () => {
    if (!options.signal.aborted)
      options.say('The window was closed; Verdict Desk goes on. Press Ctrl-C to end it.');
  });
  endWith(options.signal, child);
}

function appModeArguments(address: string, dataFolder: string): string[] {
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return [
    `--app=${address}`,
    `--user-data-dir=${join(dataFolder, 'browser-window')}`,
    '--window-size=1360,860',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Chromium refuses to start as root otherwise; this profile shows our own pages only.
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}

function endWith(signal: AbortSignal, child: ChildProcess): void {
  const end = () => {
    if (child.pid === undefined || child.exitCode !== null) return;
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGTERM');
    } catch {
      child.kill(); // The group is gone already.
    }
  };
  signal.addEventListener('abort', end, { once: true });
  process.once('exit', end);
  child.once('exit', () => {
    signal.removeEventListener('abort', end);
    process.off('exit', end);
  });
}

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  // `start` is a word of the shell; this one is a program and takes the address as it is.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  linux: ['xdg-open'],
};

function openInDefaultBrowser(
  address: string,
  options: Pick<FaceOptions, 'say'>,
  environment: Environment,
): void {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, address], {
    stdio: 'ignore',
    detached: true,
    env: withoutKey(environment),
  });
  const giveUp = () => options.say('No browser could be opened: open the address above yourself.');
  child.once('error', giveUp);
  child.once('exit', (code) => (code === 0 ? undefined : giveUp()));
  child.unref();
}
