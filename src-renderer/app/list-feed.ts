import type { WireError } from '../../src-shared/errors/domain-error.ts';

export interface FeedPage<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
}

export interface FeedState<Row> {
  /** Null until the first page of the first query is here. */
  readonly rows: readonly Row[] | null;
  readonly hasMore: boolean;
  /** Asking for a query whose rows are not on screen yet. */
  readonly isOpening: boolean;
  readonly isLoadingMore: boolean;
  /** Rows that wait above, because the list is not at its top. */
  readonly arrivals: number;
  readonly error: WireError | null;
}

export interface FeedOptions<Query, Row> {
  readonly ask: (query: Query, cursor: string | null) => Promise<FeedPage<Row>>;
  readonly idOf: (row: Row) => number;
  readonly toError: (error: unknown) => WireError;
  /** Shortest pause between two refreshes: a running import changes the store many times a second. */
  readonly refreshGapMs: number;
}

const START: FeedState<never> = {
  rows: null,
  hasMore: false,
  isOpening: true,
  isLoadingMore: false,
  arrivals: 0,
  error: null,
};

const STATE_PARTS = ['rows', 'hasMore', 'isOpening', 'isLoadingMore', 'arrivals', 'error'] as const;

/**
 * The rows of a list that may be long and that changes under one's eyes. Pages follow by cursor as one scrolls. News is
 * put in only while the list is at its top; else known rows change in place and the new ones wait, counted.
 */
export class ListFeed<Query, Row> {
  readonly #options: FeedOptions<Query, Row>;
  readonly #listeners = new Set<() => void>();
  #state: FeedState<Row> = START;
  #query: Query | null = null;
  #cursor: string | null = null;
  #isAtTop = true;
  /** Counts queries: an answer to an earlier one is no longer wanted. */
  #turn = 0;
  #isRefreshing = false;
  #isStale = false;

  constructor(options: FeedOptions<Query, Row>) {
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): FeedState<Row> => this.#state;

  /** Starts a query; the rows of the one before stay until its first page is here. */
  async open(query: Query): Promise<void> {
    this.#query = query;
    this.#turn += 1;
    this.#isAtTop = true;
    this.#set({ isOpening: true, isLoadingMore: false });
    await this.#readTop();
  }

  /** Something was stored: shows it, or counts it. Calls that come while one is under way are joined into one more. */
  async refresh(): Promise<void> {
    if (this.#isRefreshing) {
      this.#isStale = true;
      return;
    }
    this.#isRefreshing = true;
    try {
      do {
        this.#isStale = false;
        await this.#readTop();
        await pause(this.#options.refreshGapMs);
      } while (this.#isStale);
    } finally {
      this.#isRefreshing = false;
    }
  }

  async loadMore(): Promise<void> {
    const { rows, isLoadingMore, isOpening } = this.#state;
    if (!rows || !this.#query || this.#cursor === null || isLoadingMore || isOpening) return;
    const turn = this.#turn;
    this.#set({ isLoadingMore: true });
    try {
      const page = await this.#options.ask(this.#query, this.#cursor);
      if (turn !== this.#turn) return;
      this.#cursor = page.nextCursor;
      this.#set({
        rows: append(this.#state.rows ?? [], page.rows, this.#options.idOf),
        hasMore: page.nextCursor !== null,
        isLoadingMore: false,
        error: null,
      });
    } catch (error) {
      if (turn === this.#turn) this.#set({ isLoadingMore: false, error: this.#options.toError(error) });
    }
  }

  setAtTop(isAtTop: boolean): void {
    if (isAtTop === this.#isAtTop) return;
    this.#isAtTop = isAtTop;
    if (isAtTop && this.#state.arrivals > 0) void this.refresh();
  }

  /** One row is known better, for instance after its triage: changed in place, never moved. */
  patch(row: Row): void {
    const { rows } = this.#state;
    const { idOf } = this.#options;
    if (rows?.some((known) => idOf(known) === idOf(row)))
      this.#set({ rows: replaceKnown(rows, [row], idOf) });
  }

  async #readTop(): Promise<void> {
    if (!this.#query) return;
    const turn = this.#turn;
    try {
      const page = await this.#options.ask(this.#query, null);
      if (turn === this.#turn) this.#take(page);
    } catch (error) {
      if (turn === this.#turn) this.#set({ isOpening: false, error: this.#options.toError(error) });
    }
  }

  #take(page: FeedPage<Row>): void {
    const { rows, isOpening } = this.#state;
    const { idOf } = this.#options;
    if (!rows || isOpening || this.#isAtTop) {
      this.#turn += this.#state.isLoadingMore ? 1 : 0;
      this.#cursor = page.nextCursor;
      this.#set({
        rows: keepKnown(rows ?? [], page.rows, idOf),
        hasMore: page.nextCursor !== null,
        isOpening: false,
        isLoadingMore: false,
        arrivals: 0,
        error: null,
      });
      return;
    }
    const known = new Set(rows.map(idOf));
    this.#set({
      rows: replaceKnown(rows, page.rows, idOf),
      arrivals: page.rows.filter((row) => !known.has(idOf(row))).length,
      error: null,
    });
  }

  #set(change: Partial<FeedState<Row>>): void {
    const next = { ...this.#state, ...change };
    if (STATE_PARTS.every((part) => next[part] === this.#state[part])) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}

type IdOf<Row> = (row: Row) => number;

/** A row that moved between two pages while one scrolled is not shown twice. */
function append<Row>(rows: readonly Row[], next: readonly Row[], idOf: IdOf<Row>): readonly Row[] {
  const known = new Set(rows.map(idOf));
  return [...rows, ...next.filter((row) => !known.has(idOf(row)))];
}

/** `fresh` in its own order; rows that did not change keep their identity, so that nothing is drawn again for them. */
function keepKnown<Row>(rows: readonly Row[], fresh: readonly Row[], idOf: IdOf<Row>): readonly Row[] {
  const before = new Map(rows.map((row) => [idOf(row), row]));
  return sameListOrNew(
    rows,
    fresh.map((row) => sameOrNew(before.get(idOf(row)), row)),
  );
}

/** `rows` in their own order, with what `fresh` knows of them. */
function replaceKnown<Row>(rows: readonly Row[], fresh: readonly Row[], idOf: IdOf<Row>): readonly Row[] {
  const after = new Map(fresh.map((row) => [idOf(row), row]));
  const changed = rows.map((row) => {
    const next = after.get(idOf(row));
    return next ? sameOrNew(row, next) : row;
  });
  return sameListOrNew(rows, changed);
}

/** A list without a change stays the same list: drawing thousands of rows anew for nothing is felt. */
function sameListOrNew<Row>(before: readonly Row[], after: readonly Row[]): readonly Row[] {
  const isSame = before.length === after.length && after.every((row, index) => row === before[index]);
  return isSame ? before : after;
}

function sameOrNew<Row>(before: Row | undefined, after: Row): Row {
  return before && JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
