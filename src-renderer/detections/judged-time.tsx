import type { DetectionRow } from '../../src-shared/ipc/detections.ts';
import { Time } from '../ui/time.tsx';
import styles from './judged-time.module.css';
import { judgedOf } from './words.ts';

/** "11 min ago", "seen 2 min ago" when the file came again after its verdict, "from 01:00" while it waits. */
export function JudgedTime({ row }: { readonly row: DetectionRow }) {
  const judged = judgedOf(row);
  if (judged.form === 'words') return <span className={styles.soft}>{judged.words}</span>;
  return (
    <span className={styles.soft}>
      {judged.form === 'past' && judged.isSeen && <span className={styles.seen}>seen </span>}
      <Time at={judged.at} form={judged.form} />
    </span>
  );
}
