import { DomainError } from '../../src-shared/errors/domain-error.ts';

/** What a command says: results on stdout, progress and diagnostics on stderr. */
export class Terminal {
  readonly #isJson: boolean;
  #progressShown = false;

  constructor(isJson: boolean) {
    this.#isJson = isJson;
  }

  get isJson(): boolean {
    return this.#isJson;
  }

  /** The one JSON document of `--json`. */
  json(value: unknown): void {
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** The same for a long array, written value by value. */
  jsonArray(values: Iterable<unknown>): void {
    let before = '[\n';
    for (const value of values) {
      process.stdout.write(before + JSON.stringify(value, null, 2));
      before = ',\n';
    }
    process.stdout.write(before === '[\n' ? '[]\n' : '\n]\n');
  }

  line(text = ''): void {
    process.stdout.write(`${text}\n`);
  }

  /** A remark for a person, never part of the result. */
  note(text: string): void {
    this.endProgress();
    process.stderr.write(`${text}\n`);
  }

  /** Overwrites itself on a terminal; silent where nobody watches. */
  progress(text: string): void {
    if (!process.stderr.isTTY) return;
    process.stderr.write(`\r\u001B[K${text}`);
    this.#progressShown = true;
  }

  endProgress(): void {
    if (!this.#progressShown) return;
    process.stderr.write('\r\u001B[K');
    this.#progressShown = false;
  }

  failure(error: unknown): void {
    this.endProgress();
    if (error instanceof DomainError) {
      process.stderr.write(`${error.message}\n${error.remedy}\n`);
      return;
    }
    const detail = error instanceof Error ? error.message : String(error);
    process.stderr.write(
      `Something unexpected happened: ${detail}\nNothing stored was lost; the same command may be run again.\n`,
    );
  }
}

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
