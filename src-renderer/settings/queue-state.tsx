import type { QueueStatus } from '../../src-shared/ipc/status.ts';
import { formatNumber } from '../ui/format.ts';
import { futureTime, momentToCome } from '../ui/format-time.ts';
import { Notice } from '../ui/notice.tsx';
import { useNow } from '../ui/now.ts';
import styles from './queue-state.module.css';

/** "312 files wait; clear by tomorrow 01:56.", or why nothing is asked. */
export function QueueState({ queue }: { readonly queue: QueueStatus }) {
  const now = useNow('second');
  const isByUser = queue.reason === 'by-user';
  return (
    <>
      <p className={styles.lead}>
        {waitWords(queue.waiting)}
        {outlook(queue, now)}
      </p>
      {queue.error && !isByUser && (
        <Notice tone={queue.resumesAt ? 'waiting' : 'error'} title={queue.error.message}>
          {/* The core writes its times in UTC; what goes on by itself is told in this computer's own time. */}
          {queue.resumesAt
            ? `Nothing is lost. Looking up goes on by itself ${futureTime(queue.resumesAt, now)}.`
            : queue.error.remedy}
        </Notice>
      )}
    </>
  );
}

/** What becomes of the waiting files, as the end of the sentence. */
function outlook({ reason, eta, waiting }: QueueStatus, now: number): string {
  if (reason === 'by-user') return '; asking is switched off.';
  return eta && waiting > 0 ? `; clear by ${momentToCome(eta, now)}.` : '.';
}

function waitWords(waiting: number): string {
  if (waiting === 0) return 'No file waits';
  return waiting === 1 ? '1 file waits' : `${formatNumber(waiting)} files wait`;
}
