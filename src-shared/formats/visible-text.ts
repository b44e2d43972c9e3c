/**
 * Paths, names and excerpts come from files that an attacker may have named. What would not be seen, or would reorder
 * what is seen, is replaced by something that shows: `invoice\u202Efdp.exe` must not read as `invoiceexe.pdf`.
 */

/** For one line: control characters, bidi controls and zero-width characters become symbols. */
export function visibleText(text: string): string {
  return text.replaceAll(UNSEEN, symbolOf);
}

/** For an excerpt: the same, but line feeds and tabs keep their work. */
export function visibleLines(text: string): string {
  return text.replaceAll(UNSEEN, (character) =>
    character === '\n' || character === '\t' ? character : symbolOf(character),
  );
}

/**
 * Cc (C0, DEL, C1), Cf (bidi controls, zero-width, soft hyphen, tags), line and paragraph separators, lone surrogates,
 * and blanks that are letters to Unicode (Hangul and Khmer fillers, Braille blank).
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0]/gu;

/** Names of those that people meet; the rest show their code point. */
const NAMES: Readonly<Record<number, string>> = {
  0xad: 'SHY',
  0x61c: 'ALM',
  0x200b: 'ZWSP',
  0x200c: 'ZWNJ',
  0x200d: 'ZWJ',
  0x200e: 'LRM',
  0x200f: 'RLM',
  0x2028: 'LS',
  0x2029: 'PS',
  0x202a: 'LRE',
  0x202b: 'RLE',
  0x202c: 'PDF',
  0x202d: 'LRO',
  0x202e: 'RLO',
  0x2060: 'WJ',
  0x2066: 'LRI',
  0x2067: 'RLI',
  0x2068: 'FSI',
  0x2069: 'PDI',
  0xfeff: 'BOM',
};

/** Unicode has a picture for each C0 control: U+2400 and on, and U+2421 for DEL. */
const CONTROL_PICTURES = 0x2400;

function symbolOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(CONTROL_PICTURES + code);
  if (code === 0x7f) return '\u2421';
  if (code >= 0xd800 && code <= 0xdfff) return '\uFFFD';
  return `\u27E8${NAMES[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}\u27E9`;
}
