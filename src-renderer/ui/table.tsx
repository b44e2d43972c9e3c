import { use, useImperativeHandle, useMemo, useRef, type ReactNode, type Ref } from 'react';
import {
  Cell,
  Collection,
  Column,
  ResizableTableContainer,
  Row,
  Table as AriaTable,
  TableBody,
  TableHeader,
  TableLayout,
  TableLoadMoreItem,
  TableStateContext,
  Virtualizer,
  type Key,
  type SortDescriptor,
} from 'react-aria-components';
import { classes } from './classes.ts';
import styles from './table.module.css';
import { useContainerWidth } from './use-container-width.ts';
import { VisuallyHidden } from './visually-hidden.tsx';
import { useTableMetrics, type TableMetrics } from './use-table-metrics.ts';

export interface TableColumn<Item> {
  readonly id: string;
  readonly title: string;
  /** Told to screen readers only: what is in it says enough for the eye. */
  readonly isTitleHidden?: boolean;
  /** Pixels at the usual text size and compact density; the one without takes what is left. */
  readonly width?: number;
  /** Numbers stand right, and so does their head. */
  readonly isNumber?: boolean;
  readonly isRowHeader?: boolean;
  readonly isSortable?: boolean;
  /** Left out while the table is narrower than this. */
  readonly neededWidth?: number;
  readonly cell: (item: Item) => ReactNode;
}

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
  const { items, idOf, selected, sort, ref } = props;
  const container = useRef<HTMLDivElement>(null);
  const focusRow = useRef<(id: Key) => void>(() => {});
  const width = useContainerWidth(container);
  const metrics = useTableMetrics();
  const { rowHeight, headHeight } = metrics;
  const columns = useMemo(() => placed(props.columns, width, metrics), [props.columns, width, metrics]);

  /** The table knows its rows by any key; whoever owns it, by the ids it gave. */
  const withId = (key: Key, act: ((id: Id) => void) | undefined) => {
    const item = items.find((candidate) => idOf(candidate) === key);
    if (item) act?.(idOf(item));
  };

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
      <Virtualizer
        layout={TableLayout}
        layoutOptions={{ rowHeight, headingHeight: headHeight, loaderHeight: rowHeight }}
      >
        <AriaTable
          aria-label={props.label}
          className={classes(styles.table)}
          selectionMode="single"
          selectionBehavior="replace"
          escapeKeyBehavior="none"
          selectedKeys={selected === null ? [] : [selected]}
          onSelectionChange={(keys) => {
            const [key] = keys === 'all' ? [] : keys;
            if (key !== undefined) withId(key, props.onSelect);
          }}
          onRowAction={(key) => withId(key, props.onOpen)}
          {...(sort ? { sortDescriptor: { ...sort } } : {})}
          onSortChange={(next) => props.onSort?.(toSort(next))}
        >
          <TableHeader columns={columns}>
            {(column) => (
              <Column
                id={column.id}
                width={column.width ?? '1fr'}
                {...(column.width !== undefined && column.width < NARROWEST
                  ? { minWidth: column.width }
                  : {})}
                isRowHeader={column.isRowHeader ?? false}
                allowsSorting={column.isSortable ?? false}
                textValue={column.title}
                className={classes(styles.column, column.place)}
              >
                {({ sortDirection }) => (
                  <span className={styles.title}>
                    {column.isFirst && <FocusBridge bridge={focusRow} />}
                    {column.isTitleHidden ? <VisuallyHidden>{column.title}</VisuallyHidden> : column.title}
                    {column.isSortable && <SortArrow direction={sortDirection} />}
                  </span>
                )}
              </Column>
            )}
          </TableHeader>
          <TableBody className={classes(styles.body)} dependencies={[columns]}>
            <Collection items={items} dependencies={[columns]}>
              {(item: Item) => (
                <Row
                  id={idOf(item)}
                  columns={columns}
                  textValue={props.textOf(item)}
                  className={classes(styles.row, props.rowClass?.(item))}
                >
                  {(column) => (
                    <Cell className={classes(styles.cell, column.place)}>{column.cell(item)}</Cell>
                  )}
                </Row>
              )}
            </Collection>
            {props.hasMore && (
              <TableLoadMoreItem
                isLoading={props.isLoadingMore ?? false}
                onLoadMore={() => props.onLoadMore?.()}
                className={classes(styles.more)}
              >
                Reading more
              </TableLoadMoreItem>
            )}
          </TableBody>
        </AriaTable>
      </Virtualizer>
    </ResizableTableContainer>
  );
}

/** Narrower columns have to say so: the table widens them otherwise. */
const NARROWEST = 75;

interface PlacedColumn<Item> extends TableColumn<Item> {
  readonly isFirst: boolean;
  readonly place: string;
}

/**
 * The columns that have room, each knowing its place: a cell stands in a box of its own, so that style sheets cannot
 * tell the first and the last of a row.
 */
function placed<Item>(
  columns: readonly TableColumn<Item>[],
  width: number,
  { scale, extraWidth }: TableMetrics,
): readonly PlacedColumn<Item>[] {
  const shown = columns.filter(({ neededWidth }) => width === 0 || width >= (neededWidth ?? 0) * scale);
  return shown.map((column, index) => ({
    ...column,
    ...(column.width === undefined ? {} : { width: Math.round(column.width * scale) + extraWidth }),
    isFirst: index === 0,
    place: classes(
      index === 0 && styles.first,
      index === shown.length - 1 && styles.last,
      column.isNumber && styles.number,
    ),
  }));
}

function toSort({ column, direction }: SortDescriptor): TableSort {
  return { column: String(column), direction };
}

/** The table keeps its focus in a context that only its own cells can read. */
function FocusBridge({ bridge }: { readonly bridge: { current: (id: Key) => void } }) {
  const state = use(TableStateContext);
  useImperativeHandle(bridge, () => (id: Key) => {
    state?.selectionManager.setFocused(true);
    state?.selectionManager.setFocusedKey(id);
  });
  return null;
}

function SortArrow({ direction }: { readonly direction: 'ascending' | 'descending' | undefined }) {
  return (
    <svg className={styles.arrow} viewBox="0 0 16 16" aria-hidden="true">
      {direction && (
        <path
          d={direction === 'descending' ? 'M8 3v10M4.5 9.5 8 13l3.5-3.5' : 'M8 13V3M4.5 6.5 8 3l3.5 3.5'}
        />
      )}
    </svg>
  );
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
