import type { QuotaGauge } from '../../src-shared/domain/quota.ts';
import type { QueueStatus } from '../../src-shared/ipc/status.ts';
import { queueHref, settingsHref } from '../app/routes.ts';
import { useCommand } from '../app/use-command.ts';
import { Button } from '../ui/button.tsx';
import { ButtonLink } from '../ui/button-link.tsx';
import { formatNumber } from '../ui/format.ts';
import { Link } from '../ui/link.tsx';
import { Meter } from '../ui/meter.tsx';
import { Notice } from '../ui/notice.tsx';
import { useNow } from '../ui/now.ts';
import { Cell } from './cell.tsx';
import { gaugeNote, haltNotice, queueSentence, type HaltNotice } from './queue-words.ts';
import styles from './queue-and-quota.module.css';

/** The answer first, then the meters that prove it. */
export function QueueAndQuota({
  queue,
  fimEvents,
}: {
  readonly queue: QueueStatus;
  readonly fimEvents: number;
}) {
  const now = useNow('second');
  const halt = haltNotice(queue, now);
  return (
    <Cell
      title="Queue and quota"
      end={
        <Link href={queueHref} size="small">
          Open queue
        </Link>
      }
    >
      {halt ? <Halted halt={halt} /> : <p className={styles.lead}>{queueSentence(queue, fimEvents, now)}</p>}
      <div className={styles.meters}>
        <Row name="Minute" period="minute" gauge={queue.quota.minute} now={now} />
        <Row name="Day" period="day" gauge={queue.quota.day} now={now} />
        <Row name="Month" period="month" gauge={queue.quota.month} now={now} />
      </div>
    </Cell>
  );
}

function Row({
  name,
  period,
  gauge,
  now,
}: {
  readonly name: string;
  readonly period: 'minute' | 'day' | 'month';
  readonly gauge: QuotaGauge;
  readonly now: number;
}) {
  const figures =
    gauge.limit === null
      ? `${formatNumber(gauge.used)} used`
      : `${formatNumber(gauge.used)} of ${formatNumber(gauge.limit)}`;
  return (
    <>
      <span>{name}</span>
      <Meter label={`${name} quota`} used={gauge.used} limit={gauge.limit} />
      <span className={styles.figures}>{figures}</span>
      <span className={styles.note}>
        {gauge.limit === null ? 'no limit known' : gaugeNote(period, gauge, now)}
      </span>
    </>
  );
}

function Halted({ halt }: { readonly halt: HaltNotice }) {
  return (
    <Notice tone={halt.tone} title={halt.title} actions={halt.action && <HaltAction action={halt.action} />}>
      {halt.words}
    </Notice>
  );
}

function HaltAction({ action }: { readonly action: NonNullable<HaltNotice['action']> }) {
  switch (action) {
    case 'resume':
      return <Resume />;
    case 'open-queue':
      return (
        <ButtonLink href={queueHref} size="small">
          Open queue
        </ButtonLink>
      );
    case 'enter-key':
    case 'replace-key':
    case 'unlock':
      return (
        <ButtonLink href={settingsHref('virustotal')} size="small">
          {KEY_VERBS[action]}
        </ButtonLink>
      );
  }
}

const KEY_VERBS = { 'enter-key': 'Enter a key', 'replace-key': 'Replace key', unlock: 'Unlock' } as const;

function Resume() {
  const resume = useCommand((client) => client.settings.pauseQueue({ paused: false }));
  return (
    <>
      <Button size="small" icon="resume" isPending={resume.isRunning} onPress={() => void resume.run()}>
        Resume
      </Button>
      {resume.error && <span role="alert">{resume.error.message}</span>}
    </>
  );
}
