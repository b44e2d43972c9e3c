import type { ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './filter-bar.module.css';

/** The line above a list with what narrows it, a text first. */
export function FilterBar({
  children,
  className,
}: {
  readonly children: ReactNode;
  /** How it gives way where it has little room. */
  readonly className?: string | undefined;
}) {
  return <div className={classes(styles.bar, className)}>{children}</div>;
}
