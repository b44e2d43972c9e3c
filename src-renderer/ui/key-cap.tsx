import styles from './key-cap.module.css';

/** One key, or a chord such as `Ctrl K`. */
export function KeyCap({ children }: { readonly children: string }) {
  return <kbd className={styles.cap}>{children}</kbd>;
}
