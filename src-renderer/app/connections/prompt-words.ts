import { visibleLines, visibleText } from '../../../src-shared/formats/visible-text.ts';
import { shortenMiddle } from '../../ui/shorten-middle.ts';

/** What a server says while it asks is text of a stranger: shown as it is, and cut where it would fill the screen. */
const LONGEST_TITLE = 120;
const LONGEST_INSTRUCTIONS = 1000;
const LONGEST_LABEL = 160;

export function promptTitle(title: string): string {
  return shortenMiddle(visibleText(title.trim()), LONGEST_TITLE);
}

export function promptInstructions(text: string): string {
  return shortenMiddle(visibleLines(text.replaceAll('\r\n', '\n').trim()), LONGEST_INSTRUCTIONS);
}

/** `Password: ` reads `Password`; a field without words is numbered. */
export function promptLabel(label: string, index: number): string {
  const shown = shortenMiddle(visibleText(label.trim().replace(/:$/, '')), LONGEST_LABEL);
  return shown === '' ? `Answer ${index + 1}` : shown;
}
