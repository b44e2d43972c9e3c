import type { KeyStatus } from '../../src-shared/ipc/settings.ts';
import { useStatus } from '../app/backend-context.tsx';
import { useCommand } from '../app/use-command.ts';
import { Button } from '../ui/button.tsx';
import { ButtonRow } from '../ui/button-row.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { countOf } from '../ui/format.ts';
import { Mark } from '../ui/mark.tsx';
import { Notice } from '../ui/notice.tsx';
import { Time } from '../ui/time.tsx';
import styles from './key-state.module.css';

interface KeyStateProps {
  readonly keyStatus: KeyStatus;
  readonly canChange: boolean;
  readonly isReplacing: boolean;
  readonly onReplace: () => void;
}

/** That a key is stored, and whether it works. The key itself never comes back to the window. */
export function KeyState({ keyStatus, canChange, isReplacing, onReplace }: KeyStateProps) {
  const { queue } = useStatus();
  const remove = useCommand((client) => client.settings.removeKey());
  return (
    <>
      {keyStatus.isRejected && (
        <Notice tone="error" title="VirusTotal does not accept the key">
          The queue is paused with {countOf(queue.waiting, 'file')} in it; nothing is lost. Enter a key that
          works and it goes on.
        </Notice>
      )}
      <div className={styles.state}>
        <Mark name={keyStatus.isRejected ? 'failed' : keyStatus.testedAt ? 'clean' : 'waits'} />
        <div>
          <b className={styles.title}>A key is stored</b>
          <p className={styles.words}>
            {keyStatus.testedAt ? (
              <>
                VirusTotal {keyStatus.isRejected ? 'last ' : ''}accepted it <Time at={keyStatus.testedAt} />.
              </>
            ) : (
              'It was not tested yet.'
            )}
          </p>
        </div>
        {canChange && !isReplacing && (
          <ButtonRow>
            <Button kind={keyStatus.isRejected ? 'primary' : 'standard'} onPress={onReplace}>
              Replace key
            </Button>
            <Button kind="plain" onPress={() => void remove.run()} isPending={remove.isRunning}>
              Remove key
            </Button>
          </ButtonRow>
        )}
      </div>
      {remove.error && <ErrorNotice error={remove.error} />}
    </>
  );
}
