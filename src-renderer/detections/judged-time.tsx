import type { DetectionRow } from '../../src-shared/ipc/detections.ts';
import { Icon } from '../ui/icon.tsx';
import { Time } from '../ui/time.tsx';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import styles from './judged-time.module.css';
import { judgedOf } from './words.ts';

interface JudgedTimeProps {
  readonly row: DetectionRow;
  /** An eye stands in for the word "seen". */
  readonly isShort: boolean;
}

/** "11 min ago", "seen 2 min ago" when the file came again after its verdict, "from 01:00" while it waits. */
export function JudgedTime({ row, isShort }: JudgedTimeProps) {
  const judged = judgedOf(row);
  if (judged.form === 'words') return <span className={styles.judged}>{judged.words}</span>;
  return (
    <span className={styles.judged}>
      {judged.form === 'past' && judged.isSeen && <Seen isShort={isShort} />}
      <Time at={judged.at} form={judged.form} />
    </span>
  );
}

function Seen({ isShort }: { readonly isShort: boolean }) {
  if (!isShort) return <span className={styles.seen}>seen</span>;
  return (
    <span className={styles.seen} title="Seen again after its verdict">
      <Icon name="eye" size="tiny" />
      <VisuallyHidden>seen</VisuallyHidden>
    </span>
  );
}
