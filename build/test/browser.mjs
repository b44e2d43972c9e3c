import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { findAppModeBrowser } from '../../src-main/shell/browser/find-browser.ts';

/**
 * Makes sure that the UI tests have a Chromium where that is possible without asking anybody: on Debian and Ubuntu as
 * root (a fresh CI machine), the distribution's own package. Elsewhere the tests find what is installed, or are skipped.
 */
export async function ensureBrowser() {
  const { chromium } = await import('@playwright/test');
  if (findAppModeBrowser() !== null || existsSync(chromium.executablePath())) return;
  if (!mayInstall()) return;
  console.log('Installing Debian’s chromium for the UI tests …');
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update'], quiet);
  const { status } = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], quiet);
  if (status !== 0) console.log('It could not be installed; the UI tests will be skipped.');
}

/** Ubuntu's package is only a pointer to a snap, which does not run in containers. */
function mayInstall() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version') || !existsSync('/usr/bin/apt-get'))
    return false;
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}
