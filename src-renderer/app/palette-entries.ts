import type { IconName } from '../ui/icon.tsx';
import type { MarkName } from '../ui/mark.tsx';

/** One line of the palette: what it is called, and what it does. */
export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  /** A file's path is drawn as a path. */
  readonly path?: string;
  readonly icon?: IconName;
  readonly mark?: MarkName;
  /** A faint fact at the right end. */
  readonly fact?: string;
  /** Offered once something is typed: the list at rest stays short enough to be seen whole. */
  readonly isRare?: boolean;
  /** More words it is found by. */
  readonly keywords?: string;
  readonly run: () => void;
}
export interface PaletteSection {
  readonly title: string;
  readonly entries: readonly PaletteEntry[];
}

/** Each word of the text must begin a word of the entry: "add al" finds "Add alert file". */
export function matchesText(entry: PaletteEntry, text: string): boolean {
  const said = `${entry.label} ${entry.keywords ?? ''}`.toLowerCase();
  // Parts of a name are words, and so is the whole of it: `mgr-fra-1`, `10.8.0.12`.
  const words = [...said.split(/[\s:,./-]+/), ...said.split(/\s+/)];
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((asked) => words.some((word) => word.startsWith(asked)));
}

/** Sections with what matches; those without any fall out. */
export function narrowSections(sections: readonly PaletteSection[], text: string): readonly PaletteSection[] {
  return sections
    .map(({ title, entries }) => ({
      title,
      entries: entries.filter((entry) => (text.trim() === '' ? !entry.isRare : matchesText(entry, text))),
    }))
    .filter(({ entries }) => entries.length > 0);
}
