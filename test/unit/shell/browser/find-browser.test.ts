import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findAppModeBrowser, hasDisplay } from '../../../../src-main/shell/browser/find-browser.ts';

function aFolderWith(...programs: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'verdict-desk-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const program of programs) {
    mkdirSync(join(folder, program, '..'), { recursive: true });
    writeFileSync(join(folder, program), '', { mode: 0o755 });
  }
  return folder;
}

test('on Linux the first known name on the path is taken, wherever it lies', () => {
  const [one, other] = [aFolderWith('brave-browser'), aFolderWith('google-chrome', 'firefox')];
  const environment = { PATH: `/nowhere:${one}:${other}` };
  expect(findAppModeBrowser('linux', environment)).toBe(join(other, 'google-chrome'));
});

test('on macOS the user’s own applications count too', () => {
  const program = 'Applications/Brave Browser.app/Contents/MacOS/Brave Browser';
  const home = aFolderWith(program);
  expect(findAppModeBrowser('darwin', { HOME: home })).toBe(join(home, program));
});

test('without a Chromium there is none to find', () => {
  expect(findAppModeBrowser('linux', { PATH: aFolderWith('firefox') })).toBeNull();
  expect(findAppModeBrowser('linux', {})).toBeNull();
  expect(findAppModeBrowser('win32', {})).toBeNull();
});

test('a Linux machine without X11 and Wayland has no display', () => {
  expect(hasDisplay('linux', {})).toBe(false);
  expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(hasDisplay('darwin', {})).toBe(true);
});
