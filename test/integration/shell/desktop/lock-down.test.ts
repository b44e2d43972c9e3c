import { beforeEach, expect, test } from 'vitest';
import type { Session, WebContents } from 'electron';
import { session as electronSession } from 'electron';
import { lockDownContents, lockDownSession } from '../../../../src-main/shell/desktop/lock-down.ts';
import { app, BrowserWindow, CancellableEvent, resetElectron, session, shell } from '../electron-stand-in.ts';

const PAGE = 'verdict-desk://app/index.html';

beforeEach(() => {
  resetElectron();
  app.on('web-contents-created', (_event, contents: WebContents) => lockDownContents(contents));
});

const lockedSession = (allowsDevTools = false): Session => {
  lockDownSession(electronSession.defaultSession, { allowsDevTools });
  return electronSession.defaultSession;
};

test.each([
  'https://evil.example/',
  'http://127.0.0.1:9000/',
  'file:///etc/passwd',
  'verdict-desk://other/',
  'javascript:alert(1)',
])('the window never navigates to %s', (url) => {
  const { webContents } = new BrowserWindow({});
  for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
    const event = new CancellableEvent(url);
    webContents.emit(name, event);
    expect(event.isPrevented).toBe(true);
  }
});

test('the window may load its own page again, and move within it', () => {
  const { webContents } = new BrowserWindow({});
  for (const url of [PAGE, `${PAGE}#/detections`]) {
    const event = new CancellableEvent(url);
    webContents.emit('will-navigate', event);
    expect(event.isPrevented).toBe(false);
  }
});

test('a webview is never attached', () => {
  const event = new CancellableEvent();
  new BrowserWindow({}).webContents.emit('will-attach-webview', event);
  expect(event.isPrevented).toBe(true);
});

test('no link opens a window of ours; reports and documentation open outside', () => {
  const { webContents } = new BrowserWindow({});
  const links = {
    outside: [
      'https://www.virustotal.com/gui/file/275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f',
      'https://documentation.wazuh.com/current/index.html',
    ],
    nowhere: [
      'http://www.virustotal.com/',
      'https://www.virustotal.com.evil.example/',
      'https://www.virustotal.com@evil.example/',
      'https://user:word@www.virustotal.com/',
      'https://www.virustotal.com:8443/',
      'https://evil.example/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://server/share',
      'not an address',
    ],
  };
  for (const url of [...links.outside, ...links.nowhere]) {
    expect(webContents.windowOpenHandler({ url })).toEqual({ action: 'deny' });
  }
  expect(shell.opened).toEqual(links.outside);
});

test('every permission is denied, except writing to the clipboard for our own page', () => {
  lockedSession();
  const { permissionRequestHandler, permissionCheckHandler, deviceHandler } = session.defaultSession;
  const asked = (permission: string, requestingUrl: string): boolean => {
    let isGranted = true;
    Reflect.apply(permissionRequestHandler ?? (() => undefined), undefined, [
      null,
      permission,
      (granted: boolean) => (isGranted = granted),
      { requestingUrl },
    ]);
    return isGranted;
  };
  const checked = (permission: string, origin: string): unknown =>
    Reflect.apply(permissionCheckHandler ?? (() => true), undefined, [null, permission, origin, {}]);

  for (const permission of [
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
    'fileSystem',
    'usb',
  ]) {
    expect(asked(permission, PAGE)).toBe(false);
    expect(checked(permission, 'verdict-desk://app/')).toBe(false);
  }
  expect(asked('clipboard-sanitized-write', PAGE)).toBe(true);
  expect(checked('clipboard-sanitized-write', 'verdict-desk://app/')).toBe(true);
  expect(asked('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
  expect(checked('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
  expect(Reflect.apply(deviceHandler ?? (() => true), undefined, [{ deviceType: 'hid' }])).toBe(false);
});

test('the page reaches nothing but its own files', () => {
  lockedSession();
  const { defaultSession } = session;
  for (const url of [
    'https://evil.example/',
    'http://127.0.0.1:55000/',
    'ws://127.0.0.1/',
    'file:///etc/passwd',
    'devtools://devtools/',
    'verdict-desk://application/',
  ]) {
    expect({ url, isBlocked: defaultSession.isBlocked(url) }).toEqual({ url, isBlocked: true });
  }
  for (const url of [
    PAGE,
    'verdict-desk://app/assets/index.js',
    'data:image/png;base64,AA==',
    'blob:verdict-desk://app/1',
  ]) {
    expect({ url, isBlocked: defaultSession.isBlocked(url) }).toEqual({ url, isBlocked: false });
  }
});

test('developer tools load in a checkout only', () => {
  lockedSession(true);
  expect(session.defaultSession.isBlocked('devtools://devtools/bundled/')).toBe(false);
});

test('an exported list is saved; a download from elsewhere is not', () => {
  lockedSession();
  expect(download('blob:verdict-desk://app/0a1b')).toBe(true);
  expect(download('https://evil.example/file.exe')).toBe(false);
  expect(download('blob:https://evil.example/0a1b')).toBe(false);
});

function download(url: string): boolean {
  const event = new CancellableEvent();
  session.defaultSession.emit('will-download', event, { getURL: () => url });
  return !event.isPrevented;
}
