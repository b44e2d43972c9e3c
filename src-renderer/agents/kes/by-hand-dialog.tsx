import { visibleText } from '../../../src-shared/formats/visible-text.ts';
import { saveText } from '../../app/save-file.ts';
import { useQuery } from '../../app/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { Commands } from '../../ui/commands.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import styles from './by-hand-dialog.module.css';

/** As the lines beside it call the file. */
const FILE_NAME = 'verdict-desk-kes';

/** The script in full and the lines that put it in its place, for whoever would rather do it themselves. */
export function ByHandDialog({
  profile,
  onClose,
}: {
  readonly profile: string;
  readonly onClose: () => void;
}) {
  const { data, error } = useQuery(
    (client, signal) => client.scans.scriptByHand({ profile }, { signal }),
    ['script by hand', profile],
  );
  return (
    <Dialog
      title="The agent script, by hand"
      size="wide"
      isOpen
      onClose={onClose}
      foot={
        <>
          {data && (
            <Button kind="primary" icon="save" onPress={() => saveText(FILE_NAME, 'text/plain', data.script)}>
              Save the script
            </Button>
          )}
          <Button onPress={onClose}>Close</Button>
        </>
      }
    >
      {error && <ErrorNotice error={error} />}
      {data && (
        <>
          <p>{visibleText(data.words)}</p>
          <Commands lines={data.lines.map(visibleText)} place={data.place ?? 'as root on the agent'} />
          <div className={styles.head}>
            <h3 className={styles.title}>Rules for the manager, if its alerts should say more</h3>
            <CopyButton text={data.rules} what="rules" />
          </div>
          <pre className={styles.script}>{data.rules}</pre>
          <div className={styles.head}>
            <h3 className={styles.title}>The script</h3>
            <CopyButton text={data.script} what="script" />
          </div>
          <pre className={styles.script}>{data.script}</pre>
        </>
      )}
    </Dialog>
  );
}
