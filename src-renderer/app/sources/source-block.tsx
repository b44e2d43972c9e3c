import { Button as AriaButton } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import type { AppStatus } from '../../../src-shared/ipc/status.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { classes } from '../../ui/classes.ts';
import { countOf, formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import popover from '../../ui/popover.module.css';
import { fileName } from '../../ui/split-path.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { useStatus } from '../backend-context.tsx';
import { plainSources } from '../connections/connection-words.ts';
import { useManagerSummary, type ManagerSummary } from '../connections/use-manager-summary.ts';
import { SourceList } from './source-list.tsx';
import styles from './source-block.module.css';

/** Heads the navigation: where the alerts come from. Opens the list of all sources. */
export function SourceBlock() {
  const status = useStatus();
  const { name, fact } = wordsOf(status, useManagerSummary());
  return (
    <DialogTrigger>
      <AriaButton className={classes(styles.block)}>
        <Icon name={status.app.isLab ? 'flask' : 'plug'} />
        <VisuallyHidden>Sources: </VisuallyHidden>
        <b className={styles.name}>{name}</b>
        <span className={styles.arrows}>
          <Icon name="up-down" size="small" />
        </span>
        <small className={styles.fact}>{fact}</small>
      </AriaButton>
      <Popover placement="right top" offset={8} className={classes(popover.popover, styles.popover)}>
        <Dialog aria-label="Sources" className={classes(styles.dialog)}>
          {({ close }) => <SourceList onDone={close} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function wordsOf(
  status: AppStatus,
  facts: ManagerSummary | null,
): { readonly name: string; readonly fact: string } {
  const { app, sources, connections } = status;
  const files = plainSources(sources, connections);
  const events = sources.reduce((sum, { counts }) => sum + counts.fimEvents, 0);
  const read = `${formatNumber(events)} FIM events read`;
  const [connection] = connections;
  const [file] = files;
  if (connections.length === 1 && connection && files.length === 0) {
    return { name: visibleText(connection.name), fact: facts ? summaryWords(facts) || read : read };
  }
  if (app.isLab) return { name: 'Lab', fact: read };
  if (connections.length > 0) {
    const parts = [countOf(connections.length, 'connection')];
    if (files.length > 0) parts.push(countOf(files.length, 'file'));
    return { name: parts.join(', '), fact: read };
  }
  if (!file) return { name: 'No source', fact: 'Connect to a manager' };
  if (files.length > 1) return { name: `${files.length} alert files`, fact: read };
  return { name: visibleText(fileName(file.path)), fact: read };
}

/** `Wazuh 4.14.7, 38 agents`, as far as it is known. */
function summaryWords({ version, agents }: ManagerSummary): string {
  return [version && `Wazuh ${visibleText(version)}`, agents && countOf(agents, 'agent')]
    .filter(Boolean)
    .join(', ');
}
