import { DomainError } from '../../src-shared/errors/domain-error.ts';
import { visibleLines, visibleText } from '../../src-shared/formats/visible-text.ts';

/** Where a command writes. */
export type TerminalStream = Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean };

/**
 * What a command says: results on stdout, progress and diagnostics on stderr. Names of files and agents may hold what a
 * terminal obeys (colours, its title, its clipboard): whatever a person reads here has such characters made visible.
 */
export class Terminal {
  readonly #isJson: boolean;
  readonly #out: TerminalStream;
  readonly #err: TerminalStream;
  #progressShown = false;

  constructor(isJson: boolean, out: TerminalStream = process.stdout, err: TerminalStream = process.stderr) {
    this.#isJson = isJson;
    this.#out = out;
    this.#err = err;
  }

  get isJson(): boolean {
    return this.#isJson;
  }

  /** The one JSON document of `--json`. */
  json(value: unknown): void {
    this.#out.write(`${printJson(value)}\n`);
  }

  /** The same for a long array, written value by value. */
  jsonArray(values: Iterable<unknown>): void {
    let before = '[\n';
    for (const value of values) {
      this.#out.write(before + printJson(value));
      before = ',\n';
    }
    this.#out.write(before === '[\n' ? '[]\n' : '\n]\n');
  }

  line(text = ''): void {
    this.#out.write(`${visibleLines(text)}\n`);
  }

  /** For another program, to the letter; on a terminal as everything else. */
  data(text: string): void {
    this.#out.write(`${this.#out.isTTY ? visibleLines(text) : text}\n`);
  }

  /** A remark for a person, never part of the result. */
  note(text: string): void {
    this.endProgress();
    this.#err.write(`${visibleLines(text)}\n`);
  }

  /** Overwrites itself on a terminal; silent where nobody watches. */
  progress(text: string): void {
    if (!this.#err.isTTY) return;
    this.#err.write(`\r\u001B[K${visibleText(text)}`);
    this.#progressShown = true;
  }

  endProgress(): void {
    if (!this.#progressShown) return;
    this.#err.write('\r\u001B[K');
    this.#progressShown = false;
  }

  failure(error: unknown): void {
    if (error instanceof DomainError) {
      return this.note(`${error.message}\n${error.remedy}`);
    }
    const detail = error instanceof Error ? error.message : String(error);
    this.note(
      `Something unexpected happened: ${detail}\nNothing stored was lost; the same command may be run again.`,
    );
  }
}

/** JSON leaves characters beyond ASCII as they are, also those that a terminal obeys: as escapes they mean the same. */
function printJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(OBEYED, (character) =>
    Array.from({ length: character.length }, (_, at) => escapeUnit(character.charCodeAt(at))).join(''),
  );
}
/** DEL, C1, and what reorders or hides text; C0 is escaped by JSON itself, and its line feeds are the layout. */
const OBEYED = /[\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}]/gu;

const escapeUnit = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/** Columns padded to their widest cell; numbers (right) where a column is named in `right`. */
export function formatTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  right: ReadonlySet<number> = new Set(),
): string {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => (row[at] ?? '').length)));
  const render = (cells: readonly string[]) =>
    cells
      .map((cell, at) => (right.has(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [heads, ...rows].map(render).join('\n');
}

/** A table is for the eye: of a very long path or name its end tells the most. The other forms have it whole. */
export function endOf(text: string): string {
  return text.length > LONGEST_CELL ? `…${text.slice(1 - LONGEST_CELL)}` : text;
}
const LONGEST_CELL = 80;
