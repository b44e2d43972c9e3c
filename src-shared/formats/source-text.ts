/**
 * One record as text, without a text decoder of this layer's own. Alert files carry bytes that are no UTF-8 (log lines
 * and, on 3.x, file names: wazuh.md section 3), so a record comes in two readings: `text` for the eye, where such bytes
 * are replaced, and `latin1`, one character a byte, asked for only when a path lost something.
 */
export interface SourceText {
  /** Decoded as UTF-8; what is no UTF-8 reads U+FFFD. */
  readonly text: string;
  /** The same bytes, each as the character of its number (0-255). */
  readonly latin1: () => string;
}

/** Text that lost nothing, as tests and the lab have it. */
export function plainSource(text: string): SourceText {
  return { text, latin1: () => byteText(utf8Bytes(text)) };
}

const REPLACEMENT = '\uFFFD';

export function lostBytes(text: string): boolean {
  return text.includes(REPLACEMENT);
}

/** The source bytes of a path, or null when the text already is the whole truth: a real U+FFFD loses nothing. */
export function recoveredBytes(path: string, latin1Path: string | null): Uint8Array | null {
  if (latin1Path === null) return null;
  const bytes = Uint8Array.from(latin1Path, (character) => character.charCodeAt(0));
  const shown = utf8Bytes(path);
  const isSame = bytes.length === shown.length && bytes.every((byte, index) => byte === shown[index]);
  return isSame ? null : bytes;
}

/** UTF-8 of a text; lone surrogates become U+FFFD. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text.toWellFormed()) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), trailing(point));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), trailing(point >> 6), trailing(point));
    else bytes.push(0xf0 | (point >> 18), trailing(point >> 12), trailing(point >> 6), trailing(point));
  }
  return Uint8Array.from(bytes);
}

/** Bytes as text of one character a byte. */
export function byteText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function trailing(point: number): number {
  return 0x80 | (point & 0x3f);
}
