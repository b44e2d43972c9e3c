const LONGEST = 200;

/** The beginning of a damaged record for the eye: one line, control characters and invalid UTF-8 replaced. */
export function excerptOf(text: string): string {
  let excerpt = '';
  for (const character of text.slice(0, LONGEST).toWellFormed()) {
    excerpt += isControl(character) ? '\uFFFD' : character;
  }
  return excerpt;
}

function isControl(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x20 || (point >= 0x7f && point < 0xa0) || point === 0x2028 || point === 0x2029;
}
