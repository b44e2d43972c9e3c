import type { DetectionDetail, DetectionRow } from '../../../src-shared/ipc/detections.ts';
import type { QueueStatus } from '../../../src-shared/ipc/status.ts';
import { useStatus } from '../../app/backend-context.tsx';
import { settingsHref } from '../../app/routes.ts';
import { Button } from '../../ui/button.tsx';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Notice } from '../../ui/notice.tsx';
import { absoluteTime, futureTime } from '../../ui/format-time.ts';
import { useNow } from '../../ui/now.ts';
import type { AskNowControl } from './ask-now.tsx';
import { attemptsWords, whyWaiting } from './lookup-words.ts';

interface LookupSectionProps {
  readonly detail: DetectionDetail;
  readonly row: DetectionRow;
  readonly ask: AskNowControl;
}

/** For a file without a verdict: why it waits, when it is asked, what was tried, what one can do. */
export function LookupSection({ detail, row, ask }: LookupSectionProps) {
  const { queue } = useStatus();
  const now = useNow();
  if (row.standing !== 'queued' && row.standing !== 'failed') return null;
  const when = row.waitsUntil ? futureTime(row.waitsUntil, now) : null;
  return (
    <section aria-label="Lookup">
      <Notice
        tone={row.standing === 'failed' ? 'error' : 'waiting'}
        title={titleOf(row, queue, when)}
        actions={<Actions row={row} queue={queue} ask={ask} />}
      >
        <p>
          {[detail.lookup?.message, whyWaiting(row, queue), attemptsWords(detail.lookup)]
            .filter(Boolean)
            .join(' ')}
        </p>
        {row.waitsUntil && (
          <p title={absoluteTime(row.waitsUntil)}>Next try: {absoluteTime(row.waitsUntil)}.</p>
        )}
        {ask.error && (
          <p role="alert">
            {ask.error.message} {ask.error.remedy}
          </p>
        )}
      </Notice>
    </section>
  );
}

function titleOf(row: DetectionRow, queue: QueueStatus, when: string | null): string {
  if (row.standing === 'failed') return when ? `Asked again ${when}` : 'Not asked again by itself';
  if (when) return when === 'now' ? 'Asked now' : `Asked ${when}`;
  return queue.paused ? 'Waits in the queue, which is paused' : 'Waits its turn in the queue';
}

/** What helps: a key when there is none, else the head of the queue. */
function Actions({ row, queue, ask }: Omit<LookupSectionProps, 'detail'> & { readonly queue: QueueStatus }) {
  if (queue.reason === 'no-key' || queue.reason === 'key-rejected' || queue.reason === 'key-locked') {
    return (
      <ButtonLink href={settingsHref('virustotal')} size="small" icon="key">
        {queue.reason === 'key-locked'
          ? 'Unlock the key'
          : queue.reason === 'no-key'
            ? 'Add a key'
            : 'Replace key'}
      </ButtonLink>
    );
  }
  return (
    <Button size="small" icon="go" onPress={ask.run} isPending={ask.isRunning} isDisabled={ask.isAsked}>
      {ask.isAsked ? 'Asked next' : row.standing === 'failed' ? 'Ask again now' : 'Ask next'}
    </Button>
  );
}
