/**
 * Takes a POSIX command line apart into its words. Quotes and backslashes are understood; everything that would make a
 * shell do more than start one program (`;`, `|`, `>`, `$`, a glob) gives null: nothing that this product sends has it.
 */
export function splitWords(line: string): readonly string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < line.length;) {
    const sign = line[at] ?? '';
    if (/[ \t\n]/.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
    } else if (sign === "'") {
      const end = line.indexOf("'", at + 1);
      if (end === -1) return null;
      word = (word ?? '') + line.slice(at + 1, end);
      at = end + 1;
    } else if (sign === '"') {
      const quoted = doubleQuoted(line, at + 1);
      if (!quoted) return null;
      word = (word ?? '') + quoted.text;
      at = quoted.end;
    } else if (sign === '\\') {
      // A backslash before a newline joins lines.
      if (at + 1 >= line.length) return null;
      if (line[at + 1] !== '\n') word = (word ?? '') + (line[at + 1] ?? '');
      at += 2;
    } else if (SPECIAL.test(sign)) {
      return null;
    } else {
      word = (word ?? '') + sign;
      at += 1;
    }
  }
  if (word !== null) words.push(word);
  return words;
}

const SPECIAL = /[;&|<>()$`*?[\]#~]/;

function doubleQuoted(line: string, start: number): { readonly text: string; readonly end: number } | null {
  let text = '';
  for (let at = start; at < line.length; at += 1) {
    const sign = line[at] ?? '';
    if (sign === '"') return { text, end: at + 1 };
    if (sign === '$' || sign === '`') return null;
    if (sign === '\\' && /["\\$`\n]/.test(line[at + 1] ?? '')) {
      at += 1;
      if (line[at] !== '\n') text += line[at] ?? '';
    } else text += sign;
  }
  return null;
}
