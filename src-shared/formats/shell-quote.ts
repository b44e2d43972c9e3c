import { DomainError } from '../errors/domain-error.ts';

/**
 * Command lines for a POSIX `sh`. Every word that is not plain is put in single quotes. `'`, `\` and `!` stand outside
 * them behind a backslash: fish takes backslashes in single quotes for escapes and csh takes `!` for history, so the
 * same line means the same there too (csh alone cannot be given a word with a line break).
 */
export function quoteArgument(text: string): string {
  if (text.includes('\0')) {
    throw new DomainError(
      'manager.bad-argument',
      'A text with a NUL character cannot be handed to a program.',
      'Look for the character in the path or value that was entered, and take it out.',
    );
  }
  if (PLAIN.test(text)) return text;
  if (text === '') return "''";
  // A lone surrogate has no UTF-8 form; it is sent as U+FFFD, as everywhere else.
  return text
    .toWellFormed()
    .replace(QUOTED_PARTS, (part) => (part.length === 1 && ESCAPED.test(part) ? `\\${part}` : `'${part}'`));
}

/** The whole line: words that a shell reads back as exactly this list. */
export function quoteCommand(argv: readonly string[]): string {
  return argv.map(quoteArgument).join(' ');
}

/** What `quoteCommand` was given; null for a line that it did not make. No variables, no operators, no other quoting. */
export function splitCommand(line: string): readonly string[] | null {
  if (line === '') return [];
  const words: string[] = [];
  for (const quoted of line.match(QUOTED_WORDS) ?? []) {
    words.push(
      quoted.replace(
        WORD_PARTS,
        (_part, inQuotes?: string, escaped?: string, plain?: string) => inQuotes ?? escaped ?? plain ?? '',
      ),
    );
  }
  return quoteCommand(words) === line ? words : null;
}

/** A leading `~` or `=` means something to some shells, elsewhere `=` is plain. */
const PLAIN = /^[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:@%+,=-]*$/;
const QUOTED_PARTS = /[^'\\!]+|['\\!]/g;
const ESCAPED = /^['\\!]$/;
const QUOTED_WORDS = /(?:'[^']*'|\\['\\!]|[^'\\ ])+/g;
const WORD_PARTS = /'([^']*)'|\\(.)|([^'\\]+)/g;
