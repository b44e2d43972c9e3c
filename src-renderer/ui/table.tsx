import { useImperativeHandle, useLayoutEffect, useMemo, useRef, type Ref } from 'react';
import { ResizableTableContainer, type Key } from 'react-aria-components';
import { classes } from './classes.ts';
import { placed, type TableColumn } from './table-columns.ts';
import { TableGrid, type TableActs } from './table-grid.tsx';
import styles from './table.module.css';
import { useContainerWidth } from './use-container-width.ts';
import { useTableMetrics, type TableMetrics } from './use-table-metrics.ts';

export type { TableColumn } from './table-columns.ts';

export interface TableSort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

/** What names a row: a number of the store, or a text such as `mgr-fra-1/007`. */
export type RowId = number | string;

/** What the owner of a table may do to it. */
export interface TableHandle<Id extends RowId = number> {
  /** Moves keyboard focus to a row and brings it into view. */
  readonly focusRow: (id: Id) => void;
  readonly scrollToRow: (index: number) => void;
  readonly scrollToTop: () => void;
}

interface TableProps<Item, Id extends RowId> {
  readonly label: string;
  readonly columns: readonly TableColumn<Item>[];
  readonly items: readonly Item[];
  /** As `textOf` and `rowClass`, the very same at each draw: else the rows are drawn anew each time. */
  readonly idOf: (item: Item) => Id;
  /** What typing letters finds a row by. */
  readonly textOf: (item: Item) => string;
  readonly rowClass?: (item: Item) => string | undefined;
  readonly selected: Id | null;
  readonly onSelect: (id: Id) => void;
  readonly onOpen?: (id: Id) => void;
  readonly sort?: TableSort;
  readonly onSort?: (sort: TableSort) => void;
  readonly hasMore?: boolean;
  readonly isLoadingMore?: boolean;
  readonly onLoadMore?: () => void;
  /** Fires when the list reaches or leaves its top. */
  readonly onTop?: (isAtTop: boolean) => void;
  readonly ref?: Ref<TableHandle<Id>>;
}

/** A table of any length: only the rows in view are in the page. Arrow keys move, Enter opens, letters find. */
export function Table<Item extends object, Id extends RowId = number>(props: TableProps<Item, Id>) {
  const { label, items, idOf, textOf, rowClass, selected, ref } = props;
  const { column: sortColumn, direction: sortDirection } = props.sort ?? {};
  const { hasMore = false, isLoadingMore = false } = props;
  const container = useRef<HTMLDivElement>(null);
  const focusRow = useRef<(id: Key) => void>(() => {});
  const width = useContainerWidth(container);
  const metrics = useTableMetrics();
  const { rowHeight, headHeight } = metrics;
  const columns = useMemo(() => placed(props.columns, width, metrics), [props.columns, width, metrics]);
  const acts = useActs(props);

  // The same element is not drawn again: only a change of what it shows is worth a walk over all rows.
  const grid = useMemo(
    () => (
      <TableGrid
        label={label}
        columns={columns}
        items={items}
        idOf={idOf}
        textOf={textOf}
        rowClass={rowClass}
        selected={selected}
        sortColumn={sortColumn}
        sortDirection={sortDirection}
        hasMore={hasMore}
        isLoadingMore={isLoadingMore}
        rowHeight={rowHeight}
        headHeight={headHeight}
        acts={acts}
        focusRow={focusRow}
      />
    ),
    [
      label,
      columns,
      items,
      idOf,
      textOf,
      rowClass,
      selected,
      sortColumn,
      sortDirection,
      hasMore,
      isLoadingMore,
      rowHeight,
      headHeight,
      acts,
    ],
  );

  useImperativeHandle(ref, () => ({
    focusRow: (id) => focusRow.current(id),
    scrollToRow: (index) => scrollIntoView(container.current, index * rowHeight, metrics),
    scrollToTop: () => container.current?.scrollTo({ top: 0 }),
  }));

  return (
    <ResizableTableContainer
      ref={container}
      className={classes(styles.container)}
      onScroll={() => props.onTop?.((container.current?.scrollTop ?? 0) < rowHeight / 2)}
    >
      {grid}
    </ResizableTableContainer>
  );
}

/** They reach whoever owns the table now, and are the same at each draw themselves. */
function useActs<Item extends object, Id extends RowId>(props: TableProps<Item, Id>): TableActs {
  const newest = useRef(props);
  useLayoutEffect(() => {
    newest.current = props;
  });
  return useMemo(() => {
    /** The table knows its rows by any key; whoever owns it, by the ids it gave. */
    const withId = (key: Key, act: ((id: Id) => void) | undefined) => {
      const { items, idOf } = newest.current;
      const item = items.find((candidate) => idOf(candidate) === key);
      if (item) act?.(idOf(item));
    };
    return {
      select: (key) => withId(key, newest.current.onSelect),
      open: (key) => withId(key, newest.current.onOpen),
      sortBy: (sort) => newest.current.onSort?.(sort),
      loadMore: () => newest.current.onLoadMore?.(),
    };
  }, []);
}

function scrollIntoView(
  element: HTMLElement | null,
  top: number,
  { rowHeight, headHeight }: TableMetrics,
): void {
  if (!element) return;
  const bottom = top + rowHeight + headHeight;
  if (top < element.scrollTop) element.scrollTo({ top });
  else if (bottom > element.scrollTop + element.clientHeight) {
    element.scrollTo({ top: bottom - element.clientHeight });
  }
}
