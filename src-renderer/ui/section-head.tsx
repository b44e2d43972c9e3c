import type { ReactNode } from 'react';
import styles from './section-head.module.css';

/** Heads a part of a page or a drawer: its name, a quiet fact, and a link or action at the right end. */
export function SectionHead({
  title,
  fact,
  end,
  id,
}: {
  readonly title: string;
  readonly fact?: ReactNode;
  readonly end?: ReactNode;
  /** For `aria-labelledby` of the part. */
  readonly id?: string;
}) {
  return (
    <div className={styles.head}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {fact !== undefined && <span className={styles.fact}>{fact}</span>}
      {end !== undefined && <span className={styles.end}>{end}</span>}
    </div>
  );
}
