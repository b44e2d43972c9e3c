import type { ReactNode } from 'react';
import styles from './definitions.module.css';

/** Names and what is known under each, in a drawer: pairs of `dt` and `dd`. */
export function Definitions({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.definitions}>{children}</dl>;
}
