import type { ReactNode } from 'react';
import styles from './button-row.module.css';

/** Actions beside one another, the main one first; they wrap. */
export function ButtonRow({ children }: { readonly children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
