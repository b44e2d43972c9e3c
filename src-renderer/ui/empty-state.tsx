import type { ReactNode } from 'react';
import { ButtonRow } from './button-row.tsx';
import styles from './empty-state.module.css';

/** Where there is nothing yet: what is so, and the numbers that prove that it is looked at. */
export function EmptyState({
  title,
  children,
  actions,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <b className={styles.title}>{title}</b>
      <p className={styles.words}>{children}</p>
      {actions !== undefined && (
        <div className={styles.actions}>
          <ButtonRow>{actions}</ButtonRow>
        </div>
      )}
    </div>
  );
}
