import type { Completeness, SourceState, SourceStatus } from '../../../src-shared/ipc/status.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import type { ConnectionStatus } from '../../../src-shared/ipc/connections.ts';
import { Button } from '../../ui/button.tsx';
import { ButtonRow } from '../../ui/button-row.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatBytes, formatLag } from '../../ui/format.ts';
import { Mark, type MarkName } from '../../ui/mark.tsx';
import { Path } from '../../ui/path.tsx';
import { useNow } from '../../ui/now.ts';
import { Time } from '../../ui/time.tsx';
import { useStatus } from '../backend-context.tsx';
import { completenessWords } from '../connections/completeness-words.ts';
import { connectionWords, plainSources, sourceOf, stateSentence } from '../connections/connection-words.ts';
import { LegacyTag } from '../connections/legacy-tag.tsx';
import { connectionsHref } from '../routes.ts';
import { navigate } from '../use-route.ts';
import { useOpenDialog } from '../open-dialog.tsx';
import { useCommand } from '../use-command.ts';
import { readWords } from './count-words.ts';
import styles from './source-list.module.css';

/** Every connection and followed file with what is known of it, and the ways to add another. */
export function SourceList({ onDone }: { readonly onDone: () => void }) {
  const { sources, connections } = useStatus();
  const openDialog = useOpenDialog();
  const files = plainSources(sources, connections);
  const add = () => {
    onDone();
    openDialog('add-alert-file');
  };
  const connect = () => {
    onDone();
    navigate(connectionsHref({ mode: 'add' }));
  };
  return (
    <>
      <h2 className={styles.head}>Sources</h2>
      {sources.length + connections.length === 0 && (
        <p className={styles.none}>No manager is connected and no alert file is followed.</p>
      )}
      <ul>
        {connections.map((connection) => (
          <ConnectionItem key={connection.id} connection={connection} onDone={onDone} />
        ))}
        {files.map((source) => (
          <SourceItem key={source.id} source={source} />
        ))}
      </ul>
      <div className={styles.foot}>
        <ButtonRow>
          <Button icon="plug" size="small" onPress={connect}>
            Connect to a manager
          </Button>
          <Button icon="plus" size="small" onPress={add}>
            Add alert file
          </Button>
        </ButtonRow>
      </div>
    </>
  );
}

/** A connection among the sources: its name leads to all that is known of it. */
function ConnectionItem({
  connection,
  onDone,
}: {
  readonly connection: ConnectionStatus;
  readonly onDone: () => void;
}) {
  const { sources } = useStatus();
  const source = sourceOf(connection, sources);
  const words = connectionWords(connection, source, useNow('second'));
  return (
    <li className={styles.source}>
      <Mark name={words.mark} />
      <div className={styles.words}>
        <p className={styles.title}>
          <b className={styles.name}>{visibleText(connection.name)}</b>
          {connection.allowsLegacyAlgorithms && <LegacyTag />}
        </p>
        <p className={styles.facts}>
          {[stateSentence(words), words.lag?.join(' ')].filter(Boolean).join(', ')}
        </p>
        {source && (
          <>
            <p className={styles.facts}>{readWords(source.counts)}</p>
            <CompletenessFact completeness={source.completeness} />
          </>
        )}
      </div>
      <Button
        size="small"
        aria-label={`Open ${visibleText(connection.name)}`}
        onPress={() => {
          onDone();
          navigate(connectionsHref({ mode: 'show', profileId: connection.id }));
        }}
      >
        Open
      </Button>
    </li>
  );
}

/** "Complete since 9 Nov 08:12", or the newest gap; nothing before anything is proven. */
function CompletenessFact({ completeness }: { readonly completeness: Completeness }) {
  const words = completenessWords(completeness, useNow());
  if (words === null) return null;
  return (
    <p className={styles.facts}>
      {words.title}
      {words.detail && `. ${words.detail}`}
    </p>
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
          {readWords(source.counts)}
        </p>
        {source.lastAlertAt !== null && (
          <p className={styles.facts}>
            Newest alert <Time at={source.lastAlertAt} />
          </p>
        )}
        <CompletenessFact completeness={source.completeness} />
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
