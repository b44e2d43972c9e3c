import { Button as AriaButton } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import type { AppStatus } from '../../../src-shared/ipc/status.ts';
import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { classes } from '../../ui/classes.ts';
import { formatNumber } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { fileName } from '../../ui/split-path.ts';
import { VisuallyHidden } from '../../ui/visually-hidden.tsx';
import { useStatus } from '../backend-context.tsx';
import { SourceList } from './source-list.tsx';
import styles from './source-block.module.css';

/** Heads the navigation: where the alerts come from. Opens the list of all sources. */
export function SourceBlock() {
  const status = useStatus();
  const { name, fact } = wordsOf(status);
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
      <Popover placement="right top" offset={8} className={classes(styles.popover)}>
        <Dialog aria-label="Sources" className={classes(styles.dialog)}>
          {({ close }) => <SourceList onDone={close} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function wordsOf({ app, sources }: AppStatus): { readonly name: string; readonly fact: string } {
  const events = sources.reduce((sum, { counts }) => sum + counts.fimEvents, 0);
  const read = `${formatNumber(events)} FIM events read`;
  const [first] = sources;
  if (app.isLab) return { name: 'Lab', fact: read };
  if (!first) return { name: 'No source', fact: 'Add an alert file' };
  if (sources.length > 1) return { name: `${sources.length} alert files`, fact: read };
  return { name: visibleText(fileName(first.path)), fact: read };
}
