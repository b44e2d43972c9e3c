import type { WireError } from '../../src-shared/errors/domain-error.ts';
import type { DetectionPage, DetectionRow, DetectionSort } from '../../src-shared/ipc/detections.ts';
import type { ListFilter } from './list-filter.ts';

export interface FeedQuery {
  readonly filter: ListFilter;
  readonly sort: DetectionSort;
  readonly direction: 'ascending' | 'descending';
}

export interface FeedState {
  /** Null until the first page of the first query is here. */
  readonly rows: readonly DetectionRow[] | null;
  readonly hasMore: boolean;
  /** Asking for a query whose rows are not on screen yet. */
  readonly isOpening: boolean;
  readonly isLoadingMore: boolean;
  /** Rows that wait above, because the list is not at its top. */
  readonly arrivals: number;
  readonly error: WireError | null;
}

interface FeedOptions {
  readonly ask: (query: FeedQuery, cursor: string | null) => Promise<DetectionPage>;
  readonly toError: (error: unknown) => WireError;
  /** Shortest pause between two refreshes: a running import changes the store many times a second. */
  readonly refreshGapMs: number;
}

const START: FeedState = {
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
export class DetectionFeed {
  readonly #options: FeedOptions;
  readonly #listeners = new Set<() => void>();
  #state = START;
  #query: FeedQuery | null = null;
  #cursor: string | null = null;
  #isAtTop = true;
  /** Counts queries: an answer to an earlier one is no longer wanted. */
  #turn = 0;
  #isRefreshing = false;
  #isStale = false;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly read = (): FeedState => this.#state;

  /** Starts a query; the rows of the one before stay until its first page is here. */
  async open(query: FeedQuery): Promise<void> {
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
        rows: append(this.#state.rows ?? [], page.rows),
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
  patch(row: DetectionRow): void {
    const { rows } = this.#state;
    if (rows?.some(({ fileId }) => fileId === row.fileId)) this.#set({ rows: replaceKnown(rows, [row]) });
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

  #take(page: DetectionPage): void {
    const { rows, isOpening } = this.#state;
    if (!rows || isOpening || this.#isAtTop) {
      this.#turn += this.#state.isLoadingMore ? 1 : 0;
      this.#cursor = page.nextCursor;
      this.#set({
        rows: keepKnown(rows ?? [], page.rows),
        hasMore: page.nextCursor !== null,
        isOpening: false,
        isLoadingMore: false,
        arrivals: 0,
        error: null,
      });
      return;
    }
    const known = new Set(rows.map(({ fileId }) => fileId));
    this.#set({
      rows: replaceKnown(rows, page.rows),
      arrivals: page.rows.filter(({ fileId }) => !known.has(fileId)).length,
      error: null,
    });
  }

  #set(change: Partial<FeedState>): void {
    const next = { ...this.#state, ...change };
    if (STATE_PARTS.every((part) => next[part] === this.#state[part])) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}

/** A row that moved between two pages while one scrolled is not shown twice. */
function append(rows: readonly DetectionRow[], next: readonly DetectionRow[]): readonly DetectionRow[] {
  const known = new Set(rows.map(({ fileId }) => fileId));
  return [...rows, ...next.filter(({ fileId }) => !known.has(fileId))];
}

/** `fresh` in its own order; rows that did not change keep their identity, so that nothing is drawn again for them. */
function keepKnown(rows: readonly DetectionRow[], fresh: readonly DetectionRow[]): readonly DetectionRow[] {
  const before = new Map(rows.map((row) => [row.fileId, row]));
  return sameListOrNew(
    rows,
    fresh.map((row) => sameOrNew(before.get(row.fileId), row)),
  );
}

/** `rows` in their own order, with what `fresh` knows of them. */
function replaceKnown(
  rows: readonly DetectionRow[],
  fresh: readonly DetectionRow[],
): readonly DetectionRow[] {
  const after = new Map(fresh.map((row) => [row.fileId, row]));
  const changed = rows.map((row) => {
    const next = after.get(row.fileId);
    return next ? sameOrNew(row, next) : row;
  });
  return sameListOrNew(rows, changed);
}

/** A list without a change stays the same list: drawing thousands of rows anew for nothing is felt. */
function sameListOrNew(
  before: readonly DetectionRow[],
  after: readonly DetectionRow[],
): readonly DetectionRow[] {
  const isSame = before.length === after.length && after.every((row, index) => row === before[index]);
  return isSame ? before : after;
}

function sameOrNew(before: DetectionRow | undefined, after: DetectionRow): DetectionRow {
  return before && JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
