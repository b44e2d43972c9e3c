import type { ReactNode } from 'react';
import styles from './way.module.css';

/** The right half of the welcome for one way to begin. */
export function Way({
  title,
  words,
  children,
}: {
  readonly title: string;
  readonly words?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.way} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      {words !== undefined && <p className={styles.words}>{words}</p>}
      {children}
    </section>
  );
}
