import type { ReactNode } from 'react';
import type { Standing } from '../../src-shared/domain/outcome.ts';
import { classes } from './classes.ts';
import styles from './mark.module.css';

/** The six standings, and the dashed ring for what waits or was not seen. */
export type MarkName = Standing | 'waits';

/** Six shapes that are told apart in greyscale: filled calls for a look, outlined is settled, dashed is not yet. */
const SHAPES: Record<MarkName, ReactNode> = {
  malicious: (
    <>
      <path className={styles.solid} d="M5.3 1.6h5.4l3.7 3.7v5.4l-3.7 3.7H5.3l-3.7-3.7V5.3z" />
      <path className={styles.cut} d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6" />
    </>
  ),
  suspicious: (
    <>
      <path className={styles.solid} d="M8 2.2 14.4 13.6H1.6z" />
      <path className={styles.cut} d="M8 6.4v3.2M8 11.6v.1" />
    </>
  ),
  'no-records': (
    <>
      <path className={styles.line} d="M8 1.5 14.5 8 8 14.5 1.5 8z" />
      <path
        className={styles.line}
        d="M6.5 6.6c0-.9.7-1.4 1.5-1.4s1.5.5 1.5 1.4c0 1.1-1.5 1.2-1.5 2.1M8 10.8v.05"
      />
    </>
  ),
  clean: (
    <>
      <circle className={styles.line} cx="8" cy="8" r="6.2" />
      <path className={styles.line} d="m5.3 8.2 1.9 1.9 3.5-4" />
    </>
  ),
  queued: (
    <>
      <circle className={styles.line} cx="8" cy="8" r="6.2" strokeDasharray="2.5 1.4" />
      <path className={styles.line} d="M8 5v3.2l2 1.3" />
    </>
  ),
  failed: (
    <>
      <rect className={styles.line} x="2" y="2" width="12" height="12" rx="2.5" />
      <path className={styles.line} d="M8 5v3.6M8 11v.1" />
    </>
  ),
  waits: <circle className={styles.line} cx="8" cy="8" r="5" strokeDasharray="1.6 2.05" />,
};

/** Decoration: the word beside it is the text. 16 px in rows, `big` 28 px in heads and notifications. */
export function Mark({ name, big }: { readonly name: MarkName; readonly big?: boolean }) {
  return (
    <svg
      className={classes(styles.mark, styles[name], big && styles.big)}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      {SHAPES[name]}
    </svg>
  );
}
