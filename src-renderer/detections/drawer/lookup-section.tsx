import type { DetectionDetail, DetectionRow } from '../../../src-shared/ipc/detections.ts';
import type { PauseReason } from '../../../src-shared/ipc/status.ts';
import { useStatus } from '../../app/backend-context.tsx';
import { settingsHref } from '../../app/routes.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { absoluteTime, futureTime } from '../../ui/format-time.ts';
import { Notice } from '../../ui/notice.tsx';
import { useNow } from '../../ui/now.ts';
import { STANDING_WORDS } from '../../ui/outcome.tsx';
import { attemptsWords, whyWaiting } from './lookup-words.ts';

interface LookupSectionProps {
  readonly detail: DetectionDetail;
  readonly row: DetectionRow;
}

/** For a file without a verdict: why it waits, when it is asked, what was tried, what one can do. */
export function LookupSection({ detail, row }: LookupSectionProps) {
  const { queue } = useStatus();
  const now = useNow();
  if (row.standing !== 'queued' && row.standing !== 'failed') return null;
  const remedy = REMEDIES[queue.reason ?? 'network'];
  // While a person is needed, no time is foreseen, whatever the queue had planned.
  const waitsUntil = remedy ? null : row.waitsUntil;
  const when = waitsUntil ? futureTime(waitsUntil, now) : null;
  return (
    <section aria-label="Lookup">
      <Notice
        tone={row.standing === 'failed' ? 'error' : 'waiting'}
        title={remedy ? `${STANDING_WORDS[row.standing]}, and not asked for now` : titleOf(row, when)}
        {...(remedy ? { actions: <Remedy {...remedy} /> } : {})}
      >
        <p>
          {[detail.lookup?.message, whyWaiting(row, queue), attemptsWords(detail.lookup)]
            .filter(Boolean)
            .join(' ')}
        </p>
        {waitsUntil && <p>Next try {absoluteTime(waitsUntil)}.</p>}
      </Notice>
    </section>
  );
}

function titleOf(row: DetectionRow, when: string | null): string {
  if (row.standing === 'failed')
    return when ? `Failed, asked again ${when}` : 'Failed, not asked again by itself';
  return when ? `Queued, asked ${when}` : 'Queued, asked in its turn';
}

/** What a person can do about a pause; the others end by themselves. */
const REMEDIES: Partial<Record<PauseReason, RemedyProps>> = {
  'no-key': { words: 'Add a key', part: 'virustotal' },
  'key-locked': { words: 'Unlock the key', part: 'virustotal' },
  'key-rejected': { words: 'Replace key', part: 'virustotal' },
  'by-user': { words: 'Open the queue’s settings', part: 'queue' },
};

interface RemedyProps {
  readonly words: string;
  readonly part: 'virustotal' | 'queue';
}

function Remedy({ words, part }: RemedyProps) {
  return (
    <ButtonLink href={settingsHref(part)} size="small" icon={part === 'virustotal' ? 'key' : 'queue'}>
      {words}
    </ButtonLink>
  );
}
