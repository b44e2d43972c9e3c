import { settingsHref } from '../app/routes.ts';
import { KeyCap } from '../ui/key-cap.tsx';
import { Link } from '../ui/link.tsx';
import styles from './keys-foot.module.css';

/** Which single letters work while the list or the drawer has focus. */
export function KeysFoot({ isOn }: { readonly isOn: boolean }) {
  if (!isOn) {
    return (
      <div className={styles.keys}>
        <span>Single-letter keys are off.</span>
        <Link href={settingsHref('appearance')} size="small">
          Switch them on
        </Link>
      </div>
    );
  }
  return (
    <div className={styles.keys}>
      <span className={styles.key}>
        <KeyCap>J</KeyCap>
        <KeyCap>K</KeyCap> next, previous
      </span>
      <span className={styles.key}>
        <KeyCap>I</KeyCap> investigating
      </span>
      <span className={styles.key}>
        <KeyCap>R</KeyCap> resolved
      </span>
      <span className={`${styles.key} ${styles.extra}`}>
        <KeyCap>F</KeyCap> false positive
      </span>
      <span className={`${styles.key} ${styles.extra}`}>
        <KeyCap>N</KeyCap> note
      </span>
    </div>
  );
}
