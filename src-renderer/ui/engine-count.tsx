import type { Standing } from '../../src-shared/domain/outcome.ts';
import styles from './engine-count.module.css';

export interface EngineCountProps {
  readonly standing: Standing;
  readonly positives: number | null;
  readonly suspicious: number | null;
  readonly total: number | null;
}

/** `7/67`: engines that detect it, red and strong; for a suspicious file those that suspect it; `–` without records. */
export function EngineCount({ standing, positives, suspicious, total }: EngineCountProps) {
  if (standing === 'queued' || standing === 'failed') return null;
  if (total === null || positives === null) return <>–</>;
  if (standing === 'malicious') {
    return (
      <span className={styles.detected}>
        {positives}/{total}
      </span>
    );
  }
  return (
    <>
      {standing === 'suspicious' ? (suspicious ?? 0) : positives}/{total}
    </>
  );
}
