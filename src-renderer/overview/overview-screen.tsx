import type { Overview } from '../../src-shared/ipc/overview.ts';
import { useStatus } from '../app/backend-context.tsx';
import { useOpenDialog } from '../app/open-dialog.tsx';
import { ImportList } from '../app/sources/import-list.tsx';
import { useKeptScroll } from '../app/use-kept-scroll.ts';
import { useQuery } from '../app/use-query.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { fullDate } from '../ui/format-time.ts';
import { PageHead } from '../ui/page-head.tsx';
import { AccountedFor } from './accounted-for.tsx';
import { AgentTable } from './agent-table.tsx';
import { Attention } from './attention.tsx';
import { DayChart } from './day-chart.tsx';
import { LatestDetections } from './latest-detections.tsx';
import { OverviewSkeleton } from './overview-skeleton.tsx';
import { QueueAndQuota } from './queue-and-quota.tsx';
import styles from './overview-screen.module.css';

/** The span of the chart and of the agents' table. */
const DAYS = 14;

/** Is everything accounted for, what needs a person, and how the queue stands. */
export function OverviewScreen() {
  const openDialog = useOpenDialog();
  const scroll = useKeptScroll('overview');
  const { data, error, isSlow, reload } = useQuery((client) => client.overview.get({ days: DAYS }), [DAYS]);
  return (
    <>
      <PageHead
        title="Overview"
        fact={data && (data.since === null ? 'nothing read yet' : `since ${fullDate(data.since)}`)}
        actions={
          <Button icon="plus" onPress={() => openDialog('add-alert-file')}>
            Add alert file
          </Button>
        }
      />
      <div className={styles.scroll} ref={scroll}>
        <ImportList />
        {error && (
          <div className={styles.error}>
            <ErrorNotice
              error={error}
              actions={
                <Button size="small" icon="again" onPress={reload}>
                  Ask again
                </Button>
              }
            />
          </div>
        )}
        {data ? <Cells overview={data} /> : isSlow && !error && <OverviewSkeleton />}
      </div>
    </>
  );
}

function Cells({ overview }: { readonly overview: Overview }) {
  const { queue } = useStatus();
  return (
    <div className={styles.ruled}>
      <AccountedFor ledger={overview.ledger} />
      <Attention overview={overview} />
      <DayChart days={overview.days} />
      <QueueAndQuota queue={queue} fimEvents={overview.ledger.fimEvents} />
      <LatestDetections overview={overview} />
      <AgentTable overview={overview} days={DAYS} />
    </div>
  );
}
