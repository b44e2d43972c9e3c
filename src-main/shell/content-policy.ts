import { randomBytes } from 'node:crypto';

/** One per page load; base64 as the policy grammar wants it. */
export const newNonce = (): string => randomBytes(18).toString('base64');

/**
 * What a window of ours may load, for both faces. Scripts come from our own files only and may not turn text into code
 * (Trusted Types); the nonce is for the style elements that React Aria and the editor create at run time.
 */
export function contentPolicy(nonce: string, connections: readonly string[]): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src ${connections.length > 0 ? connections.join(' ') : `'none'`}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
}

/** Sent with every answer, page or not. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), payment=()',
};

/** Puts the nonce where the window's code finds it: `<meta property="csp-nonce">` (the place Vite reads too). */
export function withNonce(html: string, nonce: string): string {
  const meta = `<meta property="csp-nonce" nonce="${nonce}">`;
  const withoutOld = html.replaceAll(/\s*<meta property="csp-nonce"[^>]*>/g, '');
  return withoutOld.replace(/<head[^>]*>/, (head) => `${head}\n    ${meta}`);
}
