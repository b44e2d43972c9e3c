import type { SourceState, SourceStatus } from '../../../src-shared/ipc/status.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatBytes, formatLag, formatNumber } from '../../ui/format.ts';
import { Mark, type MarkName } from '../../ui/mark.tsx';
import { Path } from '../../ui/path.tsx';
import { Time } from '../../ui/time.tsx';
import { useStatus } from '../backend-context.tsx';
import { useOpenDialog } from '../open-dialog.tsx';
import { useCommand } from '../use-command.ts';
import styles from './source-list.module.css';

/** Every followed file with what is known of it, and the way to add another. */
export function SourceList({ onDone }: { readonly onDone: () => void }) {
  const { sources } = useStatus();
  const openDialog = useOpenDialog();
  const add = () => {
    onDone();
    openDialog('add-alert-file');
  };
  return (
    <>
      <h2 className={styles.title}>Sources</h2>
      {sources.length === 0 && (
        <p className={styles.none}>No alert file is followed. Add one, or import a file once.</p>
      )}
      <ul>
        {sources.map((source) => (
          <SourceItem key={source.id} source={source} />
        ))}
      </ul>
      <div className={styles.foot}>
        <Button icon="plus" size="small" onPress={add}>
          Add alert file
        </Button>
      </div>
    </>
  );
}

const STATES: Readonly<Record<SourceState, readonly [MarkName, string]>> = {
  following: ['clean', 'Following'],
  'catching-up': ['queued', 'Catching up'],
  missing: ['failed', 'Missing'],
  unreadable: ['failed', 'Cannot be read'],
  offline: ['failed', 'Not reached'],
  stopped: ['waits', 'Stopped'],
};

/** One row of a list of sources. */
export function SourceItem({ source }: { readonly source: SourceStatus }) {
  const stop = useCommand((client) => client.sources.stop({ sourceId: source.id }));
  const follow = useCommand((client) =>
    client.sources.follow({ path: source.path, format: source.format, archives: false }),
  );
  const [mark, word] = STATES[source.state];
  const isStopped = source.state === 'stopped';
  const action = isStopped ? follow : stop;
  const error = action.error ?? source.error;
  return (
    <li className={styles.source}>
      <Mark name={mark} />
      <div className={styles.words}>
        <Path path={source.path} />
        <p className={styles.facts}>
          {word}
          {source.state === 'catching-up' && `, ${formatBytes(source.bytesBehind)} behind`}
          {source.state === 'following' && source.lagMs !== null && `, ${formatLag(source.lagMs)} behind`}
          {' · '}
          {formatNumber(source.counts.fimEvents)} FIM events in {formatNumber(source.counts.alerts)} alerts
        </p>
        {source.lastAlertAt !== null && (
          <p className={styles.facts}>
            Newest alert <Time at={source.lastAlertAt} />
          </p>
        )}
      </div>
      <Button size="small" isPending={action.isRunning} onPress={() => void action.run()}>
        {isStopped ? 'Follow again' : 'Stop'}
      </Button>
      {error && (
        <div className={styles.error}>
          <ErrorNotice error={error} isAlert={action.error !== null} />
        </div>
      )}
    </li>
  );
}
