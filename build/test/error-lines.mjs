import { stripVTControlCharacters } from 'node:util';

/** A message may hold a whole diff; these many lines say what it is about. */
const MOST_LINES = 4;

/** What an error says first, without colours and empty lines: `{ message, name? }`, or a value that was thrown. */
export function errorLines(error, place) {
  const text = error?.message ?? error?.value ?? 'no error was given';
  const named = error?.name && !text.startsWith(error.name) ? `${error.name}: ${text}` : text;
  const lines = stripVTControlCharacters(named)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, MOST_LINES);
  return place ? [...lines, `at ${place}`] : lines;
}
