import { DialogTrigger, Dialog, Heading, Popover } from 'react-aria-components';
import { KIND_FACTS } from '../../../src-shared/domain/scan-kinds.ts';
import { KIND_WORDS } from '../../../src-shared/domain/scan-words.ts';
import { classes } from '../../ui/classes.ts';
import { MISSING } from '../../ui/format.ts';
import popover from '../../ui/popover.module.css';
import { TextButton } from '../../ui/text-button.tsx';
import styles from './kind-table.module.css';

/** What each kind is called in the manager's configuration, in Wazuh's wrapper and in kesl-control. */
export function KindTable() {
  return (
    <DialogTrigger>
      <TextButton>What each one is called</TextButton>
      <Popover className={classes(popover.popover, styles.popover)} placement="bottom end" offset={6}>
        <Dialog className={classes(styles.dialog)}>
          <Heading slot="title" className={classes(styles.title)}>
            What each kind is called
          </Heading>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>Kind</th>
                <th>Rule group</th>
                <th>Wrapper option</th>
                <th>kesl-control</th>
              </tr>
            </thead>
            <tbody>
              {KIND_FACTS.map(({ kind, ruleGroup, wrapperOption, keslCall }) => (
                <tr key={kind}>
                  <th scope="row">{KIND_WORDS[kind]}</th>
                  <td>{ruleGroup ? <code>{ruleGroup}</code> : MISSING}</td>
                  <td>{wrapperOption ? <code>{wrapperOption}</code> : MISSING}</td>
                  <td>
                    <code>{keslCall}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles.note}>
            Tasks are started by name: the numbers 4 and 5 changed their meaning with KES 11.2.
          </p>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
