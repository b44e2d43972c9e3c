import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FRAME_COLOURS } from '../../../../src-main/shell/desktop/title-bar.ts';
import { app, dialog, nativeTheme, screen } from '../electron-stand-in.ts';
import { temporaryFolder } from '../window-folder.ts';
import { anOpenedWindow, stateFile } from './desktop.ts';
import { until } from '../../../builders/until.ts';

test('the page is sandboxed, isolated and without Node', async () => {
  const { window } = await anOpenedWindow();
  expect(window.options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    preload: expect.stringMatching(/build[\\/]out[\\/]preload\.cjs$/),
  });
});

test('it shows its own page once that is drawn', async () => {
  const { window } = await anOpenedWindow();
  expect(window.webContents.mainFrame.url).toBe('verdict-desk://app/index.html');
  expect(window.options.show).toBe(false);
  expect(window.calls).toEqual(['show']);
});

test('it opens again where it was closed, maximised if it was', async () => {
  const { window, profile } = await anOpenedWindow();
  window.bounds = { x: 200, y: 100, width: 1200, height: 700 };
  window.maximised = true;
  window.close();
  const { window: next } = await anOpenedWindow('linux', profile);
  expect(next.options).toMatchObject({ x: 200, y: 100, width: 1200, height: 700 });
  expect(next.calls).toEqual(['maximize']);
});

test('when its screen is gone it opens on one that is there', async () => {
  const profile = temporaryFolder();
  const bounds = { x: 3000, y: 100, width: 2400, height: 1300 };
  writeFileSync(stateFile(profile), JSON.stringify({ bounds, isMaximised: false }));
  const { window } = await anOpenedWindow('linux', profile);
  expect(screen.workAreas).toHaveLength(1);
  expect(window.options.x).toBeUndefined();
  expect(window.options).toMatchObject({ width: 1920, height: 1040 });
});

test('a damaged note of its place is passed over', async () => {
  const profile = temporaryFolder();
  writeFileSync(stateFile(profile), '{"bounds": {"x": "left"}');
  const { window } = await anOpenedWindow('linux', profile);
  expect(window.options).toMatchObject({ width: 1360, height: 860 });
  window.close();
  expect(existsSync(stateFile(profile))).toBe(true);
});

test('the system’s buttons lie in our title area, in the colours of the frame', async () => {
  const { window } = await anOpenedWindow('win32');
  expect(window.options).toMatchObject({
    titleBarStyle: 'hidden',
    titleBarOverlay: { color: FRAME_COLOURS.light.surface, symbolColor: FRAME_COLOURS.light.ink, height: 39 },
  });
  const { window: onMac } = await anOpenedWindow('darwin');
  expect(onMac.options.titleBarStyle).toBe('hiddenInset');
});

test('the title area follows the system’s theme, until the page names its own', async () => {
  const { window } = await anOpenedWindow('linux');
  nativeTheme.shouldUseDarkColors = true;
  nativeTheme.emit('updated');
  expect(window.overlay).toMatchObject({ color: FRAME_COLOURS.dark.surface });
  window.webContents.emit('did-change-theme-color', {}, FRAME_COLOURS.light.surface);
  expect(window.overlay).toMatchObject({ color: FRAME_COLOURS.light.surface });
  nativeTheme.emit('updated');
  expect(window.background).toBe(FRAME_COLOURS.light.surface);
});

test('the colours the system draws with are those of the design tokens', () => {
  const tokens = readFileSync(new URL('../../../../src-renderer/ui/tokens.css', import.meta.url), 'utf8');
  const token = (name: string): string =>
    new RegExp(`--${name}: (light-dark\\([^)]*\\))`).exec(tokens)?.[1] ?? '';
  const { light, dark } = FRAME_COLOURS;
  expect(token('surface-frame')).toBe(`light-dark(${light.surface}, ${dark.surface})`);
  expect(token('ink-soft')).toBe(`light-dark(${light.ink}, ${dark.ink})`);
});

test('a page that has failed can be reloaded', async () => {
  const { window } = await anOpenedWindow();
  window.webContents.emit('render-process-gone', {}, { reason: 'oom', exitCode: 5 });
  await until(() => expect(window.webContents.reloads).toBe(1));
  expect(dialog.questions[0]).toMatchObject({
    message: 'The window has failed.',
    buttons: ['Reload the window', 'Quit'],
  });
});

test('a page that has failed and is not wanted ends the app', async () => {
  const { window } = await anOpenedWindow();
  dialog.answer = 1;
  window.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
  await until(() => expect(app.hasQuit).toBe(true));
});

test('a page that hangs is waited for, or ended and loaded again', async () => {
  const { window } = await anOpenedWindow();
  window.emit('unresponsive');
  await until(() => expect(dialog.questions).toHaveLength(1));
  expect(window.webContents.reloads).toBe(0);
  dialog.answer = 1;
  window.emit('unresponsive');
  await until(() => expect(window.webContents.reloads).toBe(1));
  expect(dialog.questions).toHaveLength(2);
});
