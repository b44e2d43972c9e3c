import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, expect, test } from '@playwright/test';
import { hasDisplay } from '../../src-main/shell/browser/find-browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isRuntimeHere = existsSync(join(root, 'node_modules/electron/path.txt'));
const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

test.skip(!isRuntimeHere, 'Electron’s runtime is not installed (npx install-electron)');
test.skip(!hasDisplay(), 'there is no display');
test.skip(isRoot, 'Electron does not run as root');

test('the desktop window opens on the lab and shows what the core answers', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'verdict-desk-electron-'));
  const app = await _electron.launch({ args: [root, `--data=${dataFolder}`, '--lab'] });
  try {
    const window = await app.firstWindow();
    expect(window.url()).toContain('verdict-desk://app/index.html');
    await expect(window.getByRole('main')).toBeVisible();
    expect(await window.evaluate(() => 'require' in globalThis)).toBe(false);
  } finally {
    await app.close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
});
