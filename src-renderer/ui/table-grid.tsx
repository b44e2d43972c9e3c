import { use, useImperativeHandle, type RefObject } from 'react';
import {
  Cell,
  Collection,
  Column,
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
import { NARROWEST, type PlacedColumn } from './table-columns.ts';
import styles from './table.module.css';
import type { RowId, TableSort } from './table.tsx';
import { VisuallyHidden } from './visually-hidden.tsx';

/** What its user does to the table; the very same object at each draw. */
export interface TableActs {
  readonly select: (key: Key) => void;
  readonly open: (key: Key) => void;
  readonly sortBy: (sort: TableSort) => void;
  readonly loadMore: () => void;
}

interface TableGridProps<Item> {
  readonly label: string;
  readonly columns: readonly PlacedColumn<Item>[];
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => RowId;
  readonly textOf: (item: Item) => string;
  readonly rowClass: ((item: Item) => string | undefined) | undefined;
  readonly selected: RowId | null;
  readonly sortColumn: string | undefined;
  readonly sortDirection: TableSort['direction'] | undefined;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly rowHeight: number;
  readonly headHeight: number;
  readonly acts: TableActs;
  readonly focusRow: RefObject<(id: Key) => void>;
}

/** Its head and its rows. React Aria walks all of them at each draw, so that whoever draws it does so when they changed. */
export function TableGrid<Item extends object>(props: TableGridProps<Item>) {
  const { label, columns, items, idOf, textOf, rowClass, selected, sortColumn, sortDirection } = props;
  const { hasMore, isLoadingMore, rowHeight, headHeight, acts, focusRow } = props;
  return (
    <Virtualizer
      layout={TableLayout}
      layoutOptions={{ rowHeight, headingHeight: headHeight, loaderHeight: rowHeight }}
    >
      <AriaTable
        aria-label={label}
        className={classes(styles.table)}
        selectionMode="single"
        selectionBehavior="replace"
        escapeKeyBehavior="none"
        selectedKeys={selected === null ? [] : [selected]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : keys;
          if (key !== undefined) acts.select(key);
        }}
        onRowAction={acts.open}
        {...(sortColumn && sortDirection
          ? { sortDescriptor: { column: sortColumn, direction: sortDirection } }
          : {})}
        onSortChange={(next) => acts.sortBy(toSort(next))}
      >
        <TableHeader columns={columns}>
          {(column) => (
            <Column
              id={column.id}
              width={column.width ?? '1fr'}
              {...(column.width !== undefined && column.width < NARROWEST ? { minWidth: column.width } : {})}
              isRowHeader={column.isRowHeader ?? false}
              allowsSorting={column.isSortable ?? false}
              textValue={column.title}
              className={classes(styles.column, column.place)}
            >
              {({ sortDirection: direction }) => (
                <span className={styles.title}>
                  {column.isFirst && <FocusBridge bridge={focusRow} />}
                  {column.isTitleHidden ? <VisuallyHidden>{column.title}</VisuallyHidden> : column.title}
                  {column.isSortable && <SortArrow direction={direction} />}
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
                textValue={textOf(item)}
                className={classes(styles.row, rowClass?.(item))}
              >
                {(column) => <Cell className={classes(styles.cell, column.place)}>{column.cell(item)}</Cell>}
              </Row>
            )}
          </Collection>
          {hasMore && (
            <TableLoadMoreItem
              isLoading={isLoadingMore}
              onLoadMore={acts.loadMore}
              className={classes(styles.more)}
            >
              Reading more
            </TableLoadMoreItem>
          )}
        </TableBody>
      </AriaTable>
    </Virtualizer>
  );
}

function toSort({ column, direction }: SortDescriptor): TableSort {
  return { column: String(column), direction };
}

/** The table keeps its focus in a context that only its own cells can read. */
function FocusBridge({ bridge }: { readonly bridge: RefObject<(id: Key) => void> }) {
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
