/**
 * A text of at most `most` characters: what is too long loses its middle, for the beginning of a path tells where it is
 * and its end what it is. The whole text belongs beside it, as a title or in a copy.
 */
export function shortenMiddle(text: string, most: number): string {
  const characters = Array.from(text);
  if (characters.length <= most) return text;
  const start = Math.ceil((most - 1) / 2);
  const end = most - 1 - start;
  return `${characters.slice(0, start).join('')}…${characters.slice(characters.length - end).join('')}`;
}
