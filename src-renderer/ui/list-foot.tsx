import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './list-foot.module.css';

/** One quiet line under the rows of a list: the keys that work there, and what is to be known of it. */
export function ListFoot({ children }: { readonly children: ReactNode }) {
  return <div className={styles.foot}>{children}</div>;
}

/** Keys and what they do. */
export function KeyHint({
  children,
  isExtra = false,
}: {
  readonly children: ReactNode;
  /** Gives way where the list is narrow. */
  readonly isExtra?: boolean;
}) {
  return <span className={classes(styles.keys, isExtra && styles.isExtra)}>{children}</span>;
}
