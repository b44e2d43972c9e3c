import type { Session, WebContents } from 'electron';
import { APP_ORIGIN, isWindowUrl } from './app-scheme.ts';
import { openOutside } from './outside-links.ts';

/**
 * Writing text to the clipboard after a click is how a hash is copied. It is the one permission, for our own page;
 * everything else (reading the clipboard, camera, files, notifications, …) is denied.
 */
const GRANTED = 'clipboard-sanitized-write';

/** What pages of this session may never do, whatever they contain. */
export function lockDownSession(session: Session, options: { readonly allowsDevTools: boolean }): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(permission === GRANTED && isWindowUrl(details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) => {
    return permission === GRANTED && trimSlash(origin) === APP_ORIGIN;
  });
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((request, answer) => {
    answer({ cancel: !isOwnRequest(request.url, options.allowsDevTools) });
  });
  // Exported lists are saved from memory; nothing is ever downloaded from elsewhere.
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${APP_ORIGIN}/`)) event.preventDefault();
  });
}

/** Holds for the window and for anything that might ever be created beside it. */
export function lockDownContents(contents: WebContents): void {
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
}

function stay(event: { readonly url: string; preventDefault: () => void }): void {
  if (!isWindowUrl(event.url)) event.preventDefault();
}

function isOwnRequest(url: string, allowsDevTools: boolean): boolean {
  if (url.startsWith(`${APP_ORIGIN}/`) || url.startsWith(`blob:${APP_ORIGIN}/`)) return true;
  if (url.startsWith('data:')) return true;
  return allowsDevTools && url.startsWith('devtools://');
}

/** Chromium writes an origin with a slash at its end in some of these calls. */
const trimSlash = (origin: string): string => origin.replace(/\/$/, '');
