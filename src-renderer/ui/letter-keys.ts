/** As much of a keyboard event as tells which key it was. */
export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** The letter that was pressed, in small; null for chords. */
export function letterOf({ key, ctrlKey, metaKey, altKey }: Pressed): string | null {
  return ctrlKey || metaKey || altKey ? null : key.toLowerCase();
}

/** How a letter steps through a list: J to the next row, K to the one before. */
export function stepOf(pressed: Pressed): 1 | -1 | null {
  const letter = letterOf(pressed);
  if (letter === 'j') return 1;
  return letter === 'k' ? -1 : null;
}
