import type { QueueStatus } from '../../src-shared/ipc/status.ts';
import { formatNumber } from '../ui/format.ts';
import { momentToCome } from '../ui/format-time.ts';
import { Notice } from '../ui/notice.tsx';
import { useNow } from '../ui/now.ts';
import styles from './queue-state.module.css';

/** "312 files wait; clear by tomorrow 01:56.", or why nothing is asked. */
export function QueueState({ queue }: { readonly queue: QueueStatus }) {
  const now = useNow();
  const until = queue.resumesAt ? ` It goes on at ${momentToCome(queue.resumesAt, now)}.` : '';
  return (
    <>
      <p className={styles.lead}>
        {waitWords(queue.waiting)}
        {queue.eta && queue.waiting > 0 ? `; clear by ${momentToCome(queue.eta, now)}.` : '.'}
      </p>
      {queue.error && (
        <Notice tone={queue.resumesAt ? 'waiting' : 'error'} title={queue.error.message}>
          {queue.error.remedy}
          {until}
        </Notice>
      )}
    </>
  );
}

function waitWords(waiting: number): string {
  if (waiting === 0) return 'No file waits';
  return waiting === 1 ? '1 file waits' : `${formatNumber(waiting)} files wait`;
}
