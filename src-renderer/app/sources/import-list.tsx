import type { ImportStatus } from '../../../src-shared/ipc/status.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { Button } from '../../ui/button.tsx';
import { countOf, formatBytes } from '../../ui/format.ts';
import { Mark, type MarkName } from '../../ui/mark.tsx';
import { Progress } from '../../ui/progress.tsx';
import { fileName } from '../../ui/split-path.ts';
import { useStatus } from '../backend-context.tsx';
import { useCommand } from '../use-command.ts';
import { describeCounts } from './count-words.ts';
import { useUploads, type FailedUpload } from './uploads.tsx';
import styles from './import-list.module.css';

/** Files that are read once: under way with progress, then what they gave, until dismissed. Empty when there is none. */
export function ImportList() {
  const { imports } = useStatus();
  const { failed } = useUploads();
  if (imports.length === 0 && failed.length === 0) return null;
  return (
    <section className={styles.imports} aria-label="Imports">
      <ul>
        {failed.map((upload) => (
          <FailedItem key={upload.key} upload={upload} />
        ))}
        {imports.map((item) => (
          <ImportItem key={item.id} item={item} />
        ))}
      </ul>
    </section>
  );
}

const MARKS: Readonly<Record<ImportStatus['state'], MarkName>> = {
  running: 'queued',
  done: 'clean',
  cancelled: 'waits',
  failed: 'failed',
};

function ImportItem({ item }: { readonly item: ImportStatus }) {
  const { id, state } = item;
  const cancel = useCommand((client) => client.sources.cancelImport({ importId: id }));
  const dismiss = useCommand((client) => client.sources.dismissImport({ importId: id }));
  const isRunning = state === 'running';
  const action = isRunning ? cancel : dismiss;
  const name = visibleText(fileName(item.name));
  return (
    <li className={styles.item}>
      <Mark name={MARKS[state]} />
      <div className={styles.words}>
        <b className={styles.title} title={visibleText(item.name)}>
          {titleOf(item, name)}
        </b>
        <p className={styles.facts}>{action.error?.message ?? factsOf(item)}</p>
      </div>
      {isRunning && (
        <div className={styles.progress}>
          <Progress label={`Importing ${name}`} done={item.bytesRead} of={item.bytesTotal} />
          <span className={styles.figures}>{bytesOf(item)}</span>
        </div>
      )}
      <Button
        size="small"
        isPending={action.isRunning}
        aria-label={isRunning ? `Cancel importing ${name}` : `Dismiss ${name}`}
        onPress={() => void action.run()}
      >
        {isRunning ? 'Cancel' : 'Dismiss'}
      </Button>
    </li>
  );
}

function FailedItem({ upload }: { readonly upload: FailedUpload }) {
  const { dismiss } = useUploads();
  return (
    <li className={styles.item}>
      <Mark name="failed" />
      <div className={styles.words}>
        <b className={styles.title}>{visibleText(upload.name)} was not sent</b>
        <p className={styles.facts}>
          {upload.error.message} {upload.error.remedy}
        </p>
      </div>
      <Button
        size="small"
        aria-label={`Dismiss ${visibleText(upload.name)}`}
        onPress={() => dismiss(upload.key)}
      >
        Dismiss
      </Button>
    </li>
  );
}

function titleOf(item: ImportStatus, name: string): string {
  switch (item.state) {
    case 'running':
      return `Importing ${name}`;
    case 'done':
      return `${name}: ${countOf(item.counts.fimEvents, 'FIM event')} read`;
    case 'cancelled':
      return `${name}: cancelled after ${countOf(item.counts.fimEvents, 'FIM event')}`;
    case 'failed':
      return item.error?.message ?? `${name} could not be imported`;
  }
}

function factsOf(item: ImportStatus): string {
  if (item.state === 'failed') return item.error?.remedy ?? '';
  return describeCounts(item.counts);
}

function bytesOf({ bytesRead, bytesTotal }: ImportStatus): string {
  return bytesTotal === null
    ? `${formatBytes(bytesRead)} read`
    : `${formatBytes(bytesRead)} of ${formatBytes(bytesTotal)}`;
}
