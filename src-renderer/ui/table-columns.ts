import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './table.module.css';
import type { TableMetrics } from './use-table-metrics.ts';

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

/** Narrower columns have to say so: the table widens them otherwise. */
export const NARROWEST = 75;

export interface PlacedColumn<Item> extends TableColumn<Item> {
  readonly isFirst: boolean;
  readonly place: string;
}

/**
 * The columns that have room, each knowing its place: a cell stands in a box of its own, so that style sheets cannot
 * tell the first and the last of a row.
 */
export function placed<Item>(
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
