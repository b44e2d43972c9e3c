import type { ReactNode } from 'react';
import { Link } from 'react-aria-components/Link';
import type { QuotaGauge } from '../../src-shared/domain/quota.ts';
import { formatBytes, formatNumber, formatShare } from '../ui/format.ts';
import { classes } from '../ui/classes.ts';
import { clockTime } from '../ui/format-time.ts';
import { Icon } from '../ui/icon.tsx';
import { Meter } from '../ui/meter.tsx';
import { useNow } from '../ui/now.ts';
import { useConnection, useStatus } from './backend-context.tsx';
import { overviewHref, queueHref, settingsHref } from './routes.ts';
import { LampLight } from './lamp-light.tsx';
import { OriginsItem } from './origins-item.tsx';
import { summariseOrigins } from './origins.ts';
import { summariseQueue } from './status-words.ts';
import styles from './status-bar.module.css';

/** Never hidden: where the alerts come from and how far behind, what waits and until when, what the key still allows. */
export function StatusBar({ isFirstRun }: { readonly isFirstRun: boolean }) {
  const { app } = useStatus();
  return (
    <footer className={styles.bar} aria-label="Status">
      {isFirstRun ? (
        <>
          <span className={styles.item}>
            <LampLight lamp="idle" />
            Nothing is read yet
          </span>
          <span className={classes(styles.item, styles.push)}>Verdict Desk {app.version}</span>
        </>
      ) : (
        <>
          <SourceItem />
          <ImportItem />
          <QueueItem />
          <QuotaItems />
        </>
      )}
    </footer>
  );
}

/** Where the alerts come from: one connection by its name, several in short with a list behind. */
function SourceItem() {
  const { sources, connections } = useStatus();
  const link = useConnection();
  const now = useNow('second');
  if (link.kind === 'lost') {
    return (
      <span className={styles.item}>
        <LampLight lamp="off" />
        <b>No connection</b> since {clockTime(link.since)}
      </span>
    );
  }
  const origins = summariseOrigins(connections, sources, now);
  const [only] = origins;
  if (origins.length > 1) return <OriginsItem origins={origins} />;
  if (!only) {
    return (
      <Item href={settingsHref('connections')}>
        <LampLight lamp="idle" />
        <b>No source</b>
      </Item>
    );
  }
  return (
    <>
      <Item href={only.href} title={only.title}>
        <LampLight lamp={only.lamp} />
        <b>{only.state}</b> <span className={styles.name}>{only.of}</span>
        {only.more && <span className={styles.more}>{only.more}</span>}
      </Item>
      {only.lag && <LagItem lag={only.lag} />}
    </>
  );
}

function LagItem({ lag }: { readonly lag: readonly [figure: string, words: string] }) {
  const { sources } = useStatus();
  return (
    <span className={styles.lag}>
      <Split />
      <span className={styles.item} title={`${formatNumber(sumOfEvents(sources))} FIM events read`}>
        <Icon name="tail" size="small" />
        <span>
          <b>{lag[0]}</b> {lag[1]}
        </span>
      </span>
    </span>
  );
}

function ImportItem() {
  const { imports } = useStatus();
  const running = imports.filter(({ state }) => state === 'running');
  const [first] = running;
  if (!first) return null;
  const isSized = running.every(({ bytesTotal }) => bytesTotal !== null);
  const read = running.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  const total = running.reduce((sum, { bytesTotal }) => sum + (bytesTotal ?? 0), 0);
  return (
    <>
      <Split />
      <Item href={overviewHref}>
        <Icon name="file" size="small" />
        <span>
          Importing <b>{isSized ? formatShare(read, total) : formatBytes(read)}</b>
        </span>
      </Item>
    </>
  );
}

function QueueItem() {
  const { queue } = useStatus();
  const { figure, words, outlook } = summariseQueue(queue, useNow());
  return (
    <>
      <Split />
      <Item href={queueHref}>
        <Icon name="queue" size="small" />
        <span>
          <b>{figure}</b> {words}
          {outlook && <span className={styles.outlook}> · {outlook}</span>}
        </span>
      </Item>
    </>
  );
}

function QuotaItems() {
  const { minute, day, month } = useStatus().queue.quota;
  return (
    <span className={classes(styles.quota, styles.push)}>
      <span className={styles.caption}>VirusTotal quota</span>
      <QuotaItem name="Minute" gauge={minute} />
      <QuotaItem name="Day" gauge={day} />
      <QuotaItem name="Month" gauge={month} />
    </span>
  );
}

function QuotaItem({ name, gauge }: { readonly name: string; readonly gauge: QuotaGauge }) {
  const limit = gauge.limit === null ? '' : `/${formatNumber(gauge.limit)}`;
  return (
    <Item href={settingsHref('virustotal')}>
      <span>
        {name}{' '}
        <b>
          {formatNumber(gauge.used)}
          {limit}
        </b>
      </span>
      {gauge.limit !== null && (
        <span className={styles.gauge}>
          <Meter label={`${name} quota`} used={gauge.used} limit={gauge.limit} size="gauge" />
        </span>
      )}
    </Item>
  );
}

function Item({
  href,
  title,
  children,
}: {
  readonly href: string;
  readonly title?: string;
  readonly children: ReactNode;
}) {
  return (
    <Link href={href} className={classes(styles.item, styles.link)} {...(title ? { title } : {})}>
      {children}
    </Link>
  );
}

function Split() {
  return <i className={styles.split} />;
}

function sumOfEvents(sources: readonly { readonly counts: { readonly fimEvents: number } }[]): number {
  return sources.reduce((sum, { counts }) => sum + counts.fimEvents, 0);
}
