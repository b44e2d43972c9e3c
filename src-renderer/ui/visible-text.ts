/**
 * File names come from whoever made the file. A right-to-left override turns `exe.fdp` into `pdf.exe` for the eye, a
 * line break tears a row: such characters are written out as `⟨U+202E⟩`.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

export function visibleText(text: string): string {
  return text.replaceAll(INVISIBLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
  });
}
