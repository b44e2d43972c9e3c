import styles from './radio-dot.module.css';

/** The dot of a radio button, right inside of it: filled while that is selected. */
export function RadioDot() {
  return <i className={styles.dot} aria-hidden="true" />;
}
