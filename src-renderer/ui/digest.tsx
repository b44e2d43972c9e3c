import { CopyButton } from './copy-button.tsx';
import styles from './digest.module.css';

interface DigestProps {
  /** "SHA-256". */
  readonly label: string;
  readonly hex: string;
  /** Digits kept of a long digest: at its start and at its end. */
  readonly keep?: readonly [start: number, end: number];
}

/** A digest as start…end, whole on hover and in the copy. */
export function Digest({ label, hex, keep = [22, 8] }: DigestProps) {
  const [start, end] = keep;
  const isShort = hex.length <= start + end + 1;
  return (
    <p className={styles.digest} title={`${label} ${hex}`}>
      <span className={styles.label}>{label}</span>
      <code className={styles.hex}>{isShort ? hex : `${hex.slice(0, start)}…${hex.slice(-end)}`}</code>
      <CopyButton text={hex} what={label} />
    </p>
  );
}
