import styles from './print.module.css';

/** A fingerprint to be compared by eye: its kind, then its characters, whole and never cut. */
export function Print({ kind, value }: { readonly kind: string; readonly value: string }) {
  return (
    <p className={styles.print}>
      <span className={styles.kind}>{kind}</span> {value}
    </p>
  );
}
