import type { Bound } from './statements.ts';

/** A condition on one row of `file`, with what it binds. */
export interface Condition {
  readonly sql: string;
  readonly bound: readonly Bound[];
}

/** The files a filter may mean: collected, or (`ids` null) to be tested one by one because they are many. */
export interface Candidates {
  readonly ids: ReadonlySet<number> | null;
  readonly test: Condition;
}

/** Beyond this, walking the files in their order and testing each is cheaper than collecting and sorting. */
export const MOST_CANDIDATES = 20_000;
