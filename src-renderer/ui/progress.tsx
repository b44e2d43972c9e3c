import { ProgressBar } from 'react-aria-components/ProgressBar';
import { classes } from './classes.ts';
import styles from './progress.module.css';

/** Work under way. `done` and `of` in any one unit; `of` null while the whole is unknown: the bar stays empty then. */
export function Progress({
  label,
  done,
  of,
}: {
  readonly label: string;
  readonly done: number;
  readonly of: number | null;
}) {
  const isKnown = of !== null && of > 0;
  const share = isKnown ? Math.min(1, done / of) : 0;
  return (
    <ProgressBar
      aria-label={label}
      isIndeterminate={!isKnown}
      value={share * 100}
      className={classes(styles.progress, !isKnown && styles.unknown)}
    >
      <span className={styles.fill} style={{ inlineSize: `${share * 100}%` }} />
    </ProgressBar>
  );
}
