import type { ReactNode } from 'react';
import styles from './page-head.module.css';

/** The 56 px head of a screen: its title, a quiet fact beside it, its actions on the right. */
export function PageHead({
  title,
  fact,
  actions,
}: {
  readonly title: string;
  readonly fact?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className={styles.head}>
      <div className={styles.words}>
        <h1 className={styles.title}>{title}</h1>
        {fact !== undefined && <span className={styles.fact}>{fact}</span>}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
