import type { AlertFormat } from '../../src-shared/domain/alert.ts';

/**
 * Which form a file is in, from its first bytes (some kilobytes are plenty): by content, since archives, copies and
 * rotated chunks bear any name. A file picked up in the middle shows itself by its first whole line. Null when it looks
 * like neither, or holds nothing yet.
 */
export function detectFormat(head: Uint8Array): AlertFormat | null {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1');
  for (const line of text.replace(/^\u00ef\u00bb\u00bf/, '').split('\n')) {
    if (line.startsWith('{"') || /^\{\s*(?:"|$)/.test(line)) return 'json';
    if (/^\*\* Alert \d+\.\d+:/.test(line)) return 'log';
  }
  return null;
}
