import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Browsers that can show an address as a window of its own (`--app`), in the order they are tried. */
const ON_PATH = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  'brave-browser',
  'brave',
];

const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];

const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  'Chromium\\Application\\chrome.exe',
];

/** The program of an installed Chromium, Chrome, Edge or Brave; null when there is none. */
export function findAppModeBrowser(
  platform: NodeJS.Platform = process.platform,
  environment: Environment = process.env,
): string | null {
  return candidates(platform, environment).find(isProgram) ?? null;
}

function candidates(platform: NodeJS.Platform, environment: Environment): string[] {
  if (platform === 'darwin') {
    const folders = ['/Applications', join(environment['HOME'] ?? '', 'Applications')];
    return folders.flatMap((folder) => MAC_APPS.map((app) => `${folder}/${app}.app/Contents/MacOS/${app}`));
  }
  if (platform === 'win32') {
    const names = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];
    const folders = names.map((name) => environment[name]).filter((folder) => folder !== undefined);
    return folders.flatMap((folder) => WINDOWS_PROGRAMS.map((program) => `${folder}\\${program}`));
  }
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return ON_PATH.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** False on a Linux machine reached over SSH or in a container: no window could appear anywhere. */
export function hasDisplay(
  platform: NodeJS.Platform = process.platform,
  environment: Environment = process.env,
): boolean {
  if (platform !== 'linux') return true;
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}
