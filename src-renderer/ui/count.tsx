import { classes } from './classes.ts';
import { formatNumber } from './format.ts';
import styles from './count.module.css';

/** A figure in a row: zero is faint, a missing one is a dash. `tone` colours it when it is news. */
export function Count({
  value,
  tone,
}: {
  readonly value: number | null;
  readonly tone?: 'malicious' | 'suspicious' | 'soft';
}) {
  return (
    <span className={classes(value ? tone && styles[tone] : styles.nothing)}>{formatNumber(value)}</span>
  );
}
