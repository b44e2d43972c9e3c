import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from '@playwright/test';
import { findAppModeBrowser } from '../../src-main/shell/browser/find-browser.ts';

/** An installed Chromium, Chrome, Edge or Brave, else Playwright's own download; null when there is none. */
export function findChromium(): string | null {
  const installed = findAppModeBrowser();
  if (installed !== null) return installed;
  const downloaded = chromium.executablePath();
  return existsSync(downloaded) ? downloaded : null;
}

/** Quiet on the network, and able to run as root in a container. */
export function chromiumOptions(): LaunchOptions {
  const program = findChromium();
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return {
    ...(program === null ? {} : { executablePath: program }),
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...(isRoot ? ['--no-sandbox'] : []),
    ],
  };
}
