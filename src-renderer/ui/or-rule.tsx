import styles from './or-rule.module.css';

/** Between two ways to do the same. */
export function OrRule() {
  return <p className={styles.rule}>or</p>;
}
