import { useEffect, useRef, type RefObject } from 'react';
import type { RowId, TableHandle } from './table.tsx';
import { useLastKey } from './use-last-key.ts';

interface OpenRowOptions<Row, Id extends RowId> {
  /** Null until they were read. */
  readonly rows: readonly Row[] | null;
  readonly idOf: (row: Row) => Id;
  /** Null while no row is open. */
  readonly openId: Id | null;
  readonly onOpen: (row: Row | null) => void;
  readonly table: RefObject<TableHandle<Id> | null>;
  readonly rowsPane: RefObject<HTMLElement | null>;
  /** Changes its identity with what is asked: the list begins at its top then. */
  readonly query: object;
  /** Stepping comes near the end of what was read. */
  readonly onNearEnd?: () => void;
}

export interface OpenRow<Row, Id extends RowId> {
  /** The row that is open, while the list holds it. */
  readonly row: Row | null;
  /** Opens the next row or the one before; null while there is none to step to. */
  readonly step: ((by: 1 | -1) => void) | null;
  readonly open: (id: Id) => void;
  /** A row was selected: opened, unless Tab merely passes through. */
  readonly select: (id: Id) => void;
  readonly showTop: () => void;
  /** Closes the row and puts keyboard focus back on it. */
  readonly close: () => void;
}

/** Rows ahead of the end at which the next page is asked for while stepping. */
const READ_AHEAD = 20;

/** Which row of a list is open beside it, what comes before and after it, also when it has just left the list. */
export function useOpenRow<Row, Id extends RowId>(options: OpenRowOptions<Row, Id>): OpenRow<Row, Id> {
  const { idOf, openId, onOpen, table, rowsPane, query, onNearEnd } = options;
  const rows = options.rows ?? [];
  const lastKey = useLastKey();
  useEffect(() => {
    if (query) table.current?.scrollToTop();
  }, [table, query]);

  const index = openId === null ? -1 : rows.findIndex((row) => idOf(row) === openId);
  // A row that no longer belongs to the list leaves its place to the next one: stepping goes on from there.
  const lastIndex = useRef(-1);
  useEffect(() => {
    if (index >= 0) lastIndex.current = index;
    else if (openId === null) lastIndex.current = -1;
  }, [index, openId]);

  const step = (by: 1 | -1) => {
    const gone = index < 0 && openId !== null;
    const from = gone ? lastIndex.current - (by === 1 ? 1 : 0) : index;
    const next = Math.min(rows.length - 1, Math.max(0, from + by));
    const row = rows[next];
    if (!row) return;
    if (next >= rows.length - READ_AHEAD) onNearEnd?.();
    onOpen(row);
    table.current?.scrollToRow(next);
    if (rowsPane.current?.contains(document.activeElement)) table.current?.focusRow(idOf(row));
  };
  const open = (id: Id) => onOpen(rows.find((row) => idOf(row) === id) ?? null);
  const select = (id: Id) => {
    // A table selects the row that focus enters on; merely passing through with Tab is no wish to open one.
    if (openId !== null || lastKey.current !== 'Tab') open(id);
  };
  const close = () => {
    const row = rows[index] ?? rows[0];
    if (row) table.current?.focusRow(idOf(row));
    onOpen(null);
  };
  return {
    row: rows[index] ?? null,
    step: rows.length > 0 ? step : null,
    open,
    select,
    showTop: () => table.current?.scrollToTop(),
    close,
  };
}
