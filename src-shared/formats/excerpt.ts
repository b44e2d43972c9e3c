const LONGEST = 200;

/**
 * The beginning of a damaged record for the eye: one line, control characters and invalid UTF-8 replaced. Empty when it
 * does not read like an alert: whoever can name a file to be read (a window) must not get to see what else it holds.
 */
export function excerptOf(text: string): string {
  if (!readsLikeAlert(text)) return '';
  let excerpt = '';
  for (const character of text.slice(0, LONGEST).toWellFormed()) {
    excerpt += isControl(character) ? '\uFFFD' : character;
  }
  return excerpt;
}

/** What stands in nearly every alert, and in hardly any key, password file or environment. */
const OF_ALERTS = ['"timestamp":"', '"rule":{', '"full_log":"', '"syscheck":{', '** Alert ', '->syscheck'];

function readsLikeAlert(text: string): boolean {
  return text.startsWith('{"') || OF_ALERTS.some((words) => text.includes(words));
}

function isControl(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x20 || (point >= 0x7f && point < 0xa0) || point === 0x2028 || point === 0x2029;
}
