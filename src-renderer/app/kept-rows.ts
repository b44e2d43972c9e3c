/**
 * Rows that did not change since they were asked for last stay the very same objects: a table builds only those anew that
 * are others. A list without a change is the same list, too. Told by their content, which is plain data.
 */
export class KeptRows<Row extends object> {
  readonly #keyOf: (row: Row) => string;
  #rows: readonly Row[] = [];
  #known: ReadonlyMap<string, { readonly row: Row; readonly content: string }> = new Map();

  constructor(keyOf: (row: Row) => string) {
    this.#keyOf = keyOf;
  }

  keep(rows: readonly Row[]): readonly Row[] {
    const known = this.#known;
    const entries = rows.map((row) => {
      const key = this.#keyOf(row);
      const content = JSON.stringify(row);
      const before = known.get(key);
      return [key, before?.content === content ? before : { row, content }] as const;
    });
    this.#known = new Map(entries);
    const kept = entries.map(([, { row }]) => row);
    const isSame = kept.length === this.#rows.length && kept.every((row, at) => row === this.#rows[at]);
    if (!isSame) this.#rows = kept;
    return this.#rows;
  }
}
